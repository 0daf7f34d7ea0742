/** The table's columns as a model takes them, and a row as a person has edited it. Pure. */

import { asNumbers, type CategoryColumn, type Column, parseNumber } from "../../table/column.ts";
import { TableError } from "../../table/table-error.ts";

/** As pandas tells columns apart: numbers without a fraction or a gap are "int". */
type ModelType = "int" | "float" | "bool" | "text";

/** Rows of one column, null where a value is missing. */
export interface SentColumn {
  name: string;
  type: ModelType;
  values: (number | string | boolean | null)[];
}

/** What a person has written in place of a row's values; "" is a missing value. */
export type Changes = readonly (readonly [column: string, text: string])[];

export interface ModelColumn {
  column: Column;
  type: ModelType;
}

export function modelColumn(given: Column): ModelColumn {
  const column = asNumbers(given) ?? given;
  if (column.kind === "number")
    return { column, type: column.values.every((value) => Number.isInteger(value)) ? "int" : "float" };
  return { column, type: isBoolean(column) ? "bool" : "text" };
}

const isBoolean = ({ levels, firstMissing }: CategoryColumn): boolean =>
  firstMissing < 0 && levels.every((level) => booleanOf(level) !== undefined);

const booleanOf = (text: string): boolean | undefined =>
  /^(?:true|True|TRUE)$/.test(text) ? true : /^(?:false|False|FALSE)$/.test(text) ? false : undefined;

/** `rows`: from 0. */
export function sentRows(columns: readonly ModelColumn[], rows: ArrayLike<number>): SentColumn[] {
  return columns.map(({ column, type }) => ({
    name: column.name,
    type,
    values: Array.from(rows, (row) => valueAt(column, type, row)),
  }));
}

function valueAt(column: Column, type: ModelType, row: number): number | string | boolean | null {
  if (column.kind === "number") {
    const value = column.values[row]!;
    return Number.isNaN(value) ? null : value;
  }
  const text = column.levels[column.codes[row]!];
  if (text === undefined) return null;
  return type === "bool" ? booleanOf(text)! : text;
}

/**
 * One value of a column that a person has written. A number with a fraction in a column without any makes that a column with
 * fractions. Throws a TableError for a text where a number belongs.
 */
export function sentValue({ column, type }: ModelColumn, text: string): SentColumn {
  const { name } = column;
  if (text === "")
    return type === "int"
      ? { name, type: "float", values: [null] }
      : { name, type: type === "bool" ? "text" : type, values: [null] };
  if (column.kind === "number") {
    const value = parseNumber(text);
    if (value === undefined)
      throw new TableError(`${name} has numbers, and ${JSON.stringify(text)} is none`, { column: name });
    return { name, type: Number.isInteger(value) ? type : "float", values: [value] };
  }
  if (type === "text") return { name, type, values: [text] };
  const value = booleanOf(text);
  if (value === undefined)
    throw new TableError(`${name} is true or false, and ${JSON.stringify(text)} is neither`, {
      column: name,
    });
  return { name, type, values: [value] };
}

/** One row with what was changed in it. Throws a TableError for a value that its column cannot have. */
export function editedRow(columns: readonly ModelColumn[], row: number, changes: Changes): SentColumn[] {
  const written = new Map(changes);
  return columns.map((each) => {
    const text = written.get(each.column.name);
    return text === undefined ? sentRows([each], [row])[0]! : sentValue(each, text);
  });
}
