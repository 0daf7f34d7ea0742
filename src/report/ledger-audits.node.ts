/** Audits that the ledger records, as far as the linter asks: of which file or run they are. */

import { fairwattFolders } from "../energy/run-folder.node.ts";
import { readEntries } from "../ledger/read.node.ts";
import type { RecordedEvidence } from "../lint/project/recorded-evidence.ts";

/** Of the project in `folder`. Entries that were changed or cannot be read say nothing. Never rejects. */
export async function auditsIn(folder: string): Promise<RecordedEvidence["audits"]> {
  const audits: RecordedEvidence["audits"] = [];
  for (const fairwatt of fairwattFolders(folder)) {
    try {
      for await (const { envelope, fault } of readEntries(fairwatt, "hash")) {
        if (fault || envelope?.type !== "audit") continue;
        const { run, file } = envelope.body;
        audits.push({
          ...(typeof run === "string" && { run }),
          ...(typeof file === "string" && { file }),
        });
      }
    } catch {
      // An unreadable ledger is `ledger verify`'s to report; the linter hears of no audit.
    }
  }
  return audits;
}
