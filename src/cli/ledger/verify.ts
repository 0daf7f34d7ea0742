/** `fairwatt ledger verify`: whether the ledger is as it was written. */

import * as fs from "node:fs";
import { findProjectFolder, ledgerFolder } from "../../energy/run-folder.node.ts";
import { allowedSignersFile } from "../../ledger/signing-key.node.ts";
import type { LedgerVerification } from "../../ledger/verification.ts";
import { verifyLedger } from "../../ledger/verify.node.ts";
import { printable } from "../printable.ts";
import { dim, print, printJson, red } from "../table.ts";
import { ledgersOf } from "./project-ledger.ts";

interface VerifiedLedger extends LedgerVerification {
  folder: string;
}

/** 0: all as it was written; 1: something changed or is missing; 2: the ledger could not be read. */
export async function ledgerVerify(options: {
  cwd: string;
  json?: boolean;
  allowedSigners?: string;
}): Promise<number> {
  const project = findProjectFolder(options.cwd);
  const allowedSigners = options.allowedSigners ?? (await allowedSignersFile(project));
  if (allowedSigners !== undefined && !fs.existsSync(allowedSigners)) {
    process.stderr.write(`fairwatt: there is no file ${allowedSigners}\n`);
    return 2;
  }
  const ledgers: VerifiedLedger[] = [];
  for (const fairwatt of ledgersOf(project)) {
    try {
      // Whoever names the signers asks for theirs alone; git's file may be of another machine's people.
      const onlyTheirs = options.allowedSigners !== undefined;
      const verified = await verifyLedger(fairwatt, allowedSigners, onlyTheirs);
      ledgers.push({ folder: ledgerFolder(fairwatt), ...verified });
    } catch (error) {
      process.stderr.write(
        `fairwatt: ${ledgerFolder(fairwatt)} cannot be read: ${(error as Error).message}\n`,
      );
      return 2;
    }
  }
  const intact = ledgers.every(({ problems }) => problems.length === 0);
  if (options.json) await printJson({ intact, ledgers });
  else await print(ledgers.flatMap(describeLedger));
  return intact ? 0 : 1;
}

function describeLedger(ledger: VerifiedLedger): string[] {
  const { entries, journals, signatures, problems, notices, heads } = ledger;
  const folder = printable(ledger.folder);
  const notes = notices.map((notice) => dim(`  note: ${printable(notice)}`));
  if (entries === 0 && problems.length === 0) {
    return [`No entries in ${folder} yet. A run measured with \`fairwatt run\` writes one.`, ...notes];
  }
  const counted = [
    count(entries, "entry", "entries"),
    `${count(journals, "journal", "journals")} compared`,
    ...(signatures > 0 ? [`${count(signatures, "signature", "signatures")} right`] : []),
  ].join(", ");
  if (problems.length > 0) {
    return [
      red(`${count(problems.length, "problem", "problems")} in ${folder}: ${counted}`),
      ...problems.map(({ message }) => `  ${printable(message)}`),
      ...notes,
      "Nothing was changed. What the folder held before may be in git: git log --stat -- .fairwatt/ledger",
    ];
  }
  return [
    `The ledger in ${folder} is as it was written: ${counted}.`,
    ...notes,
    // The chain alone cannot show that its newest entries were removed; whoever kept this line can.
    ...heads.map((head) => dim(`  newest entry: ${head}`)),
  ];
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
