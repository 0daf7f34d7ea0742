/** `fairwatt ledger correct`: says that an entry is wrong. The entry stays. */

import { gitAuthor } from "../../energy/git-author.node.ts";
import { EntryNotFound, findEntry } from "../../ledger/find-entry.node.ts";
import { recordCorrection } from "../../ledger/statements.node.ts";
import { FAIRWATT_VERSION } from "../../version.ts";
import { printable } from "../printable.ts";
import { print } from "../table.ts";
import { withEntry } from "./project-ledger.ts";

export interface CorrectOptions {
  cwd: string;
  reason: string;
  /** Entry that counts in its place. */
  replacement?: string;
}

/** 0: written; 1: could not be written; 2: no such entry, or no reason. */
export function ledgerCorrect(
  reference: string,
  { cwd, reason: given, replacement }: CorrectOptions,
): Promise<number> {
  const reason = given.trim();
  if (!reason) {
    process.stderr.write("fairwatt: --reason needs what is wrong with the entry; nothing was written\n");
    return Promise.resolve(2);
  }
  return withEntry(cwd, reference, async ({ hash, fairwatt, line }, project, items) => {
    try {
      const author = await gitAuthor(project);
      const counts = replacement === undefined ? undefined : findEntry(replacement, items).hash;
      const written = await recordCorrection(fairwatt, {
        corrects: hash,
        reason,
        ...(counts !== undefined && { replacement: counts }),
        ...(author !== undefined && { author }),
        fairwatt: FAIRWATT_VERSION,
      });
      await print([
        printable(`${line.type} ${hash.slice(0, 12)} does not hold: ${reason}`),
        `It stays in the ledger; the correction is entry ${written.hash}`,
      ]);
      return 0;
    } catch (error) {
      process.stderr.write(`fairwatt: ${printable((error as Error).message)}; nothing was written\n`);
      return error instanceof EntryNotFound ? 2 : 1;
    }
  });
}
