/** What the process that measures and the load's process hand each other, in the run's directory. */

import * as fs from "node:fs";
import * as path from "node:path";
import { type LoadPlan, type LoadResult, loadResult } from "./load.ts";

export const RESULT_FILE = "load.json";

/** The plan's file, which only its owner may read. Throws the system's error. */
export function writeLoadPlan(runDirectory: string, plan: LoadPlan): string {
  const file = path.join(runDirectory, "load-plan.json");
  fs.writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  return file;
}

/** Undefined where the load's process ended without one. */
export function readLoadResult(runDirectory: string): LoadResult | undefined {
  try {
    return loadResult.parse(JSON.parse(fs.readFileSync(path.join(runDirectory, RESULT_FILE), "utf8")));
  } catch {
    return undefined;
  }
}
