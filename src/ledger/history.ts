/** The ledger as a person reads it: one line per entry, with what others say about it. Pure. */

import { formatQuantity, formatSignificant, type Quantity } from "../quantity.ts";
import type { EntryEnvelope, LedgerEntry } from "./entry.ts";
import { KNOWN_TYPES, LEDGER_VERSION } from "./entry.ts";

export interface HistoryEntry {
  hash: string;
  envelope: EntryEnvelope;
}

export interface HistoryLine {
  hash: string;
  /** ISO 8601, UTC. */
  time: string;
  type: string;
  /** What happened, in a few words. */
  what: string;
  /** Hashes of corrections of this entry. */
  correctedBy: string[];
  /** "approved by Ada Lovelace (head of risk), signed" */
  decisions: string[];
}

/** In the order given. */
export function historyOf(entries: readonly HistoryEntry[]): HistoryLine[] {
  const corrected = new Map<string, string[]>();
  const decided = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string) =>
    map.set(key, [...(map.get(key) ?? []), value]);
  for (const { hash, envelope } of entries) {
    const entry = knownEntry(envelope);
    if (entry?.type === "correction") add(corrected, entry.body.corrects, hash);
    if (entry?.type === "approval") add(decided, entry.body.subject, decisionWords(entry.body));
  }
  return entries.map(({ hash, envelope }) => ({
    hash,
    time: envelope.time,
    type: envelope.type,
    what: entryWords(envelope),
    correctedBy: corrected.get(hash) ?? [],
    decisions: decided.get(hash) ?? [],
  }));
}

/** The entry with the fields of its type; undefined for types and versions that this Fairwatt does not know. */
export function knownEntry(envelope: EntryEnvelope): LedgerEntry | undefined {
  // What was read by readEntries was checked against its type.
  return envelope.v === LEDGER_VERSION && KNOWN_TYPES.includes(envelope.type)
    ? (envelope as unknown as LedgerEntry)
    : undefined;
}

const short = (hash: string) => hash.slice(0, 12);

function entryWords(envelope: EntryEnvelope): string {
  const entry = knownEntry(envelope);
  switch (entry?.type) {
    case "run": {
      const { name, state, energy, footprint } = entry.body;
      const amounts = [energy, ...(footprint ? [footprint] : [])].map((quantity) =>
        formatQuantity(quantity as Quantity),
      );
      return [name, state, ...amounts].join(", ");
    }
    case "audit": {
      const { file, columns, limits } = entry.body;
      const broken = limits.filter((limit) => limit.broken).length;
      const outcome = limits.length === 0 ? "no limits" : `${broken} of ${limits.length} limits broken`;
      return `${file} by ${columns.sensitive.join(", ")}, ${outcome}`;
    }
    case "drift": {
      const { before, after, settings, failed } = entry.body;
      const outcome =
        settings.margin === undefined
          ? "compared"
          : failed
            ? `not within the margin of ${settings.margin}`
            : `no gap shown to have grown by more than ${settings.margin}`;
      return `${before.file} to ${after.file} by ${before.columns.sensitive.join(", ")}, ${outcome}`;
    }
    case "challenge": {
      const { before, after, passes } = entry.body;
      const name = ({ file, columns }: typeof before) =>
        before.file === after.file ? (columns.prediction ?? columns.score ?? file) : file;
      return `${name(after)} instead of ${name(before)} by ${before.columns.sensitive.join(", ")}, ${passes ? "passes" : "does not pass"}`;
    }
    case "bench": {
      const { name, unit, energyPer1000, throughput } = entry.body;
      const energy = energyPer1000
        ? `${formatQuantity(energyPer1000 as Quantity)} per 1,000 ${unit}`
        : "energy not measured";
      return `${name}, ${energy}, ${formatSignificant(throughput.value, 3)} per second`;
    }
    case "reasons": {
      const { file, adverse, checks } = entry.body;
      const found = checks.filter(({ state }) => state === "found").length;
      return `${file}: reasons for ${adverse} adverse ${adverse === 1 ? "action" : "actions"}, ${found === 0 ? "no check found anything" : `${found} of ${checks.length} checks found something`}`;
    }
    case "report":
      return `${entry.body.title}: ${entry.body.files.map(({ path }) => path).join(", ")}`;
    case "approval":
      return `${short(entry.body.subject)} ${decisionWords(entry.body)}`;
    case "version":
      return `${short(entry.body.artefact)} is ${entry.body.name} ${entry.body.version}`;
    case "imported": {
      const { tool, file, records } = entry.body;
      return `${records.length} ${records.length === 1 ? "record" : "records"} of ${tool} taken over from ${file}, not measured here`;
    }
    case "correction":
      return `${short(entry.body.corrects)} does not hold: ${entry.body.reason}`;
    default:
      return "of a type that this version does not know";
  }
}

function decisionWords(body: Extract<LedgerEntry, { type: "approval" }>["body"]): string {
  const { decision, name, role, signature, remark } = body;
  return `${decision} by ${name} (${role}), ${signature ? "signed" : "not signed"}${remark ? `: ${remark}` : ""}`;
}
