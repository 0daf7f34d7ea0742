/** The runs of a project's ledgers, for accounts and budgets. */

import type { Activity } from "../carbon/accounting/activity.ts";
import { knownEntry } from "./history.ts";
import { readEntries, runBodyOf } from "./read.node.ts";
import { activityOf } from "./run-activity.ts";

export interface ProjectActivities {
  /** In the order of their start; each run once, entries that were corrected left out. */
  activities: Activity[];
  /** Sentences: entries that cannot be trusted, corrections that took runs out. */
  notices: string[];
}

/** Reads the ledgers of these `.fairwatt` folders. Throws the system's error where one is unreadable. */
export async function projectActivities(fairwattFolders: readonly string[]): Promise<ProjectActivities> {
  const found = new Map<string, Activity>();
  const corrected = new Set<string>();
  const notices: string[] = [];
  for (const fairwatt of fairwattFolders) {
    for await (const stored of readEntries(fairwatt)) {
      if (stored.fault) {
        notices.push(`ledger entry ${stored.hash.slice(0, 12)} ${stored.fault.message}; it is in no account`);
        continue;
      }
      const body = runBodyOf(stored);
      if (body) found.set(stored.hash, activityOf(body, stored.hash));
      const entry = stored.envelope && knownEntry(stored.envelope);
      if (entry?.type === "correction") corrected.add(entry.body.corrects);
    }
  }
  const byRun = new Map<string, Activity>();
  let left = 0;
  for (const [hash, activity] of found) {
    if (corrected.has(hash)) left++;
    else byRun.set(activity.run, activity);
  }
  if (left > 0)
    notices.push(`${left} entries of runs were corrected and do not count; what replaces them does`);
  const activities = [...byRun.values()].sort(
    (a, b) => a.startedAt - b.startedAt || (a.run < b.run ? -1 : 1),
  );
  return { activities, notices };
}
