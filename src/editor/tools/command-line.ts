/** Runs a command of our own command line and hands over what it printed. */

import { execFile } from "node:child_process";
import { runnerEnvironment } from "../launch/command-line.ts";

export interface ToolResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Never rejects for a non-zero exit code; rejects when the process cannot be started or takes over a minute. */
export function runTool(cli: string, args: readonly string[], cwd: string | undefined): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      ...runnerEnvironment(undefined, process.versions.electron !== undefined),
      NO_COLOR: "1",
    };
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd, env, timeout: 60_000, maxBuffer: 16 * 1024 * 1024, windowsHide: true },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === "number") resolve({ code, stdout, stderr });
        else reject(error);
      },
    );
  });
}
