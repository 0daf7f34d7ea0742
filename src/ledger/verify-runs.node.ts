/** The runs that are here against what the ledger says of them. */

import * as fs from "node:fs";
import * as path from "node:path";
import { journalFiles } from "../energy/run-folder.node.ts";
import type { RunBody } from "./entry.ts";
import { hashFile } from "./hash-file.node.ts";
import { readSummary } from "./summary-file.node.ts";
import type { LedgerProblem } from "./verification.ts";

export interface RunEntryRecord {
  hash: string;
  body: RunBody;
}

/** Appends to `problems` and `notices`. `sound`: hashes of the entries that nothing is wrong with. */
export async function verifyRuns(
  runsFolders: readonly string[],
  entries: readonly RunEntryRecord[],
  sound: ReadonlySet<string>,
  problems: LedgerProblem[],
  notices: string[],
): Promise<{ journals: number }> {
  const directories = runDirectories(runsFolders);
  const byRun = new Map<string, RunEntryRecord[]>();
  for (const entry of entries) byRun.set(entry.body.run, [...(byRun.get(entry.body.run) ?? []), entry]);
  let journals = 0;
  let elsewhere = 0;
  for (const [run, records] of byRun) {
    if (records.length > 1) notices.push(`run ${run} has ${records.length} entries`);
    const directory = directories.get(run);
    if (!directory) elsewhere++;
    else for (const record of records) journals += await checkJournals(directory, record, problems);
  }
  if (elsewhere > 0) {
    const whose = elsewhere === 1 ? "one run are" : `${elsewhere} runs are`;
    notices.push(`the journals of ${whose} not here and cannot be checked (journals stay out of git)`);
  }
  let open = 0;
  for (const [run, directory] of directories) {
    if (checkSummary(run, directory, byRun.get(run) ?? [], sound, problems)) continue;
    if (hasRecords(directory)) open++;
    else notices.push(`run ${run} left no record (its disk may have been full); ${directory} can be deleted`);
  }
  if (open > 0) {
    notices.push(
      `${open === 1 ? "one run is" : `${open} runs are`} not closed yet: still going on, or closed by the next \`fairwatt runs\``,
    );
  }
  return { journals };
}

async function checkJournals(
  directory: string,
  record: RunEntryRecord,
  problems: LedgerProblem[],
): Promise<number> {
  const { hash, body } = record;
  const present = new Map(journalFiles(directory).map((file) => [path.basename(file), file]));
  let checked = 0;
  const report = (kind: LedgerProblem["kind"], name: string, what: string) =>
    problems.push({ kind, entry: hash, message: `journal ${name} of run ${body.run} ${what}` });
  for (const [name, expected] of Object.entries(body.journals)) {
    const file = present.get(name);
    present.delete(name);
    if (!file) {
      report("journal-missing", name, `is gone; entry ${hash.slice(0, 12)} names it`);
      continue;
    }
    try {
      if ((await hashFile(file)).sha256 !== expected) {
        report("journal-changed", name, `was changed after entry ${hash.slice(0, 12)} was written`);
      }
      checked++;
    } catch (error) {
      report("unreadable", name, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  for (const name of present.keys()) {
    report("journal-added", name, `was added after entry ${hash.slice(0, 12)} was written`);
  }
  return checked;
}

/** False when the run is not closed. */
function checkSummary(
  run: string,
  directory: string,
  records: readonly RunEntryRecord[],
  sound: ReadonlySet<string>,
  problems: LedgerProblem[],
): boolean {
  const summary = readSummary(directory);
  if (!summary) return records.length > 0;
  if (summary.entry && !sound.has(summary.entry)) {
    const message = `entry ${summary.entry.slice(0, 12)} of run ${run} is not in the ledger as it was written: removed, changed, or on another branch`;
    problems.push({ kind: "run-entry-missing", entry: summary.entry, message });
  }
  const written = records.find(({ hash }) => hash === summary.entry);
  if (written && written.body.energy.value !== summary.energy.value) {
    const message = `the summary of run ${run} shows another energy than its entry; delete ${path.join(directory, "summary.json")}, it is only a copy`;
    problems.push({ kind: "summary-changed", entry: written.hash, message });
  }
  return true;
}

function hasRecords(directory: string): boolean {
  return journalFiles(directory).some(
    (file) => (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
}

function runDirectories(runsFolders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of runsFolders) {
    let names: fs.Dirent[] = [];
    try {
      names = fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      // No runs here.
    }
    for (const entry of names) if (entry.isDirectory()) found.set(entry.name, path.join(folder, entry.name));
  }
  return found;
}
