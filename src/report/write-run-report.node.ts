/** Writes the report of a run: reads its journals and its ledger entry, hashes what they consist of. */

import { promises as fs } from "node:fs";
import * as path from "node:path";
import { readRun } from "../energy/read-run.node.ts";
import { journalFiles } from "../energy/run-folder.node.ts";
import type { RunBody } from "../ledger/entry.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { findRunEntry } from "../ledger/read.node.ts";
import { runReport } from "./documents/run-report.ts";

export interface LedgerEntryOfRun {
  hash: string;
  file: string;
  body: RunBody;
}

/** The ledger entry of the run in `runDirectory` (`<.fairwatt>/runs/<id>`); undefined while there is none. */
export function findEntryOf(runDirectory: string, run: string): Promise<LedgerEntryOfRun | undefined> {
  return findRunEntry(path.dirname(path.dirname(runDirectory)), run);
}

/**
 * Writes one self-contained HTML file and returns its absolute path: `out`, else `reports/run-<id's last 8>.html` in
 * the project's folder. The same journals and entry give the same bytes. Throws RunUnreadable or the system's error.
 */
export async function writeRunReport(runDirectory: string, options: { out?: string } = {}): Promise<string> {
  const { summary, fold } = await readRun(runDirectory);
  const journals: Record<string, string> = {};
  for (const file of journalFiles(runDirectory)) {
    journals[path.basename(file)] = (await hashFile(file)).sha256;
  }
  const entry = await findEntryOf(runDirectory, summary.id);
  const markup = runReport({
    run: summary,
    chartSeries: fold.series({ maxPoints: CHART_POINTS }),
    journals,
    entry: entry && { hash: entry.hash, body: entry.body },
  });
  const file = path.resolve(
    options.out ??
      path.join(
        projectOf(runDirectory, summary.folder),
        "reports",
        `run-${summary.id.slice(-8).toLowerCase()}.html`,
      ),
  );
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, markup);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `the report cannot be written to ${file} (${code}); the run is kept. Name another place with --out`,
    );
  }
  return file;
}

/** More points than this do not show on paper. */
const CHART_POINTS = 600;

/** Where the `.fairwatt` lies now (the project may have been moved since the run); the run's own folder for the stand-in. */
function projectOf(runDirectory: string, folder: string): string {
  const fairwatt = path.dirname(path.dirname(runDirectory));
  return path.basename(fairwatt) === ".fairwatt" ? path.dirname(fairwatt) : folder;
}
