/** The published JSON Schema of ledger entries, for programs that read a ledger without Fairwatt. */

import * as z from "zod/mini";
import { gitState, gridBasis, hardware } from "../energy/journal.ts";
import { limitsSet } from "./entries/audit.ts";
import { comparedTable } from "./entries/compared-table.ts";
import { quantityRecord, sha256 } from "./entries/fields.ts";
import { LEDGER_VERSION, type LedgerEntry, ledgerEntry } from "./entry.ts";

/** What an entry of each type is. */
const TYPES: Record<LedgerEntry["type"], string> = {
  run: "A measured run. Energies are of the machine, in joules; the footprint in grams of CO2e has `pue` in it.",
  audit:
    "A fairness audit of a table. Null is left out because it would tell a small count, or not estimable.",
  drift: "How the gaps of a model changed between two tables of different rows; after minus before.",
  challenge: "Whether a new model may replace the present one, by the groups on the same rows.",
  bench: "A measured inference: what a thousand units need in the steady state. Times are in seconds.",
  reasons: "Principal reasons for adverse actions of a table: shares of features, and no applicant.",
  report: "A document that was written from the ledger.",
  approval:
    "A person's word on an entry. An SSH signature is over the canonical JSON of the body without it.",
  correction: "A word on an entry that is wrong; it stays, and does not count.",
  version: "A name and a number for a model that a run wrote.",
  imported: "What another tool had recorded, taken over from its file. Never a measurement of Fairwatt's.",
};

/** What stands once under `$defs`. */
const DEFINITIONS = z.registry<{ id: string; description: string }>();
DEFINITIONS.add(sha256, { id: "sha256", description: "SHA-256 as 64 hexadecimal digits." });
DEFINITIONS.add(quantityRecord, {
  id: "quantity",
  description: "A number with its unit, where it is from, what it covers, and between which bounds it lies.",
});
DEFINITIONS.add(gitState, {
  id: "git",
  description: "The commit that ran, and whether files differed from it.",
});
DEFINITIONS.add(gridBasis, {
  id: "grid",
  description: "The grid intensity that the footprint was counted with.",
});
DEFINITIONS.add(hardware, { id: "hardware", description: "The machine, as far as it could be read." });
DEFINITIONS.add(limitsSet, {
  id: "limits-set",
  description: "Since when the limits stand, against what was audited.",
});
DEFINITIONS.add(comparedTable, {
  id: "compared-table",
  description: "One of the two tables of a comparison.",
});
for (const { shape } of ledgerEntry.def.options) {
  for (const type of shape.type.def.values)
    DEFINITIONS.add(shape.body, { id: type, description: TYPES[type] });
}

/**
 * JSON Schema (2020-12) of an entry's file: what data/ledger-entry.schema.json holds. Fields that a later version adds are
 * let through, as Fairwatt itself does; a type that it adds is not.
 */
export function ledgerEntrySchema(): object {
  return {
    $id: `https://fairwatt.invalid/ledger-entry-${LEDGER_VERSION}.schema.json`,
    title: `An entry of Fairwatt's ledger, version ${LEDGER_VERSION}`,
    description:
      "A file .fairwatt/ledger/<sha256>.json: canonical JSON (RFC 8785), named by the SHA-256 of its bytes. `parents` are the hashes of the entries that were newest when it was written, `time` is ISO 8601 in UTC.",
    ...z.toJSONSchema(ledgerEntry, { metadata: DEFINITIONS, io: "input" }),
  };
}
