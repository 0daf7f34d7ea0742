/** Reads what documents are made from out of a project's ledger. */

import * as path from "node:path";
import { loadEmbodied } from "../carbon/accounting/embodied.node.ts";
import { fairwattFolders } from "../energy/run-folder.node.ts";
import { type HistoryEntry, knownEntry } from "../ledger/history.ts";
import { modelVersions } from "../ledger/model-versions.ts";
import { readEntries } from "../ledger/read.node.ts";
import type { Evidence, Recorded, RecordedAudit, RecordedRun } from "./evidence.ts";

/**
 * Every sound entry of the project in `folder`; those that were changed are counted and not used. Throws the system's
 * error when the ledger's folder is there and cannot be read.
 */
export async function collectEvidence(folder: string, signal?: AbortSignal): Promise<Evidence> {
  const runs = new Map<string, RecordedRun>();
  const audits = new Map<string, RecordedAudit>();
  const reasons = new Map<string, Evidence["reasons"][number]>();
  const benches = new Map<string, Evidence["benches"][number]>();
  const history: HistoryEntry[] = [];
  const reports = new Map<string, Evidence["reports"][number]>();
  const approvals = new Map<string, Evidence["approvals"][number]>();
  const wrong = new Set<string>();
  let unsound = 0;
  for (const fairwatt of fairwattFolders(folder)) {
    for await (const entry of readEntries(fairwatt)) {
      signal?.throwIfAborted();
      if (entry.fault || !entry.envelope) {
        unsound++;
        continue;
      }
      const { hash, envelope } = entry;
      history.push({ hash, envelope });
      const known = knownEntry(envelope);
      const { time } = envelope;
      switch (known?.type) {
        case "run":
          runs.set(hash, { hash, time, body: known.body });
          break;
        case "audit":
          audits.set(hash, { hash, time, body: known.body });
          break;
        case "reasons":
          reasons.set(hash, { hash, time, body: known.body });
          break;
        case "bench":
          benches.set(hash, { hash, time, body: known.body });
          break;
        case "report":
          reports.set(hash, { hash, time, body: known.body });
          break;
        case "approval":
          approvals.set(hash, { hash, time, body: known.body });
          break;
        case "correction":
          wrong.add(known.body.corrects);
          break;
      }
    }
  }
  const corrected = [...wrong].filter(
    (hash) => runs.delete(hash) || audits.delete(hash) || reasons.delete(hash),
  ).length;
  return {
    project: path.basename(path.resolve(folder)),
    runs: [...runs.values()].sort(
      (a, b) => compare(a.body.startedAt, b.body.startedAt) || compare(a.hash, b.hash),
    ),
    audits: byTime(audits),
    reasons: byTime(reasons),
    benches: byTime(benches),
    models: modelVersions(
      history.sort((a, b) => compare(a.envelope.time, b.envelope.time) || compare(a.hash, b.hash)),
    ),
    reports: byTime(reports),
    approvals: byTime(approvals),
    embodied: loadEmbodied(),
    unsound,
    corrected,
  };
}

function byTime<T>(entries: ReadonlyMap<string, Recorded<T>>): Recorded<T>[] {
  return [...entries.values()].sort((a, b) => compare(a.time, b.time) || compare(a.hash, b.hash));
}

/** By code points, not by anybody's language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
