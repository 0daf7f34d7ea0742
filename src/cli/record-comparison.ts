/** Ledger entries of `fairwatt drift` and `fairwatt challenge`. */

import { gitAuthor } from "../energy/git-author.node.ts";
import { comparedTableFrom } from "../ledger/comparison-body.ts";
import type { EntryContent } from "../ledger/write-entry.node.ts";
import { writeInProject } from "../ledger/write-in-project.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import type { AuditedTable } from "./audited-table.ts";
import { printable } from "./printable.ts";
import { dim } from "./table.ts";

/** What an entry says of both tables, and who made it. */
export async function sidesOf(folder: string, before: AuditedTable, after: AuditedTable) {
  const author = await gitAuthor(folder);
  const side = (table: AuditedTable) => comparedTableFrom(table, table.table, table.request.roles);
  return {
    before: side(before),
    after: side(after),
    ...(author !== undefined && { author }),
    fairwatt: FAIRWATT_VERSION,
  };
}

/** For the terminal. */
export const entryLine = (entry: string | null): string[] =>
  entry === null ? [] : [dim(`ledger entry ${entry.slice(0, 12)}`)];

/** The entry's hash; null when no ledger could be written, which is said and changes nothing else. */
export async function recordComparison(
  folder: string,
  content: Pick<Extract<EntryContent, { type: "drift" | "challenge" }>, "type" | "body">,
): Promise<string | null> {
  try {
    return await writeInProject(folder, { ...content, time: new Date().toISOString() } as EntryContent);
  } catch (problem) {
    process.stderr.write(
      `fairwatt: the ${content.type} was not written into the ledger: ${printable((problem as Error).message)}\n`,
    );
    return null;
  }
}
