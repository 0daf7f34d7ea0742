/** Starts one of the Python files with requests on its standard input, and reads the answers that it prints. */

import { spawn } from "node:child_process";
import * as path from "node:path";
import { pythonFolder } from "./python-folder.node.ts";

export interface PythonCall {
  /** The interpreter and what always comes before the script. */
  interpreter: readonly string[];
  script: "library_audit.py" | "mitigation.py" | "shap_reasons.py";
  args: readonly string[];
  /** One line of JSON each. */
  requests: readonly unknown[];
  /** Words before the interpreter: another program that starts it and passes its input and output on. */
  under?: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Lines that it writes to standard error are passed on, too. */
  passErrors?: boolean;
  signal?: AbortSignal;
}

export interface PythonAnswer {
  /** One per request, in their order; less where it ended early. What is no JSON is undefined. */
  values: unknown[];
  exitCode: number | null;
  /** Why it could not be started at all. */
  startFailure?: string;
  /** The last lines of standard error. */
  complaint: string;
}

const KEPT_ERRORS = 4000;

/**
 * Nothing is written to disk on this side of the pipe, so that nothing has to be removed when either side is killed. Rejects
 * only when `signal` aborts.
 */
export function runPython(call: PythonCall): Promise<PythonAnswer> {
  const script = path.join(pythonFolder(), call.script);
  const command = [...(call.under ?? []), ...call.interpreter, script, ...call.args];
  return new Promise((resolve, reject) => {
    const child = spawn(command[0]!, command.slice(1), {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, MPLBACKEND: "Agg", ...call.env },
      ...(call.cwd !== undefined && { cwd: call.cwd }),
      ...(call.signal && { signal: call.signal }),
      windowsHide: true,
    });
    const printed: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (piece: Buffer) => printed.push(piece));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-KEPT_ERRORS);
      if (call.passErrors) process.stderr.write(text);
    });
    child.once("error", (error) => {
      if (error.name === "AbortError") reject(error);
      else resolve({ values: [], exitCode: null, startFailure: error.message, complaint });
    });
    child.once("close", (exitCode) =>
      resolve({ values: lines(Buffer.concat(printed).toString("utf8")), exitCode, complaint }),
    );
    // It may end before it has read everything; what it printed by then says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(call.requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
  });
}

const lines = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        return undefined;
      }
    });
