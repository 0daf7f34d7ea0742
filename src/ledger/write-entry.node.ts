/** Adds an entry to the ledger. Nothing in the ledger is ever changed. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerFolder } from "../energy/run-folder.node.ts";
import { createFile } from "./atomic-file.node.ts";
import { canonicalJson } from "./canonical.ts";
import { LEDGER_VERSION, type LedgerEntry, ledgerEntry } from "./entry.ts";
import { headsOf } from "./graph.ts";
import { readEntries } from "./read.node.ts";

export interface WrittenEntry {
  /** SHA-256 of the file's bytes, and its name. */
  hash: string;
  file: string;
}

/**
 * Writes an entry that cites the present heads. Any number of writers may do so at once: two that see the same heads make
 * a fork, which the next entry joins. Throws the system's error when the folder cannot be written, a zod error or a
 * TypeError when the content is not an entry; nothing is left behind then.
 */
export async function writeEntry(
  fairwatt: string,
  content: Pick<LedgerEntry, "type" | "time" | "body">,
): Promise<WrittenEntry> {
  const parents = await ledgerHeads(fairwatt);
  const entry = ledgerEntry.parse({ v: LEDGER_VERSION, ...content, parents });
  const bytes = Buffer.from(canonicalJson(entry));
  const hash = createHash("sha256").update(bytes).digest("hex");
  const folder = ledgerFolder(fairwatt);
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${hash}.json`);
  createFile(file, bytes);
  return { hash, file };
}

/** Sound entries that no sound entry cites, sorted. A changed or forged file is never built upon. */
export async function ledgerHeads(fairwatt: string): Promise<string[]> {
  const sound = new Map<string, readonly string[]>();
  for await (const entry of readEntries(fairwatt)) {
    if (!entry.fault) sound.set(entry.hash, entry.envelope?.parents ?? []);
  }
  return headsOf(sound);
}
