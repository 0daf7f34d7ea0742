/** Finds the runs of a project on disk, and the one that a person means. */

import { promises as fs, statSync } from "node:fs";
import * as path from "node:path";
import { distance } from "fastest-levenshtein";
import { RunUnreadable, readRun } from "../energy/read-run.node.ts";
import type { RunSummary } from "../energy/run.ts";
import {
  fairwattFolders,
  findProjectFolder,
  journalFiles,
  runsFolder,
  SUMMARY_FILE,
} from "../energy/run-folder.node.ts";
import { readSummary } from "../ledger/summary-file.node.ts";
import { printable } from "./printable.ts";

export interface FoundRun {
  directory: string;
  summary: RunSummary;
}

export interface FoundRuns {
  /** The project's folder. */
  folder: string;
  /** Newest first. */
  runs: FoundRun[];
  /** Run directories that hold no run that could be read. */
  unreadable: { directory: string; reason: string }[];
}

/** A run that was asked for and is not there, or not alone: its message says what there is. */
export class RunNotFound extends Error {}

/** All runs of the project that `cwd` belongs to, from its own `.fairwatt` and its stand-in in the user's state folder. */
export async function findRuns(cwd: string): Promise<FoundRuns> {
  const folder = findProjectFolder(cwd);
  const found: FoundRuns = { folder, runs: [], unreadable: [] };
  for (const fairwatt of fairwattFolders(folder)) {
    for (const directory of await directoriesIn(runsFolder(fairwatt))) {
      // A run that has just begun: its command goes before its first record.
      if (journalFiles(directory).length === 0) continue;
      try {
        found.runs.push({ directory, summary: await summaryOf(directory) });
      } catch (error) {
        if (!(error instanceof RunUnreadable)) throw error;
        found.unreadable.push({ directory, reason: error.message });
      }
    }
  }
  found.runs.sort(
    (a, b) => b.summary.startedAt - a.summary.startedAt || (a.summary.id < b.summary.id ? 1 : -1),
  );
  return found;
}

/**
 * The run meant by `reference`: an id, the first letters of one, a name (the newest of that name), `last`, `last~N`.
 * Throws RunNotFound.
 */
export function resolveRun(reference: string, { runs, folder }: FoundRuns): FoundRun {
  if (runs.length === 0) {
    throw new RunNotFound(
      `there is no run in ${printable(folder)} yet; start one with: fairwatt run COMMAND`,
    );
  }
  const back = /^last(?:~(\d+))?$/.exec(reference);
  if (back) {
    const steps = Number(back[1] ?? 0);
    const run = runs[steps];
    if (run) return run;
    throw new RunNotFound(
      `there is no ${reference}: the project has ${runs.length} ${runs.length === 1 ? "run" : "runs"}`,
    );
  }
  const id = reference.toUpperCase();
  const exact =
    runs.find(({ summary }) => summary.id === id) ?? runs.find(({ summary }) => summary.name === reference);
  if (exact) return exact;
  const starting = runs.filter(({ summary }) => summary.id.startsWith(id));
  if (starting.length === 1) return starting[0]!;
  if (starting.length > 1) {
    throw new RunNotFound(
      `${starting.length} runs begin with "${printable(reference)}":\n${listed(starting)}\nGive more letters of the id.`,
    );
  }
  throw new RunNotFound(
    `no run is called "${printable(reference)}" or begins with it. The nearest ones:\n${listed(nearest(reference, runs))}\nList all with: fairwatt runs --all`,
  );
}

/** Resolves every reference, then calls `use`. Exit code: 2 where a run is not found (said on standard error), else 0. */
export async function withRuns(
  cwd: string,
  references: readonly string[],
  use: (runs: FoundRun[]) => Promise<void>,
): Promise<number> {
  const found = await findRuns(cwd);
  let runs: FoundRun[];
  try {
    runs = references.map((reference) => resolveRun(reference, found));
  } catch (error) {
    if (!(error instanceof RunNotFound)) throw error;
    process.stderr.write(`fairwatt: ${error.message}\n`);
    return 2;
  }
  await use(runs);
  return 0;
}

const LISTED = 5;

function listed(runs: readonly FoundRun[]): string {
  const lines = runs.slice(0, LISTED).map(({ summary }) => {
    const when = new Date(summary.startedAt).toISOString().slice(0, 16).replace("T", " ");
    return `  ${summary.id}  ${printable(summary.name)}  ${when} UTC, ${summary.state}`;
  });
  if (runs.length > LISTED) lines.push(`  and ${runs.length - LISTED} more`);
  return lines.join("\n");
}

/** By edit distance to the name or to the same number of letters of the id; newest first among equals. */
function nearest(reference: string, runs: readonly FoundRun[]): FoundRun[] {
  const lower = reference.toLowerCase();
  const cost = ({ summary }: FoundRun) =>
    Math.min(
      distance(lower, summary.name.toLowerCase()),
      distance(lower, summary.id.slice(0, reference.length).toLowerCase()),
    );
  return [...runs].sort((a, b) => cost(a) - cost(b)).slice(0, 3);
}

async function directoriesIn(folder: string): Promise<string[]> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(folder, entry.name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new Error(`the runs in ${folder} cannot be listed: ${(error as Error).message}`);
  }
}

/** The cached summary where no journal is newer, else the fold of the journals. */
async function summaryOf(directory: string): Promise<RunSummary> {
  return cachedSummary(directory) ?? (await readRun(directory)).summary;
}

function cachedSummary(directory: string): RunSummary | undefined {
  const summary = readSummary(directory);
  if (!summary || summary.state === "running" || summary.id !== path.basename(directory)) return undefined;
  try {
    const written = statSync(path.join(directory, SUMMARY_FILE)).mtimeMs;
    return journalFiles(directory).some((journal) => statSync(journal).mtimeMs > written)
      ? undefined
      : summary;
  } catch {
    // A file that went meanwhile: the journals that are left are read.
    return undefined;
  }
}
