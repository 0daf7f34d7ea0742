/** What was taken over from other tools: read from the ledger, never from their files. */

import { fairwattFolders } from "../energy/run-folder.node.ts";
import type { ImportedBody, ImportedRecord } from "./entries/imported.ts";
import { LEDGER_VERSION } from "./entry.ts";
import { readEntries } from "./read.node.ts";

export interface KnownRecord {
  /** Hash of the entry that holds it. */
  entry: string;
  tool: string;
  toolVersion?: string;
  file: string;
  record: ImportedRecord;
}

/** All records of a project's ledgers in the order of their import; entries that were changed are left out. */
export async function importedRecords(project: string): Promise<KnownRecord[]> {
  const found: { time: string; known: KnownRecord[] }[] = [];
  for (const fairwatt of fairwattFolders(project)) {
    for await (const { hash, envelope, fault } of readEntries(fairwatt)) {
      if (fault || envelope?.v !== LEDGER_VERSION || envelope.type !== "imported") continue;
      const { tool, toolVersion, file, records } = envelope.body as unknown as ImportedBody;
      const known = records.map((record) => ({
        entry: hash,
        tool,
        ...(toolVersion !== undefined && { toolVersion }),
        file,
        record,
      }));
      found.push({ time: envelope.time, known });
    }
  }
  return found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).flatMap(({ known }) => known);
}

/** Of the records with one key the one that was imported last: it continues those before it. */
export function latestRecords(records: readonly KnownRecord[]): KnownRecord[] {
  return [...new Map(records.map((each) => [`${each.tool}\0${each.record.key}`, each])).values()];
}
