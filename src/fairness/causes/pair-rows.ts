/** Which rows of two tables are the same people: the gate compares two models on the same rows. Pure. */

import { MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { TableError } from "../table/table-error.ts";

/**
 * The predictions of `after` in the order of `before`'s rows. `key`: a feature of both tables that names each row; without
 * it the rows must come in the same order, which equal labels and groups in every row are taken to show. Throws a TableError
 * where the rows cannot be paired, or a pair's labels differ.
 */
export function pairedPredictions(before: BinaryTable, after: BinaryTable, key?: string): Uint8Array {
  if (before.positive !== after.positive)
    throw new TableError(
      `${before.source} and ${after.source} have other positive classes: ${before.positive} and ${after.positive}`,
    );
  const rowOf = key === undefined ? inOrder(before, after) : byKey(before, after, key);
  return Uint8Array.from(before.label, (label, row) => {
    const other = rowOf(row);
    if (after.label[other] !== label)
      throw new TableError(
        key === undefined
          ? `row ${row + 1} has another label in ${after.source} than in ${before.source}: the rows are not the same, or not in the same order. Name a column that identifies them: --key COLUMN`
          : `the row with ${key} ${keysOf(before, key)[row]} has another label in ${after.source} than in ${before.source}: both models must be tested on the same outcomes`,
        { column: key ?? "" },
      );
    return after.prediction[other]!;
  });
}

function inOrder(before: BinaryTable, after: BinaryTable): (row: number) => number {
  if (before.rows !== after.rows)
    throw new TableError(
      `${before.source} has ${before.rows} rows and ${after.source} ${after.rows}: they cannot be paired by their order. Name a column that identifies the rows: --key COLUMN`,
    );
  for (const column of before.sensitive) {
    const other = after.sensitive.find(({ name }) => name === column.name);
    const value = (from: typeof column | undefined, row: number) => from?.levels[from.codes[row]!];
    for (let row = 0; row < before.rows; row++)
      if (value(column, row) !== value(other, row))
        throw new TableError(
          `row ${row + 1} has another ${column.name} in ${after.source} than in ${before.source}: the rows are not in the same order. Name a column that identifies them: --key COLUMN`,
          { column: column.name },
        );
  }
  return (row) => row;
}

function byKey(before: BinaryTable, after: BinaryTable, key: string): (row: number) => number {
  const own = uniqueKeys(before, key);
  const other = uniqueKeys(after, key);
  const alone = [...own.keys()].filter((each) => !other.has(each));
  const extra = [...other.keys()].filter((each) => !own.has(each)).length;
  if (alone.length > 0 || extra > 0)
    throw new TableError(
      `the models were not run on the same rows: ${alone.length} of ${before.source} are not in ${after.source}${alone[0] === undefined ? "" : ` (the first: ${key} ${alone[0]})`}, and ${extra} the other way round`,
      { column: key },
    );
  const keys = keysOf(before, key);
  return (row) => other.get(keys[row]!)!;
}

/** Row of each key. */
function uniqueKeys(table: BinaryTable, key: string): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [row, value] of keysOf(table, key).entries()) {
    if (value === "")
      throw new TableError(`${table.source}: row ${row + 1} has no value in ${key}`, { column: key });
    if (rows.has(value))
      throw new TableError(`${table.source}: ${key} ${value} is there more than once; it identifies no row`, {
        column: key,
      });
    rows.set(value, row);
  }
  return rows;
}

function keysOf(table: BinaryTable, key: string): string[] {
  const column = table.features.find(({ name }) => name === key);
  if (!column) throw new RangeError(`column ${key} was not read`);
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? "" : String(value)));
  return Array.from(column.codes, (code) => (code === MISSING ? "" : column.levels[code]!));
}
