/** Adds an entry to the ledger. Nothing in the ledger is ever changed. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerFolder } from "../energy/run-folder.node.ts";
import { createFile } from "./atomic-file.node.ts";
import { canonicalJson } from "./canonical.ts";
import { LEDGER_VERSION, type LedgerEntry, ledgerEntry } from "./entry.ts";
import { surveyLedger } from "./survey.node.ts";

export interface WrittenEntry {
  /** SHA-256 of the file's bytes, and its name. */
  hash: string;
  file: string;
}

type WithoutChain<Entry> = Entry extends LedgerEntry ? Pick<Entry, "type" | "time" | "body"> : never;

/** An entry without what the ledger itself adds. */
export type EntryContent = WithoutChain<LedgerEntry>;

/**
 * Writes an entry that cites the present heads. Any number of writers may do so at once: two that see the same heads make
 * a fork, which the next entry joins. A run has one entry: where there is one already, that one is returned and nothing is
 * written. Throws the system's error when the folder cannot be written, a zod error or a TypeError when the content is not
 * an entry; nothing is left behind then.
 */
export async function writeEntry(fairwatt: string, content: EntryContent): Promise<WrittenEntry> {
  const run = content.type === "run" ? content.body.run : undefined;
  const survey = await surveyLedger(fairwatt);
  const folder = ledgerFolder(fairwatt);
  const written = run === undefined ? undefined : survey.entryOfRun(run);
  if (written) return { hash: written, file: path.join(folder, `${written}.json`) };
  const entry = ledgerEntry.parse({ v: LEDGER_VERSION, ...content, parents: survey.heads });
  const bytes = Buffer.from(canonicalJson(entry));
  const hash = createHash("sha256").update(bytes).digest("hex");
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${hash}.json`);
  createFile(file, bytes);
  return { hash, file };
}
