/**
 * Runs a command under measurement. The command comes first: it starts at once, keeps its terminal, stdin and signals,
 * and whatever happens to the sampler or the disk, it goes on and its exit code is passed on.
 */

import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import type { SpawnedRecord } from "./journal.ts";
import { Measurement, type MeasurementOptions, moment, type RunSettings } from "./measurement.node.ts";
import { processStart } from "./process-identity.node.ts";
import { SignalRelay } from "./signal-relay.node.ts";

export interface RunnerOptions extends Omit<MeasurementOptions, "attached"> {
  /** Asked for when the command has been started, so that it does not wait for them. Must not throw. */
  settings: () => RunSettings | Promise<RunSettings>;
  /** Sees what the command writes, which is passed on to where it would have gone. */
  onOutput?: (piece: Buffer, from: "stdout" | "stderr") => void;
  /** Folder that Python looks into first, whose sitecustomize tells epochs; without it only the command's own marks count. */
  hooks?: string;
}

export interface RunnerResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Set when the command could not be started at all: a sentence, and the shell's exit code for it. */
  startFailure?: string;
  /** Set when the journal is not complete on disk. */
  journalFailure?: string;
}

/** Signals by which a person or a scheduler ends a run. */
const STOP_SIGNALS = new Set<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]);

/** How long the last output of a command that has ended is waited for, ms. */
const PIPE_PATIENCE_MS = 1_000;

export async function runMeasured(options: RunnerOptions): Promise<RunnerResult> {
  const started = moment();
  const relay = new SignalRelay();
  const child = start(options);
  relay.attach(child);
  const spawned = new Promise<SpawnedRecord | undefined>((resolve) => {
    child.once("error", () => resolve(undefined));
    child.once("spawn", () => {
      const pid = child.pid!;
      resolve({ type: "spawned", ...moment(), pid, pidStart: processStart(pid) });
    });
  });
  const ending = ended(child);

  // Starting the sampler takes as long as reading the settings: the two go side by side.
  const measurement = new Measurement(options);
  const { sampler } = measurement;
  sampler.onGroupSignal = (signal) => relay.sawGroupSignal(signal);
  measurement.begin(await options.settings(), started, await spawned);
  const outcome = await ending;
  await sampler.finish();
  relay.dispose();

  const stopped =
    relay.received.some((signal) => STOP_SIGNALS.has(signal)) ||
    (outcome.signal !== null && STOP_SIGNALS.has(outcome.signal));
  const journalFailure = measurement.end({
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    ...(stopped ? { stopped } : {}),
    ...(outcome.startFailure ? { reason: outcome.startFailure } : {}),
  });
  return { ...outcome, ...(journalFailure ? { journalFailure } : {}) };
}

function start(options: RunnerOptions): ChildProcess {
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
function commandEnvironment(options: RunnerOptions): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment.FAIRWATT_NEW_RUN_ID;
  if (process.versions.electron) delete environment.ELECTRON_RUN_AS_NODE;
  environment.FAIRWATT_RUN_ID = options.run;
  environment.FAIRWATT_RUN_DIR = options.runDirectory;
  environment.FAIRWATT_MARKS = path.join(options.runDirectory, "marks.jsonl");
  if (options.hooks !== undefined)
    // An empty entry would be the working directory.
    environment.PYTHONPATH = [options.hooks, ...(environment.PYTHONPATH ? [environment.PYTHONPATH] : [])].join(
      path.delimiter,
    );
  // Python keeps lines back when nobody reads along: they would all come at once.
  if (options.onOutput) environment.PYTHONUNBUFFERED ??= "1";
  return environment;
}

type Outcome = Pick<RunnerResult, "exitCode" | "signal" | "startFailure">;

function ended(child: ChildProcess): Promise<Outcome> {
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
