/** `fairwatt ledger log`: what the ledger holds, newest first. */

import { KNOWN_TYPES } from "../../ledger/entry.ts";
import { printable } from "../printable.ts";
import { dim, print, printJson, red } from "../table.ts";
import { type LedgerItem, readProjectLedger } from "./project-ledger.ts";

export interface LogOptions {
  cwd: string;
  type?: string;
  /** How many at most. */
  count?: number;
  json?: boolean;
}

/** 0: listed; 2: there is no such type. */
export async function ledgerLog({ cwd, type, count, json }: LogOptions): Promise<number> {
  const { items } = await readProjectLedger(cwd);
  // A later version's types are in the ledger before this one knows them.
  if (type !== undefined && !KNOWN_TYPES.includes(type) && !items.some(({ line }) => line.type === type)) {
    process.stderr.write(
      `fairwatt: there is no type "${printable(type)}"; the types are ${KNOWN_TYPES.join(", ")}\n`,
    );
    return 2;
  }
  const chosen = items.filter(({ line }) => type === undefined || line.type === type).reverse();
  const shown = chosen.slice(0, count);
  if (json) {
    await printJson(shown.map(({ line }) => line));
    return 0;
  }
  if (shown.length === 0) {
    await print([
      items.length === 0
        ? "The ledger has no entries yet. A run measured with `fairwatt run` writes one."
        : `The ledger has no entries of the type ${printable(type ?? "")}.`,
    ]);
    return 0;
  }
  const rest = chosen.length - shown.length;
  await print([
    ...shown.flatMap(describe),
    ...(rest > 0 ? [dim(`and ${rest} more: fairwatt ledger log --count ${chosen.length}`)] : []),
  ]);
  return 0;
}

function describe({ line }: LedgerItem): string[] {
  const { hash, time, type, what, correctedBy, decisions } = line;
  const when = time.slice(0, 16).replace("T", " ");
  return [
    `${dim(hash.slice(0, 12))}  ${printable(when)}  ${printable(type.padEnd(10))}  ${printable(what)}`,
    ...correctedBy.map((by) => red(`${" ".repeat(14)}does not hold: see ${by.slice(0, 12)}`)),
    ...decisions.map((decision) => dim(`${" ".repeat(14)}${printable(decision)}`)),
  ];
}
