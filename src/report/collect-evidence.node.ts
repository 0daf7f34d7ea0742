/** Reads what documents are made from out of a project's ledger. */

import * as path from "node:path";
import { fairwattFolders } from "../energy/run-folder.node.ts";
import type { AuditBody } from "../ledger/entry.ts";
import { readEntries, runBodyOf } from "../ledger/read.node.ts";
import type { Evidence, RecordedAudit, RecordedRun } from "./evidence.ts";

/**
 * Every sound entry of the project in `folder`; those that were changed are counted and not used. Throws the system's
 * error when the ledger's folder is there and cannot be read.
 */
export async function collectEvidence(folder: string, signal?: AbortSignal): Promise<Evidence> {
  const runs = new Map<string, RecordedRun>();
  const audits = new Map<string, RecordedAudit>();
  let unsound = 0;
  for (const fairwatt of fairwattFolders(folder)) {
    for await (const entry of readEntries(fairwatt)) {
      signal?.throwIfAborted();
      if (entry.fault || !entry.envelope) {
        unsound++;
        continue;
      }
      const { hash } = entry;
      const { time, type } = entry.envelope;
      const run = runBodyOf(entry);
      if (run) runs.set(hash, { hash, time, body: run });
      else if (type === "audit") {
        audits.set(hash, { hash, time, body: entry.envelope.body as unknown as AuditBody });
      }
    }
  }
  const byTime = (a: { hash: string; time: string }, b: { hash: string; time: string }) =>
    compare(a.time, b.time) || compare(a.hash, b.hash);
  return {
    project: path.basename(path.resolve(folder)),
    runs: [...runs.values()].sort(
      (a, b) => compare(a.body.startedAt, b.body.startedAt) || compare(a.hash, b.hash),
    ),
    audits: [...audits.values()].sort(byTime),
    unsound,
  };
}

/** By code points, not by anybody's language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
