/**
 * Partial dependence (Friedman 2001) and the individual conditional expectation of one row (Goldstein et al. 2015): what the
 * model says when every row of a sample has the same value of one column and keeps the rest. Pure, but for the model.
 */

import { MISSING } from "../../table/column.ts";
import { textAt } from "../cell-text.ts";
import type { Dependence } from "./dependence-lines.ts";
import type { ModelColumn } from "./model-columns.ts";

/** Values of a column of numbers: at most so many, at equal steps of its quantiles. */
const NUMBERS = 20;
/** The most frequent texts. */
const TEXTS = 30;

/** Values of the column that are tried, as the table has them: numbers ascending, texts by how often they are there. */
export function gridOf({ column, type }: ModelColumn): string[] {
  if (column.kind === "number") {
    const present = column.values.filter((value) => !Number.isNaN(value)).sort();
    const distinct = present.filter((value, at) => at === 0 || value !== present[at - 1]);
    if (distinct.length <= NUMBERS) return Array.from(distinct, String);
    // Values that are there, not between two of them: a column without fractions keeps its type.
    const quantiles = Array.from(
      { length: NUMBERS },
      (_, step) => present[Math.round(((present.length - 1) * step) / (NUMBERS - 1))]!,
    );
    return [...new Set(quantiles)].map(String);
  }
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code !== MISSING) counts[code]!++;
  const frequent = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const shown = frequent.slice(0, TEXTS).map((code) => column.levels[code]!);
  return type === "bool" ? shown.sort() : shown;
}

export interface DependenceQuestion {
  column: ModelColumn;
  grid: readonly string[];
  sample: Int32Array;
  rows: number;
  /** Cell of each row of the table. */
  cellOf: Int32Array;
  cells: number;
  weights: Float64Array | undefined;
  point: number | null;
  /** Scores of the sample's rows and, last, of the picked one, all with this value. */
  scoresWith(value: string): Promise<number[]>;
  onProgress(done: number): void;
}

export async function dependenceOf(question: DependenceQuestion): Promise<Dependence> {
  const { column, grid, sample, cellOf, cells, weights, point } = question;
  const cellRows = new Float64Array(cells);
  const cellWeights = new Float64Array(cells);
  const weightOf = (row: number) => weights?.[row] ?? 1;
  for (const row of sample) {
    cellRows[cellOf[row]!]!++;
    cellWeights[cellOf[row]!]! += weightOf(row);
  }
  const sums: Float64Array[] = [];
  const scores: number[] = [];
  for (const value of grid) {
    const answered = await question.scoresWith(value);
    const sum = new Float64Array(cells);
    for (const [at, row] of sample.entries()) sum[cellOf[row]!]! += answered[at]! * weightOf(row);
    sums.push(sum);
    if (point !== null) scores.push(answered[sample.length]!);
    question.onProgress(sums.length);
  }
  const isNumber = column.column.kind === "number";
  return {
    feature: column.column.name,
    isNumber,
    grid: [...grid],
    left: column.column.kind === "category" ? column.column.levels.length - grid.length : 0,
    sampled: sample.length,
    rows: question.rows,
    ...{ cellRows, cellWeights, sums },
    point: point === null ? null : { row: point, value: textAt(column.column, point), scores },
  };
}
