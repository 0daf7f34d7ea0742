/** `fairwatt ledger schema`: the published JSON Schema of ledger entries. */

import { ledgerEntrySchema } from "../../ledger/entry-schema.ts";
import { printJson } from "../table.ts";

/** Always 0. */
export async function ledgerSchema(): Promise<number> {
  await printJson(ledgerEntrySchema());
  return 0;
}
