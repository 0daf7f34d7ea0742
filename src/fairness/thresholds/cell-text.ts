/** A cell of the table as text. */

import type { Column } from "../table/column.ts";

/** "" where the value is missing. */
export function textAt(column: Column, row: number): string {
  if (column.kind === "category") return column.levels[column.codes[row]!] ?? "";
  const value = column.values[row]!;
  return Number.isNaN(value) ? "" : String(value);
}
