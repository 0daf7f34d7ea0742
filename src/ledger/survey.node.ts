/** Which entries the ledger has and which cite which: what a new entry must know, without reading all of them each time. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod/mini";
import { ledgerFolder } from "../energy/run-folder.node.ts";
import { replaceFile } from "./atomic-file.node.ts";
import { headsOf } from "./graph.ts";
import { listLedger, readEntry, runBodyOf } from "./read.node.ts";

/** Beside the ledger, not in git; a cache only. */
const SURVEY_FILE = "survey.json";
const SURVEY_VERSION = 1;
/** Reading so many entries takes less than a few milliseconds: the cache is written when there were more. */
const WORTH_KEEPING = 32;
/** Entries read between two turns of the event loop. */
const PIECE = 64;

const surveyed = z.object({
  /** Of the file when it was read: it is read again when they differ. */
  bytes: z.number(),
  changed: z.number(),
  parents: z.array(z.string()),
  /** Run that the entry is of. */
  run: z.optional(z.string()),
});
const surveyFile = z.object({ v: z.literal(SURVEY_VERSION), entries: z.record(z.string(), surveyed) });

type Surveyed = z.infer<typeof surveyed>;

export interface LedgerSurvey {
  /** Entries that no other cites, sorted. */
  heads: string[];
  /** The entry of a run, where it has one. */
  entryOfRun: (run: string) => string | undefined;
}

/**
 * Surveys the ledger of a `.fairwatt` folder. An entry whose content is not what its name says counts as not there. Throws
 * the system's error when the folder is unreadable.
 */
export async function surveyLedger(fairwatt: string): Promise<LedgerSurvey> {
  const known = readSurvey(fairwatt);
  const entries = new Map<string, Surveyed>();
  let read = 0;
  for (const hash of listLedger(fairwatt).hashes) {
    const stat = fs.lstatSync(path.join(ledgerFolder(fairwatt), `${hash}.json`), { throwIfNoEntry: false });
    const before = known[hash];
    if (stat && before?.bytes === stat.size && before.changed === stat.mtimeMs) {
      entries.set(hash, before);
      continue;
    }
    if (++read % PIECE === 0) await new Promise((resolve) => setImmediate(resolve));
    const entry = readEntry(fairwatt, hash, "hash");
    if (entry.fault || !entry.envelope || !stat) continue;
    entries.set(hash, {
      bytes: stat.size,
      changed: stat.mtimeMs,
      parents: entry.envelope.parents,
      run: runBodyOf(entry)?.run,
    });
  }
  if (read > WORTH_KEEPING) keepSurvey(fairwatt, entries);
  return {
    heads: headsOf(new Map([...entries].map(([hash, { parents }]) => [hash, parents]))),
    entryOfRun: (run) => [...entries].findLast(([, entry]) => entry.run === run)?.[0],
  };
}

function readSurvey(fairwatt: string): Record<string, Surveyed> {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path.join(fairwatt, SURVEY_FILE), "utf8"));
    return surveyFile.safeParse(value).data?.entries ?? {};
  } catch {
    return {};
  }
}

function keepSurvey(fairwatt: string, entries: ReadonlyMap<string, Surveyed>): void {
  const value: z.infer<typeof surveyFile> = { v: SURVEY_VERSION, entries: Object.fromEntries(entries) };
  try {
    replaceFile(path.join(fairwatt, SURVEY_FILE), Buffer.from(JSON.stringify(value)));
  } catch {
    // A read-only or full disk: the next writer reads the entries again.
  }
}
