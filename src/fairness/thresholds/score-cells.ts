/** The cells of a table, each with its counts over scores; and the groups of some attributes, merged from them. */

import { buildCells, type Cells } from "../metrics/cells.ts";
import { type GroupKey, groupName } from "../metrics/groups.ts";
import { MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { mergeCounts, type ScoreCounts } from "./score-counts.ts";

/** Rows that have the same value in every sensitive column. */
export interface ScoreCell {
  /** One value per sensitive column; null where it is missing. */
  key: GroupKey;
  /** The first row of the table that is in it, from 0. */
  firstRow: number;
  counts: ScoreCounts;
}

export interface ScoreGroup extends ScoreCell {
  name: string;
}

/** Throws a RangeError for a table without scores. */
export function scoreCells(table: BinaryTable): ScoreCell[] {
  const cells = buildCells(table.sensitive, table.rows);
  const rows = rowsByCell(table, cells);
  return rows.map((each, cell) => ({
    key: cells.attributes.map((_, attribute) => {
      const code = cells.codes[cell * cells.attributes.length + attribute]!;
      return code === MISSING ? null : cells.levels[attribute]![code]!;
    }),
    firstRow: each.reduce((first, row) => Math.min(first, row), table.rows),
    counts: countScores(table, each),
  }));
}

/**
 * The groups of the attributes at the given places of the keys, sorted by their values (those that begin with numbers
 * by these), missing ones last. Only groups that have rows.
 */
export function scoreGroups(cells: readonly ScoreCell[], attributes: readonly number[]): ScoreGroup[] {
  const parts = new Map<string, ScoreCell[]>();
  for (const cell of cells) {
    const id = JSON.stringify(attributes.map((at) => cell.key[at]));
    const part = parts.get(id);
    if (part) part.push(cell);
    else parts.set(id, [cell]);
  }
  return [...parts.values()]
    .map((part) => {
      const key = attributes.map((at) => part[0]!.key[at]!);
      return {
        key,
        name: groupName(key),
        firstRow: Math.min(...part.map(({ firstRow }) => firstRow)),
        counts: mergeCounts(part.map(({ counts }) => counts)),
      };
    })
    .sort((a, b) => compareKeys(a.key, b.key));
}

function compareKeys(a: GroupKey, b: GroupKey): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]!;
    if (value === other) continue;
    if (value === null) return 1;
    if (other === null) return -1;
    // "250 to 1204" stands before "1204 to 1554".
    return Number.parseFloat(value) - Number.parseFloat(other) || (value < other ? -1 : 1);
  }
  return 0;
}

/** Rows of each cell, by ascending score. */
function rowsByCell({ rows, score }: BinaryTable, cells: Cells): Uint32Array[] {
  if (!score) throw new RangeError("the table has no scores");
  const sizes = new Uint32Array(cells.size);
  for (const cell of cells.of) sizes[cell]!++;
  const lists = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(cells.size);
  for (let row = 0; row < rows; row++) {
    const cell = cells.of[row]!;
    lists[cell]![filled[cell]!++] = row;
  }
  for (const list of lists) list.sort((a, b) => score[a]! - score[b]!);
  return lists;
}

/** `order`: the rows to count, by ascending score. */
function countScores({ score, label, weights }: BinaryTable, order: Uint32Array): ScoreCounts {
  const scores = new Float64Array(order.length);
  const rowPositives = new Float64Array(order.length + 1);
  const rowNegatives = new Float64Array(order.length + 1);
  const positives = weights ? new Float64Array(order.length + 1) : rowPositives;
  const negatives = weights ? new Float64Array(order.length + 1) : rowNegatives;
  let count = 0;
  for (const row of order) {
    const value = score![row]!;
    if (count === 0 || value !== scores[count - 1]) {
      scores[count++] = value;
      for (const list of [rowPositives, rowNegatives, positives, negatives]) list[count] = list[count - 1]!;
    }
    const isPositive = label[row] === 1;
    (isPositive ? rowPositives : rowNegatives)[count]!++;
    if (weights) (isPositive ? positives : negatives)[count]! += weights[row]!;
  }
  const cut = (list: Float64Array) => list.slice(0, count + 1);
  const [rowsPositive, rowsNegative] = [cut(rowPositives), cut(rowNegatives)];
  return {
    scores: scores.slice(0, count),
    positives: weights ? cut(positives) : rowsPositive,
    negatives: weights ? cut(negatives) : rowsNegative,
    rowPositives: rowsPositive,
    rowNegatives: rowsNegative,
  };
}
