/** What several suites need of the editor: the extension, a project of their own, and waiting for the truth to show. */

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { FairwattApi } from "../../src/editor/api.ts";
import type { RunSummary } from "../../src/energy/run.ts";

export const EXTENSION_ID = "fairwatt.fairwatt";

export function extension(): vscode.Extension<FairwattApi> {
  const found = vscode.extensions.getExtension<FairwattApi>(EXTENSION_ID);
  if (!found) throw new Error(`${EXTENSION_ID} is not installed in this editor`);
  return found;
}

export async function api(): Promise<FairwattApi> {
  return extension().activate();
}

export function workspaceRoot(): string {
  return vscode.workspace.workspaceFolders![0]!.uri.fsPath;
}

/** A project inside the workspace, with these files; `remove` takes it away again. */
export function makeProject(
  name: string,
  files: Record<string, string>,
): { folder: string; file: (name: string) => vscode.Uri; remove: () => void } {
  const folder = path.join(workspaceRoot(), name);
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries({ "fairwatt.toml": 'interval = "200ms"\n', ...files })) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  return {
    folder,
    file: (file) => vscode.Uri.file(path.join(folder, file)),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * A folder in which the editor hears of every change from now on. Its watcher misses what is made in a folder that it does
 * not know yet, for as long as the window is open, so each folder on the way is waited for.
 * @param folder absolute, in the workspace
 */
export async function makeWatchedFolder(folder: string): Promise<void> {
  const steps = path.relative(workspaceRoot(), folder).split(path.sep);
  for (let depth = 1; depth <= steps.length; depth++) {
    const each = path.join(workspaceRoot(), ...steps.slice(0, depth));
    fs.mkdirSync(each, { recursive: true });
    const probe = path.join(each, "heard.tmp");
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(each, "heard.tmp"));
    let heard = false;
    const hear = () => {
      heard = true;
    };
    const listening = vscode.Disposable.from(watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear));
    try {
      await eventually(`the watcher hears of ${probe}`, () => {
        if (!heard) fs.writeFileSync(probe, String(performance.now()));
        return heard;
      });
    } finally {
      listening.dispose();
      fs.rmSync(probe, { force: true });
    }
  }
}

/** Polls until `look` gives something; fails with `what` and the last state after `patience` ms. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  patience = 15_000,
): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > until) throw new Error(`not within ${patience / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function runIn(
  state: RunSummary["state"] | ((run: RunSummary) => boolean),
  id: string,
): Promise<RunSummary> {
  const fairwatt = await api();
  const fits = typeof state === "function" ? state : (run: RunSummary) => run.state === state;
  try {
    return await eventually(`run ${id} in the state asked for`, () =>
      fairwatt.runs().find((run) => run.id === id && fits(run)),
    );
  } catch (error) {
    const run = fairwatt.runs().find((each) => each.id === id);
    throw new Error(
      `${(error as Error).message}; it is ${run ? `${run.state} (${run.exitCode})` : "not there"}`,
    );
  }
}

/** Runs our command line as a person in another terminal would. */
export function commandLine(args: string[], cwd: string, env: Record<string, string> = {}) {
  const cli = path.join(extension().extensionPath, "dist", "cli", "fairwatt.cjs");
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", ...env } };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

export async function closeTerminals(): Promise<void> {
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await eventually("all terminals closed", () => vscode.window.terminals.length === 0);
}
