/**
 * The nearest counterfactual of a row, as the What-If Tool finds it: of the rows that are decided the other way, the one
 * whose columns differ least. It is a row of the table; none is made up.
 */

import type { CategoryColumn, Column, NumberColumn } from "../table/column.ts";
import { MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { textAt } from "./cell-text.ts";

/** "l1": the sum over columns of what they differ by; "l2": of its squares. */
export type Distance = "l1" | "l2";
export const DISTANCES: readonly Distance[] = ["l1", "l2"];

export interface ComparedRow {
  /** From 0. */
  row: number;
  score: number;
  /** Labelled positive. */
  label: boolean;
  /** Predicted positive. */
  selected: boolean;
}

export interface NearestAnswer {
  point: ComparedRow;
  /** null where every row is decided the same way. */
  nearest: ComparedRow | null;
  distance: number;
  /** Columns in the table's order, sensitive ones first; what the distance is made of. "" is a missing value. */
  columns: { name: string; point: string; nearest: string; part: number }[];
}

/**
 * Numbers differ by standard deviations; texts that are not the same by the chance that two rows share a value; a missing
 * value by 1. Columns of texts that are all different are left out, and so is one that only counts the rows. Of equally near
 * rows the first. Throws a RangeError for a row that is not there.
 *
 * @param selected 1 per row that is predicted positive
 */
export function nearestCounterfactual(
  table: BinaryTable,
  selected: Uint8Array,
  row: number,
  distance: Distance,
): NearestAnswer {
  if (!(Number.isInteger(row) && row >= 0 && row < table.rows))
    throw new RangeError(`there is no row ${row + 1}; the table has ${table.rows}`);
  const columns = [...table.sensitive, ...table.features].filter((column) => !isName(column, table.rows));
  const differences = columns.map(differenceOf);
  let best = -1;
  let least = Infinity;
  for (let other = 0; other < table.rows; other++) {
    if (selected[other] === selected[row]) continue;
    let sum = 0;
    for (const difference of differences) {
      const part = difference(row, other);
      sum += distance === "l1" ? part : part * part;
      if (sum >= least) break;
    }
    if (sum < least) {
      least = sum;
      best = other;
    }
  }
  const compared = (at: number): ComparedRow => ({
    row: at,
    score: table.score![at]!,
    label: table.label[at] === 1,
    selected: selected[at] === 1,
  });
  return {
    point: compared(row),
    nearest: best < 0 ? null : compared(best),
    distance: best < 0 ? 0 : least,
    columns: columns.map((column, index) => {
      const part = best < 0 ? 0 : differences[index]!(row, best);
      return {
        name: column.name,
        point: textAt(column, row),
        nearest: best < 0 ? "" : textAt(column, best),
        part: distance === "l1" ? part : part * part,
      };
    }),
  };
}

/** Whether the column tells rows apart and says nothing of them. */
export const isName = (column: Column, rows: number): boolean =>
  rows > 1 &&
  (column.kind === "category"
    ? column.levels.length === rows
    : column.values.every((value, row) => row === 0 || value === column.values[row - 1]! + 1));

const differenceOf = (column: Column): ((a: number, b: number) => number) =>
  column.kind === "number" ? numberDifference(column) : textDifference(column);

function numberDifference({ values }: NumberColumn): (a: number, b: number) => number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    const off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
  const deviation = Math.sqrt(squares / count);
  const scale = deviation > 0 ? 1 / deviation : 0;
  return (a, b) => {
    const difference = Math.abs(values[a]! - values[b]!) * scale;
    return Number.isNaN(difference) ? 1 : difference;
  };
}

function textDifference({ codes, levels }: CategoryColumn): (a: number, b: number) => number {
  const counts = new Float64Array(levels.length);
  let present = 0;
  for (const code of codes) {
    if (code === MISSING) continue;
    counts[code]!++;
    present++;
  }
  const shared = counts.reduce((sum, count) => sum + (count / present) ** 2, 0);
  return (a, b) => {
    if (codes[a] === MISSING || codes[b] === MISSING) return 1;
    return codes[a] === codes[b] ? 0 : shared;
  };
}
