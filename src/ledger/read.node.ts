/** Reads the ledger's folder, trusting nothing in it. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerFolder } from "../energy/run-folder.node.ts";
import { canonicalJson } from "./canonical.ts";
import {
  type EntryEnvelope,
  entryEnvelope,
  KNOWN_TYPES,
  LEDGER_VERSION,
  ledgerEntry,
  type RunBody,
} from "./entry.ts";

/** An entry is a few kilobytes; one with a thousand artefacts is under a megabyte. */
const MAX_ENTRY_BYTES = 16 * 1024 * 1024;
/** Entries read between two turns of the event loop: a few milliseconds. */
const PIECE = 64;

export type EntryFault = "changed" | "not-canonical" | "not-an-entry" | "unreadable";

/** One file of the ledger whose name is a hash. */
export interface StoredEntry {
  /** From the name. */
  hash: string;
  file: string;
  /** Absent when the content is not an entry at all; with a fault it is not to be trusted. */
  envelope?: EntryEnvelope;
  fault?: { kind: EntryFault; message: string };
}

export interface LedgerListing {
  /** Hashes from the file names, sorted. */
  hashes: string[];
  /** Other names in the folder. */
  others: string[];
}

/** Names in the ledger of a `.fairwatt` folder; empty where there is none. Throws the system's error when it is unreadable. */
export function listLedger(fairwatt: string): LedgerListing {
  let names: string[];
  try {
    names = fs.readdirSync(ledgerFolder(fairwatt));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { hashes: [], others: [] };
    throw error;
  }
  const hashes: string[] = [];
  const others: string[] = [];
  for (const name of names.sort()) {
    if (/^[0-9a-f]{64}\.json$/.test(name)) hashes.push(name.slice(0, 64));
    else others.push(name);
  }
  return { hashes, others };
}

/** "hash": the content is what the name says; "all": it is also in canonical form and has the fields of its type. */
export type Check = "hash" | "all";

/** All entries in the order of their hashes; the event loop runs in between. */
export async function* readEntries(fairwatt: string, check: Check = "all"): AsyncGenerator<StoredEntry> {
  let turn = 0;
  for (const hash of listLedger(fairwatt).hashes) {
    if (++turn % PIECE === 0) await new Promise((resolve) => setImmediate(resolve));
    yield readEntry(fairwatt, hash, check);
  }
}

/** Reads and checks one entry by itself. Never throws. */
export function readEntry(fairwatt: string, hash: string, check: Check = "all"): StoredEntry {
  const file = path.join(ledgerFolder(fairwatt), `${hash}.json`);
  const failed = (kind: EntryFault, message: string, envelope?: EntryEnvelope): StoredEntry => ({
    hash,
    file,
    envelope,
    fault: { kind, message },
  });
  let bytes: Buffer;
  try {
    const stat = fs.lstatSync(file);
    if (!stat.isFile()) return failed("not-an-entry", "is not a file");
    if (stat.size > MAX_ENTRY_BYTES) return failed("not-an-entry", `is larger than ${MAX_ENTRY_BYTES} bytes`);
    bytes = fs.readFileSync(file);
  } catch (error) {
    return failed("unreadable", `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const actual = createHash("sha256").update(bytes).digest("hex");
  const text = bytes.toString("utf8");
  let envelope: EntryEnvelope | undefined;
  let canonical = true;
  try {
    const value: unknown = JSON.parse(text);
    envelope = entryEnvelope.safeParse(value).data;
    if (check === "all") canonical = Buffer.from(canonicalJson(value)).equals(bytes);
    if (
      check === "all" &&
      envelope?.v === LEDGER_VERSION &&
      KNOWN_TYPES.includes(envelope.type) &&
      !ledgerEntry.safeParse(value).success
    ) {
      envelope = undefined;
    }
  } catch {
    // Not JSON, or nested beyond any entry.
    envelope = undefined;
  }
  if (actual !== hash) {
    return failed(
      "changed",
      `was changed: its content has the hash ${actual}, not that of its name`,
      envelope,
    );
  }
  if (!envelope) return failed("not-an-entry", "is not a ledger entry, though its name is its hash");
  if (!canonical) return failed("not-canonical", "is not canonical JSON (RFC 8785)", envelope);
  return { hash, file, envelope };
}

/** The body of a run entry that its check found nothing wrong with; undefined for other types. */
export function runBodyOf(entry: StoredEntry): RunBody | undefined {
  if (entry.fault || entry.envelope?.v !== LEDGER_VERSION || entry.envelope.type !== "run") return undefined;
  return entry.envelope.body as unknown as RunBody;
}

/** The entry of a run; undefined when it has none that nothing is wrong with. */
export async function findRunEntry(
  fairwatt: string,
  run: string,
): Promise<{ hash: string; file: string; body: RunBody } | undefined> {
  for await (const entry of readEntries(fairwatt, "hash")) {
    if (runBodyOf(entry)?.run !== run) continue;
    const body = runBodyOf(readEntry(fairwatt, entry.hash));
    if (body) return { hash: entry.hash, file: entry.file, body };
  }
  return undefined;
}
