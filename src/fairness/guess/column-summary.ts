/** What the columns of a table hold, for a person who chooses among them and for guessing what they are for. Pure. */

import { className, compareClasses } from "../table/classes.ts";
import { asNumbers, type CategoryColumn, type RawTable } from "../table/column.ts";

export interface ColumnSummary {
  name: string;
  /** "number": every value is one. */
  kind: "number" | "text";
  /** Different values, numbers in their shortest form. */
  distinct: number;
  /** The first of them: numbers by value, before texts by code point. */
  values: string[];
  /** Rows without a value. */
  missing: number;
  /** Of numbers; null for texts. */
  range: { low: number; high: number } | null;
}

/** Values that are listed of each column. */
const LISTED = 12;

/** One per column that was read as texts, in the table's order. */
export function summarizeColumns(table: RawTable): ColumnSummary[] {
  return [...table.columns.values()].flatMap((column) =>
    column.kind === "category" ? [summarize(column)] : [],
  );
}

function summarize(column: CategoryColumn): ColumnSummary {
  const classes = [...new Set(column.levels.map(className))].sort(compareClasses);
  let missing = 0;
  for (const code of column.codes) if (code < 0) missing++;
  const numeric = asNumbers(column) !== undefined;
  return {
    name: column.name,
    kind: numeric ? "number" : "text",
    distinct: classes.length,
    values: classes.slice(0, LISTED),
    missing,
    range: numeric ? { low: Number(classes[0]), high: Number(classes.at(-1)) } : null,
  };
}

/** "male, female" or "7 values", and how many rows have none. */
export function valuesText({ values, distinct, missing }: ColumnSummary): string {
  const known =
    distinct > 6 ? `${distinct} values` : values.map((value) => cut(value)).join(", ") || "no value";
  return missing > 0 ? `${known}, ${missing} missing` : known;
}

const cut = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
