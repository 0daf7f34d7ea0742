/** Records of other tools in the terminal. */

import type { Sourced } from "../ledger/entries/imported.ts";
import type { KnownRecord } from "../ledger/imported.node.ts";
import { formatDuration, formatQuantity, type Quantity } from "../quantity.ts";
import { formatTable } from "./table.ts";

/** A table of at most `most` records, the last ones. */
export function importedTable(records: readonly KnownRecord[], most = 20): string[] {
  const columns = [
    { title: "time" },
    { title: "name" },
    { title: "duration", align: "right" },
    { title: "energy", align: "right" },
    { title: "CO2e", align: "right" },
    { title: "range" },
    { title: "by" },
  ] as const;
  const rows = records
    .slice(-most)
    .map(({ tool, toolVersion, record }) => [
      record.time?.slice(0, 16).replace("T", " ") ?? "not told",
      record.name,
      record.durationSeconds === null ? "" : formatDuration(record.durationSeconds),
      amount(record.energy),
      amount(record.footprint),
      rangeOf(record.energy),
      [tool, toolVersion].filter(Boolean).join(" "),
    ]);
  const hidden = records.length - rows.length;
  return [...formatTable(columns, rows), ...(hidden > 0 ? [`and ${hidden} before them`] : [])];
}

function amount(quantity: Sourced | null): string {
  if (!quantity) return "not told";
  const { value, low, high } = quantity;
  return formatQuantity({ ...quantity, low: low ?? value, high: high ?? value } as Quantity);
}

function rangeOf(energy: Sourced | null): string {
  if (!energy || energy.low === null || energy.high === null || energy.value === 0) return "not told";
  return `± ${Math.round(((energy.high - energy.low) / 2 / energy.value) * 100)} %`;
}
