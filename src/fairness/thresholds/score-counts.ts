/**
 * A group's rows as cumulative counts over its distinct scores: the confusion counts of any threshold are one binary
 * search away, and no row has to be looked at again.
 */

import type { Confusion } from "../metrics/confusion.ts";

export interface ScoreCounts {
  /** Distinct scores, ascending. */
  scores: Float64Array;
  /** One more than scores: weight of the rows labelled positive that score below scores[i]; the last: of all of them. */
  positives: Float64Array;
  /** The same of the rows labelled negative. */
  negatives: Float64Array;
  /** The same as numbers of rows; the same arrays where every row counts once. */
  rowPositives: Float64Array;
  rowNegatives: Float64Array;
}

/**
 * A cut is a place in `scores`: rows from scores[cut] on are predicted positive. 0: everyone is; scores.length: nobody is.
 * The threshold that a cut stands for; Infinity where nobody is predicted positive.
 */
export const thresholdAt = ({ scores }: ScoreCounts, cut: number): number => scores[cut] ?? Infinity;

/** The cut of "positive when score >= threshold". */
export function cutAt({ scores }: Pick<ScoreCounts, "scores">, threshold: number): number {
  return firstWhere(scores.length, (index) => scores[index]! >= threshold);
}

/** The first index of 0 to length - 1 that holds, where all after it do; `length` where none does. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Weighted confusion counts of a cut. */
export const confusionAtCut = ({ positives, negatives }: ScoreCounts, cut: number): Confusion =>
  split(positives, negatives, cut);

/** The same as numbers of rows. */
export const rowsAtCut = ({ rowPositives, rowNegatives }: ScoreCounts, cut: number): Confusion =>
  split(rowPositives, rowNegatives, cut);

function split(positives: Float64Array, negatives: Float64Array, cut: number): Confusion {
  const fn = positives[cut]!;
  const tn = negatives[cut]!;
  return { tp: positives[positives.length - 1]! - fn, fn, fp: negatives[negatives.length - 1]! - tn, tn };
}

/** Number of rows of the group. */
export const rowsOf = ({ rowPositives, rowNegatives }: ScoreCounts): number =>
  rowPositives[rowPositives.length - 1]! + rowNegatives[rowNegatives.length - 1]!;

/** Several groups as one. */
export function mergeCounts(groups: readonly ScoreCounts[]): ScoreCounts {
  const [only] = groups;
  if (groups.length === 1) return only!;
  const scores = distinctScores(groups.map((group) => group.scores));
  const weighted = groups.some((group) => group.positives !== group.rowPositives);
  const sum = (of: (group: ScoreCounts) => Float64Array) => {
    const sums = new Float64Array(scores.length + 1);
    for (const group of groups) {
      const cumulative = of(group);
      let cut = 0;
      for (let index = 0; index < scores.length; index++) {
        sums[index]! += cumulative[cut]!;
        if (group.scores[cut] === scores[index]) cut++;
      }
      sums[scores.length]! += cumulative[cut]!;
    }
    return sums;
  };
  const positives = sum((group) => group.positives);
  const negatives = sum((group) => group.negatives);
  return {
    scores,
    positives,
    negatives,
    rowPositives: weighted ? sum((group) => group.rowPositives) : positives,
    rowNegatives: weighted ? sum((group) => group.rowNegatives) : negatives,
  };
}

function distinctScores(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let count = 0;
  for (let index = 0; index < all.length; index++)
    if (index === 0 || all[index] !== all[count - 1]) all[count++] = all[index]!;
  return all.slice(0, count);
}
