/** Cells: the finest groups, one per combination of the sensitive columns' values that occurs. All counting is done in them. */

import { type CategoryColumn, MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { OUTCOMES } from "./confusion.ts";

export interface Cells {
  /** Names of the sensitive columns. */
  attributes: readonly string[];
  /** Per attribute its values, sorted; the missing value is not among them. */
  levels: readonly (readonly string[])[];
  /** Number of cells that occur. */
  size: number;
  /** size x attributes: index into `levels`, MISSING for a missing value. */
  codes: Int32Array;
  /** Cell of each row. */
  of: Int32Array;
}

/** Numbers the combinations in lexical order of their values, a missing value last. */
export function buildCells(columns: readonly CategoryColumn[], rows: number): Cells {
  let of = new Int32Array(rows);
  let combinations: number[][] = [[]];
  for (const { codes, levels } of columns) {
    // Refines the cells by one more column; numbers only those that occur, so that many levels cost no more than the rows.
    const width = levels.length + 1;
    const keys = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!;
      keys[row] = of[row]! * width + (code === MISSING ? levels.length : code);
    }
    const { ranks, distinct } = rankKeys(keys, combinations.length * width);
    combinations = distinct.map((key) => {
      const code = key % width;
      return [...combinations[Math.floor(key / width)]!, code === levels.length ? MISSING : code];
    });
    of = ranks;
  }
  return {
    attributes: columns.map(({ name }) => name),
    levels: columns.map(({ levels }) => levels),
    size: combinations.length,
    codes: Int32Array.from(combinations.flat()),
    of,
  };
}

/** Up to this many possible keys a table of them all is smaller than a map of those that occur. */
const DENSE_KEYS = 1 << 20;

/** The distinct keys, ascending, and the place of each row's key among them. `bound`: every key is less. */
function rankKeys(keys: Float64Array, bound: number): { ranks: Int32Array<ArrayBuffer>; distinct: number[] } {
  const ranks = new Int32Array(keys.length);
  if (bound <= DENSE_KEYS) {
    const place = new Int32Array(bound).fill(-1);
    for (const key of keys) place[key] = 0;
    const distinct: number[] = [];
    for (let key = 0; key < bound; key++) if (place[key] === 0) place[key] = distinct.push(key) - 1;
    for (let row = 0; row < keys.length; row++) ranks[row] = place[keys[row]!]!;
    return { ranks, distinct };
  }
  const distinct = [...new Set(keys)].sort((a, b) => a - b);
  const place = new Map(distinct.map((key, index) => [key, index]));
  for (let row = 0; row < keys.length; row++) ranks[row] = place.get(keys[row]!)!;
  return { ranks, distinct };
}

export interface CellCounts {
  cells: Cells;
  /** size x 4: number of rows by outcome. */
  rows: Float64Array;
  /** size x 4: weight by outcome; the same array as `rows` where every row counts once. */
  weights: Float64Array;
}

/** Counts outcomes per cell in one pass over the rows. */
export function countOutcomes(
  table: Pick<BinaryTable, "rows" | "label" | "prediction" | "weights">,
  cells: Cells,
): CellCounts {
  const { label, prediction, weights } = table;
  const rows = new Float64Array(cells.size * OUTCOMES);
  const weighted = weights ? new Float64Array(cells.size * OUTCOMES) : rows;
  for (let row = 0; row < table.rows; row++) {
    const at = cells.of[row]! * OUTCOMES + (1 - label[row]!) * 2 + (1 - prediction[row]!);
    rows[at]!++;
    if (weights) weighted[at]! += weights[row]!;
  }
  return { cells, rows, weights: weighted };
}
