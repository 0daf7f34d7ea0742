/** `fairwatt runs --imported`: what other tools recorded, and nothing of ours. */

import { findProjectFolder } from "../energy/run-folder.node.ts";
import { importedRecords, latestRecords } from "../ledger/imported.node.ts";
import { importedTable } from "./imported-table.ts";
import { dim, print, printJson } from "./table.ts";

const NEWEST = 20;

export async function runsImported(options: { all?: boolean; json?: boolean; cwd: string }): Promise<number> {
  const records = latestRecords(await importedRecords(findProjectFolder(options.cwd)));
  if (options.json) await printJson(records);
  else if (records.length === 0) {
    await print(["Nothing was taken over from another tool. Do so with: fairwatt import FILE"]);
  } else {
    const most = options.all ? records.length : NEWEST;
    const notes = [
      "Numbers of other tools, by their methods: fairwatt ledger show ENTRY tells which. Times as those tools wrote them.",
    ];
    await print([...importedTable(records, most), "", ...notes.map(dim)]);
  }
  return 0;
}
