/** The ledgers of the project that a command is called in. */

import * as fs from "node:fs";
import {
  fairwattFolders,
  findProjectFolder,
  ledgerFolder,
  runsFolder,
} from "../../energy/run-folder.node.ts";
import { EntryNotFound, entriesByTime, findEntry } from "../../ledger/find-entry.node.ts";
import { type HistoryEntry, type HistoryLine, historyOf } from "../../ledger/history.ts";

/** The project's own `.fairwatt`, and its stand-in in the user's state folder where that holds anything. */
export function ledgersOf(project: string): string[] {
  return fairwattFolders(project).filter(
    (fairwatt, index) =>
      index === 0 || fs.existsSync(ledgerFolder(fairwatt)) || fs.existsSync(runsFolder(fairwatt)),
  );
}

export interface LedgerItem extends HistoryEntry {
  fairwatt: string;
  file: string;
  line: HistoryLine;
}

/** Sound entries, oldest first. Changed ones are left out: `ledger verify` tells of them. */
export async function readProjectLedger(cwd: string): Promise<{ project: string; items: LedgerItem[] }> {
  const project = findProjectFolder(cwd);
  const entries = await entriesByTime(ledgersOf(project));
  const history = entries.map(({ hash, envelope }) => ({ hash, envelope: envelope! }));
  const lines = historyOf(history);
  const items = entries.map(({ fairwatt, file }, index) => ({
    ...history[index]!,
    fairwatt,
    file,
    line: lines[index]!,
  }));
  return { project, items };
}

/** Calls `use` with the entry that is meant. Exit code: 2 where there is none (said on standard error), else what `use` gives. */
export async function withEntry(
  cwd: string,
  reference: string,
  use: (item: LedgerItem, project: string, items: readonly LedgerItem[]) => Promise<number>,
): Promise<number> {
  const { project, items } = await readProjectLedger(cwd);
  let item: LedgerItem;
  try {
    item = findEntry(reference, items);
  } catch (error) {
    if (!(error instanceof EntryNotFound)) throw error;
    process.stderr.write(`fairwatt: ${error.message}\n`);
    return 2;
  }
  return use(item, project, items);
}
