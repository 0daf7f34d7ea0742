/** Adds an entry to the ledger. Nothing in the ledger is ever changed. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerFolder } from "../energy/run-folder.node.ts";
import { createFile } from "./atomic-file.node.ts";
import { canonicalJson } from "./canonical.ts";
import { type AuditBody, LEDGER_VERSION, ledgerEntry, type RunBody } from "./entry.ts";
import { headsOf } from "./graph.ts";
import { readEntries, runBodyOf } from "./read.node.ts";

export interface WrittenEntry {
  /** SHA-256 of the file's bytes, and its name. */
  hash: string;
  file: string;
}

/** An entry without what the ledger itself adds. */
export type EntryContent =
  | { type: "run"; time: string; body: RunBody }
  | { type: "audit"; time: string; body: AuditBody };

/**
 * Writes an entry that cites the present heads. Any number of writers may do so at once: two that see the same heads make
 * a fork, which the next entry joins. A run has one entry: where there is one already, that one is returned and nothing is
 * written. Throws the system's error when the folder cannot be written, a zod error or a TypeError when the content is not
 * an entry; nothing is left behind then.
 */
export async function writeEntry(fairwatt: string, content: EntryContent): Promise<WrittenEntry> {
  const run = content.type === "run" ? content.body.run : undefined;
  const { heads, written } = await surveyLedger(fairwatt, run);
  if (written) return written;
  const entry = ledgerEntry.parse({ v: LEDGER_VERSION, ...content, parents: heads });
  const bytes = Buffer.from(canonicalJson(entry));
  const hash = createHash("sha256").update(bytes).digest("hex");
  const folder = ledgerFolder(fairwatt);
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${hash}.json`);
  createFile(file, bytes);
  return { hash, file };
}

/** Entries that no other cites, sorted. A file whose content is not what its name says is never built upon. */
export async function ledgerHeads(fairwatt: string): Promise<string[]> {
  return (await surveyLedger(fairwatt)).heads;
}

async function surveyLedger(
  fairwatt: string,
  run?: string,
): Promise<{ heads: string[]; written?: WrittenEntry }> {
  const citations = new Map<string, readonly string[]>();
  let written: WrittenEntry | undefined;
  for await (const entry of readEntries(fairwatt, "hash")) {
    if (entry.fault) continue;
    citations.set(entry.hash, entry.envelope?.parents ?? []);
    if (run !== undefined && runBodyOf(entry)?.run === run) written = { hash: entry.hash, file: entry.file };
  }
  return { heads: headsOf(citations), written };
}
