/** A command as a child process: its environment, its terminal, its end. Whoever measures it. */

import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { hostName } from "./process-identity.node.ts";
import { MARKS_FILE } from "./run-folder.node.ts";

export interface CommandOptions {
  run: string;
  runDirectory: string;
  /** Program and arguments; no shell takes part. */
  command: readonly string[];
  cwd: string;
  /** The process whose sampler measures the run. */
  runner: { pid: number; pidStart?: number };
  /** Sees what the command writes, which is passed on to where it would have gone. */
  onOutput?: (piece: Buffer, from: "stdout" | "stderr") => void;
  /** Folder that Python looks into first, whose sitecustomize tells epochs; without it only the command's own marks count. */
  hooks?: string;
}

export interface CommandOutcome {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Set when the command could not be started at all: a sentence; the exit code is the shell's for it. */
  startFailure?: string;
}

/** In the environment of a measured command, `<host>:<pid>:<start time>` of who measures it. */
export const RUNNER_VARIABLE = "FAIRWATT_RUNNER";

/** How long the last output of a command that has ended is waited for, ms. */
const PIPE_PATIENCE_MS = 1_000;

export function startCommand(options: CommandOptions): ChildProcess {
  const [program = "", ...args] = options.command;
  const { onOutput } = options;
  const child = spawn(program, args, {
    cwd: options.cwd,
    stdio: onOutput ? ["inherit", "pipe", "pipe"] : "inherit",
    env: commandEnvironment(options),
    windowsHide: false,
  });
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.on("data", (piece: Buffer) => {
      onOutput?.(piece, name);
      process[name].write(piece);
    });
  }
  return child;
}

/** The user's environment, plus where marks may be written; what only the editor's launcher needed is taken out again. */
function commandEnvironment(options: CommandOptions): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment.FAIRWATT_NEW_RUN_ID;
  if (process.versions.electron) delete environment.ELECTRON_RUN_AS_NODE;
  environment.FAIRWATT_RUN_ID = options.run;
  environment.FAIRWATT_RUN_DIR = options.runDirectory;
  const { pid, pidStart } = options.runner;
  environment[RUNNER_VARIABLE] = `${hostName()}:${pid}:${pidStart ?? ""}`;
  environment.FAIRWATT_MARKS = path.join(options.runDirectory, MARKS_FILE);
  if (options.hooks !== undefined)
    // An empty entry would be the working directory.
    environment.PYTHONPATH = [
      options.hooks,
      ...(environment.PYTHONPATH ? [environment.PYTHONPATH] : []),
    ].join(path.delimiter);
  // Python keeps lines back when nobody reads along: they would all come at once.
  if (options.onOutput) environment.PYTHONUNBUFFERED ??= "1";
  return environment;
}

/** Resolves when it has ended, or could not be started. */
export function commandEnded(child: ChildProcess): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    child.once("exit", (exitCode, signal) => {
      const end = () => resolve({ exitCode, signal });
      if (!child.stdout) return end();
      // What it wrote last is still in the pipe; a process that it left behind may hold the pipe open for ever.
      child.once("close", end);
      setTimeout(end, PIPE_PATIENCE_MS).unref();
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      const program = child.spawnfile;
      if (error.code === "ENOENT")
        resolve({
          exitCode: 127,
          signal: null,
          startFailure: `${program} was not found: check the name and the PATH`,
        });
      else if (error.code === "EACCES")
        resolve({
          exitCode: 126,
          signal: null,
          startFailure: `${program} may not be executed: check its permissions`,
        });
      else
        resolve({
          exitCode: 126,
          signal: null,
          startFailure: `${program} could not be started: ${error.message}`,
        });
    });
  });
}
