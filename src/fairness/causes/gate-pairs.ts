/** Outcomes of rows for two models at once, counted per cell. */

import type { Cells } from "../metrics/cells.ts";
import type { TestResult } from "../statistics/proportion-tests.ts";
import type { Random } from "../statistics/random.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { mcnemar } from "./mcnemar.ts";

/** Outcomes of a row for both models: 2 labels x 2 predictions x 2 predictions. */
export const PAIRS = 8;

/** Cells x 8: 4 * (label is positive ? 0 : 1) + 2 * (before is positive ? 0 : 1) + (after is positive ? 0 : 1). */
export function countPairs(table: BinaryTable, after: Uint8Array, cells: Cells): Float64Array {
  const pairs = new Float64Array(cells.size * PAIRS);
  for (let row = 0; row < table.rows; row++) {
    const outcome = 4 * (1 - table.label[row]!) + 2 * (1 - table.prediction[row]!) + (1 - after[row]!);
    pairs[cells.of[row]! * PAIRS + outcome]!++;
  }
  return pairs;
}

/** Each cell keeps its rows; both predictions of a row stay together. */
export function drawPairs(pairs: Float64Array, into: Float64Array, random: Random): void {
  for (let start = 0; start < pairs.length; start += PAIRS) {
    let total = 0;
    for (let at = start; at < start + PAIRS; at++) total += pairs[at]!;
    let left = total;
    for (let at = start; at < start + PAIRS; at++) {
      into[at] = left === 0 ? 0 : random.binomial(left, pairs[at]! / total);
      left -= into[at]!;
      total -= pairs[at]!;
    }
  }
}

/** Accuracy of both models on all rows, and whether it differs. */
export function accuracyOf(pairs: Float64Array, rows: number): PairedAccuracy {
  let before = 0;
  let after = 0;
  let onlyBefore = 0;
  let onlyAfter = 0;
  for (const [at, count] of pairs.entries()) {
    const outcome = at % PAIRS;
    const first = ((outcome >> 1) & 1) === outcome >> 2;
    const second = (outcome & 1) === outcome >> 2;
    if (first) before += count;
    if (second) after += count;
    if (first && !second) onlyBefore += count;
    if (second && !first) onlyAfter += count;
  }
  return { before: before / rows, after: after / rows, test: mcnemar(onlyBefore, onlyAfter) };
}

export interface PairedAccuracy {
  before: number;
  after: number;
  test: TestResult;
}
