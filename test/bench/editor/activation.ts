/** Runs inside VS Code: activates Fairwatt by hand and writes down how long that took. */

import { renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { FairwattApi } from "../../../src/editor/api.ts";

const ID = "fairwatt.fairwatt";
/** The window's own start must be over. */
const SETTLING_MS = 3_000;

export interface Activation {
  /** Milliseconds in `activate`, without the loading of the code. */
  activate: number;
  /** Milliseconds: code loaded and `activate` called, as the extension host itself does it. */
  whole: number;
  /** Milliseconds of CPU time that the extension host used in that: other work on the machine does not show in it. */
  cpu: number;
  /** Milliseconds until all runs were listed. */
  listed: number;
}

/** VS Code calls this; FAIRWATT_BENCH_RUNS names a `.fairwatt` folder that is to be there just before. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<FairwattApi>(ID);
  if (!extension) throw new Error("Fairwatt is not installed");
  await delay(SETTLING_MS);
  if (extension.isActive) throw new Error("Fairwatt is active already, so its start cannot be timed");
  const prepared = process.env.FAIRWATT_BENCH_RUNS;
  const count = Number(process.env.FAIRWATT_BENCH_COUNT ?? 0);
  const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  if (prepared) renameSync(prepared, path.join(folder, ".fairwatt"));
  const used = process.cpuUsage();
  const started = performance.now();
  const api = await extension.activate();
  const whole = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  while (api.runs().length < count) await delay(5);
  const cpu = (user + system) / 1000;
  const activation: Activation = {
    activate: api.activatedIn,
    whole,
    cpu,
    listed: performance.now() - started,
  };
  const results = { passed: 1, failed: 0, skipped: 0, failures: [], ...activation };
  writeFileSync(process.env.FAIRWATT_RESULTS!, JSON.stringify(results));
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
