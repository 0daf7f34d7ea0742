/** Runs a command of our own command line that may take long: it can be cancelled, and prints as much as it likes. */

import { spawn } from "node:child_process";
import * as os from "node:os";
import * as vscode from "vscode";
import { runnerEnvironment } from "../launch/command-line.ts";
import { withoutProgress } from "./progress-lines.ts";

/** What is wrong with a file or a call, in the command line's own words: they say what to do. */
export class ToolProblem extends Error {}

const UNUSABLE = 2;
/** A result beyond this is that of a table with thousands of groups. */
const MAX_BYTES = 96 * 1024 * 1024;

/**
 * What `fairwatt <args>` prints with exit code 0 or 1. Undefined when it was cancelled. `onProgress` hears how far a
 * table is read: "1,200,000 rows, 34 %". `keys`: secrets for its environment. Throws a ToolProblem for a
 * file that cannot be used, an Error for anything else.
 */
export async function runLong(
  cli: string,
  args: readonly string[],
  cwd: string,
  token: vscode.CancellationToken,
  onProgress: (text: string) => void = () => {},
  keys: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const env = {
    ...process.env,
    ...keys,
    ...runnerEnvironment(undefined, process.versions.electron !== undefined),
    NO_COLOR: "1",
    FAIRWATT_PROGRESS: "lines",
    // A repository's own settings can name programs that git starts: in Restricted Mode git finds no repository.
    ...(vscode.workspace.isTrusted ? {} : { GIT_DIR: os.devNull }),
  };
  const child = spawn(process.execPath, [cli, ...args], { cwd, env, windowsHide: true });
  const cancelled = token.onCancellationRequested(() => child.kill());
  const out: Buffer[] = [];
  let bytes = 0;
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) child.kill();
    else out.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    const { rest, latest } = withoutProgress(err + chunk.toString("utf8"));
    err = rest.slice(-100_000);
    if (latest !== undefined) onProgress(latest);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    if (token.isCancellationRequested) return undefined;
    if (bytes > MAX_BYTES)
      throw new ToolProblem(
        vscode.l10n.t(
          "The result is too large to show. In an audit, choose fewer sensitive columns, or put their values into fewer groups.",
        ),
      );
    const said = err.trim().replace(/^fairwatt: /, "");
    const unusable = code === UNUSABLE || (code === 1 && bytes === 0);
    if (!unusable && (code === 0 || code === 1)) return Buffer.concat(out).toString("utf8");
    if (unusable && said !== "") throw new ToolProblem(sentence(said));
    throw new Error(said || `fairwatt ${args[0]} ended with ${code ?? child.signalCode}`);
  } finally {
    cancelled.dispose();
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
