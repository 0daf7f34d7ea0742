/** Closes a run: its entry goes into the ledger, its summary beside its journals. */

import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostName } from "../energy/process-identity.node.ts";
import { readRun } from "../energy/read-run.node.ts";
import type { RunSummary } from "../energy/run.ts";
import { journalFiles, runsFolder } from "../energy/run-folder.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { type ArtefactLimits, findArtefacts } from "./artefacts.node.ts";
import { whileClosing } from "./closing-lock.node.ts";
import { hashFile } from "./hash-file.node.ts";
import { runBodyFrom } from "./run-body.ts";
import { readSummary, writeSummary } from "./summary-file.node.ts";
import { type WrittenEntry, writeEntry } from "./write-entry.node.ts";

/** How long another process that closes the same run is waited for. */
const OTHER_CLOSER_MS = 5000;

export interface CloseOptions {
  /** The `.fairwatt` folder whose ledger takes the entry; by default the one that the run lies in. */
  fairwatt?: string;
  limits?: ArtefactLimits;
}

export interface ClosedRun {
  /** Absent only when the journals could not be read. */
  summary?: RunSummary;
  /** Hash of the run's entry, also when it was there before. */
  entry?: string;
  /** Sentences for a person: what could not be done, what is kept all the same. */
  problems: string[];
}

/**
 * Writes the ledger entry of a run that has ended, once, and its summary. A run that still goes on is left alone. Never
 * throws: a read-only or full disk gives problems, and the next call tries again.
 */
export async function closeRun(runDirectory: string, options: CloseOptions = {}): Promise<ClosedRun> {
  const fairwatt = options.fairwatt ?? path.dirname(path.dirname(runDirectory));
  const known = readSummary(runDirectory);
  if (known?.entry) return { summary: known, entry: known.entry, problems: [] };
  let summary: RunSummary;
  try {
    summary = (await readRun(runDirectory)).summary;
  } catch (error) {
    const why = fs.existsSync(runDirectory)
      ? (error as Error).message
      : `${runDirectory} was deleted while it ran: nothing of the run can be kept`;
    return { problems: [`${why}; it has no ledger entry`] };
  }
  if (summary.state === "running") return { summary, problems: [] };
  const problems: string[] = [];
  try {
    for (const deadline = Date.now() + OTHER_CLOSER_MS; ; await sleep(100)) {
      const closed = await whileClosing(runDirectory, () =>
        writeDown(runDirectory, fairwatt, summary, options, problems),
      );
      if (closed !== "busy") return { summary, entry: closed, problems };
      if (Date.now() > deadline) break;
    }
    problems.push(`run ${summary.id} is being closed by another process`);
  } catch (error) {
    problems.push(
      `run ${summary.id} has no ledger entry yet: ${(error as Error).message}. Its journals are complete; the entry is written as soon as that is solved and \`fairwatt runs\` is called`,
    );
  }
  return { summary, problems };
}

async function writeDown(
  runDirectory: string,
  fairwatt: string,
  summary: RunSummary,
  options: CloseOptions,
  problems: string[],
): Promise<string> {
  // Another process may have closed it before the lock was ours.
  const before = readSummary(runDirectory)?.entry;
  const entry = before ?? (await writeRunEntry(runDirectory, fairwatt, summary, options)).hash;
  try {
    writeSummary(runDirectory, { ...summary, entry });
  } catch (error) {
    problems.push(`the summary of run ${summary.id} could not be kept: ${(error as Error).message}`);
  }
  return entry;
}

async function writeRunEntry(
  runDirectory: string,
  fairwatt: string,
  summary: RunSummary,
  options: CloseOptions,
): Promise<WrittenEntry> {
  const journals: Record<string, string> = {};
  for (const file of journalFiles(runDirectory))
    journals[path.basename(file)] = (await hashFile(file)).sha256;
  // The monotonic duration, because the wall clock may have been set back meanwhile.
  const until = Math.max(summary.endedAt ?? 0, summary.startedAt + summary.duration * 1000);
  const found = await findArtefacts(summary.cwd, summary.startedAt, until, options.limits);
  const body = runBodyFrom(summary, {
    cwd: path.relative(summary.folder, summary.cwd).split(path.sep).join("/") || ".",
    artefacts: found.artefacts,
    journals,
    author: summary.author,
    notices: found.notices,
    fairwatt: FAIRWATT_VERSION,
  });
  return writeEntry(fairwatt, { type: "run", time: new Date().toISOString(), body });
}

/**
 * Closes the runs of these `.fairwatt` folders whose runner and samplers are gone without having done so (killed, power
 * cut). Runs of other hosts are left to those. Never throws.
 */
export async function closeInterrupted(fairwattFolders: readonly string[]): Promise<ClosedRun[]> {
  const closed: ClosedRun[] = [];
  for (const fairwatt of fairwattFolders) {
    for (const runDirectory of runDirectories(fairwatt)) {
      if (readSummary(runDirectory)?.entry || !isOfThisHost(runDirectory)) continue;
      const result = await closeRun(runDirectory, { fairwatt });
      if (result.summary?.state !== "running" && result.summary) closed.push(result);
    }
  }
  return closed;
}

function runDirectories(fairwatt: string): string[] {
  try {
    const entries = fs.readdirSync(runsFolder(fairwatt), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(runsFolder(fairwatt), entry.name));
  } catch {
    return [];
  }
}

/** Journals are named `<host>.<pid>.jsonl`. */
function isOfThisHost(runDirectory: string): boolean {
  const own = `${hostName()}.`;
  return journalFiles(runDirectory).some((file) => path.basename(file).startsWith(own));
}
