/** The audits that count: of each table the newest that no correction takes back. Pure. */

import type { AuditBody } from "../../ledger/entry.ts";
import { type HistoryEntry, knownEntry } from "../../ledger/history.ts";

export interface NewestAudit {
  hash: string;
  /** ISO 8601, UTC. */
  time: string;
  body: AuditBody;
}

/** By file, in the order of the files' names. `entries`: oldest first. */
export function newestAudits(entries: readonly HistoryEntry[]): NewestAudit[] {
  const wrong = new Set<string>();
  const audits: NewestAudit[] = [];
  for (const { hash, envelope } of entries) {
    const entry = knownEntry(envelope);
    if (entry?.type === "correction") wrong.add(entry.body.corrects);
    if (entry?.type === "audit") audits.push({ hash, time: entry.time, body: entry.body });
  }
  const newest = new Map<string, NewestAudit>();
  for (const audit of audits) if (!wrong.has(audit.hash)) newest.set(audit.body.file, audit);
  return [...newest.values()].sort((a, b) => (a.body.file < b.body.file ? -1 : 1));
}
