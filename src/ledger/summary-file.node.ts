/** `summary.json` of a closed run: what the journals fold to, kept so that nobody folds them again, and its entry's hash. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { RunSummary } from "../energy/run.ts";
import { SUMMARY_FILE } from "../energy/run-folder.node.ts";
import { replaceFile } from "./atomic-file.node.ts";

export type ClosedSummary = RunSummary & {
  /** SHA-256 of the run's ledger entry; absent when it could not be written. */
  entry?: string;
};

/** Undefined when the run is not closed, or the file is not one of ours. */
export function readSummary(runDirectory: string): ClosedSummary | undefined {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path.join(runDirectory, SUMMARY_FILE), "utf8"));
    const { v, id, energy } = value as Partial<ClosedSummary>;
    return v === 1 && typeof id === "string" && typeof energy?.value === "number"
      ? (value as ClosedSummary)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Throws the system's error. */
export function writeSummary(runDirectory: string, summary: ClosedSummary): void {
  replaceFile(path.join(runDirectory, SUMMARY_FILE), Buffer.from(`${JSON.stringify(summary)}\n`));
}
