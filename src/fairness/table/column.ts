/** Columns of a table: texts as codes into a dictionary, numbers as they are. */

/** Texts, each stored once. */
export interface CategoryColumn {
  kind: "category";
  name: string;
  /** One per row: index into `levels`; MISSING where the cell is empty. */
  codes: Int32Array;
  /** Distinct texts in the order of their first appearance. */
  levels: string[];
  /** Row (from 0) in which each level appears first. */
  firstRow: number[];
  /** First row with an empty cell; -1 where there is none. */
  firstMissing: number;
}

export interface NumberColumn {
  kind: "number";
  name: string;
  /** One per row; NaN where the cell is empty. */
  values: Float64Array;
  /** First row with an empty cell; -1 where there is none. */
  firstMissing: number;
}

export type Column = CategoryColumn | NumberColumn;

export const MISSING = -1;

/** A table as a reader leaves it: the columns that were asked for, and where its rows lie in the file. */
export interface RawTable {
  /** What to call it in messages: the file's name. */
  source: string;
  rows: number;
  columns: Map<string, Column>;
  /** Every column of the file, in its order, also those that were not read. */
  names: readonly string[];
  /** "line 12" or "row 11" of a row (from 0), for messages. */
  placeOf(row: number): string;
}

/** The number that a text stands for; undefined where it is none. "1e3", " 2 " are numbers; "", "NaN", "1,5", "0x10" are not. */
export function parseNumber(text: string): number | undefined {
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The column as numbers where every level is one; undefined otherwise, also when it has no value at all. */
export function asNumbers(column: Column): NumberColumn | undefined {
  if (column.kind === "number") return column;
  if (column.levels.length === 0) return undefined;
  const numbers = new Float64Array(column.levels.length);
  for (const [code, level] of column.levels.entries()) {
    const value = parseNumber(level);
    if (value === undefined) return undefined;
    numbers[code] = value;
  }
  const values = new Float64Array(column.codes.length);
  for (let row = 0; row < values.length; row++) {
    const code = column.codes[row]!;
    values[row] = code === MISSING ? Number.NaN : numbers[code]!;
  }
  return { kind: "number", name: column.name, values, firstMissing: column.firstMissing };
}
