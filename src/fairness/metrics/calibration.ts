/** Calibration within groups: whether a score means the same for everybody (Kleinberg et al. 2016, arXiv 1609.05807). */

import { DEFAULT_LEVEL, type Interval } from "../statistics/interval.ts";
import { wilson } from "../statistics/proportion-intervals.ts";
import { quantile } from "../statistics/quantile.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { type ScoreScale, scaleOf } from "./score-scale.ts";

export interface CalibrationBin {
  /** Scores from `low` up to `high`; the last bin holds `high` itself. */
  low: number;
  high: number;
  rows: number;
  /** Weighted mean of the scores; null without rows. */
  expected: number | null;
  /** Weighted part labelled positive; null without rows. */
  observed: number | null;
  /** Of `observed`, from row counts; null without rows or for weighted tables. */
  interval: Interval | null;
}

export interface GroupCalibration {
  bins: CalibrationBin[];
  /** Weighted mean over the bins of |observed - expected|; null without rows. */
  calibrationError: number | null;
  /** Mean label minus mean score: above 0 the score is too low for the group; null without rows. */
  inTheLarge: number | null;
  /** Mean squared distance of score and label (Brier 1950); null without rows. */
  brier: number | null;
}

/**
 * Per group over common bins, so that groups can be compared bin by bin. Bins hold about as many rows each (quantiles of all
 * scores; fewer where scores repeat). `of`: group of each row, -1 for rows to leave out. Throws a RangeError for a table
 * without scores, or with a score outside of [0, 1]: such a score is no probability.
 */
export function calibration(
  table: BinaryTable,
  of: Int32Array,
  groups: number,
  wanted = 10,
  level = DEFAULT_LEVEL,
  scale?: ScoreScale,
): GroupCalibration[] {
  const { score, label, weights } = table;
  if (!score) throw new RangeError("the table has no scores");
  const { sorted } = scale ?? scaleOf(score);
  if (!areProbabilities(sorted)) throw new RangeError("calibration needs scores from 0 to 1: probabilities");
  const edges = edgesOf(sorted, wanted);
  const bins = edges.length - 1;
  const size = groups * bins;
  const sums = { rows: new Float64Array(size), positives: new Float64Array(size) };
  const weighted = {
    total: new Float64Array(size),
    score: new Float64Array(size),
    positive: new Float64Array(size),
  };
  const squares = new Float64Array(groups);
  for (let row = 0; row < table.rows; row++) {
    const group = of[row]!;
    if (group < 0) continue;
    const at = group * bins + binOf(score[row]!, edges);
    const weight = weights ? weights[row]! : 1;
    sums.rows[at]!++;
    sums.positives[at]! += label[row]!;
    weighted.total[at]! += weight;
    weighted.score[at]! += weight * score[row]!;
    weighted.positive[at]! += weight * label[row]!;
    squares[group]! += weight * (score[row]! - label[row]!) ** 2;
  }
  return Array.from({ length: groups }, (_, group) => {
    let total = 0;
    let distance = 0;
    let excess = 0;
    const list = Array.from({ length: bins }, (_unused, bin): CalibrationBin => {
      const at = group * bins + bin;
      const mass = weighted.total[at]!;
      total += mass;
      distance += Math.abs(weighted.positive[at]! - weighted.score[at]!);
      excess += weighted.positive[at]! - weighted.score[at]!;
      return {
        low: edges[bin]!,
        high: edges[bin + 1]!,
        rows: sums.rows[at]!,
        expected: mass === 0 ? null : weighted.score[at]! / mass,
        observed: mass === 0 ? null : weighted.positive[at]! / mass,
        interval: weights ? null : wilson({ successes: sums.positives[at]!, total: sums.rows[at]! }, level),
      };
    });
    const mean = (sum: number) => (total === 0 ? null : sum / total);
    return {
      bins: list,
      calibrationError: mean(distance),
      inTheLarge: mean(excess),
      brier: mean(squares[group]!),
    };
  });
}

/** `sorted`: scores, ascending. */
export const areProbabilities = (sorted: Float64Array): boolean => sorted[0]! >= 0 && sorted.at(-1)! <= 1;

/** Ascending and distinct, the smallest and the largest score among them; at least two. */
export const binEdges = (values: Float64Array, wanted: number): number[] =>
  edgesOf(values.slice().sort(), wanted);

function edgesOf(sorted: Float64Array, wanted: number): number[] {
  const edges = Array.from({ length: wanted + 1 }, (_, at) => quantile(sorted, at / wanted));
  const distinct = edges.filter((edge, at) => at === 0 || edge > edges[at - 1]!);
  return distinct.length > 1 ? distinct : [distinct[0]!, distinct[0]!];
}

/** The bin that a value falls into: from its lower edge up to below its upper one; the last includes both. */
export function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
