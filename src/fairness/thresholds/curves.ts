/** ROC and precision-recall curves of a group, one point per distinct score. */

import type { ScoreCounts } from "./score-counts.ts";
import { thresholdAt } from "./score-counts.ts";

/** Points by falling threshold: from nobody to everyone. */
export interface Curves {
  thresholds: Float64Array;
  truePositiveRate: Float64Array;
  falsePositiveRate: Float64Array;
  /** NaN where nobody is selected: not estimable. */
  precision: Float64Array;
  /** Area under the ROC curve: ties count half. null where the group has one label only. */
  area: number | null;
  /** Mean precision over the rise of recall, by steps (no interpolation). null where no row is labelled positive. */
  averagePrecision: number | null;
}

export function curvesOf(counts: ScoreCounts): Curves {
  const { positives, negatives } = counts;
  const size = positives.length;
  const [allPositive, allNegative] = [positives[size - 1]!, negatives[size - 1]!];
  const curves: Curves = {
    thresholds: new Float64Array(size),
    truePositiveRate: new Float64Array(size),
    falsePositiveRate: new Float64Array(size),
    precision: new Float64Array(size),
    area: null,
    averagePrecision: null,
  };
  let area = 0;
  let averagePrecision = 0;
  for (let index = 0; index < size; index++) {
    const cut = size - 1 - index;
    const tp = allPositive - positives[cut]!;
    const fp = allNegative - negatives[cut]!;
    curves.thresholds[index] = thresholdAt(counts, cut);
    curves.truePositiveRate[index] = tp / allPositive;
    curves.falsePositiveRate[index] = fp / allNegative;
    curves.precision[index] = tp / (tp + fp);
    if (index === 0) continue;
    const before = allPositive - positives[cut + 1]!;
    area += ((tp + before) / 2) * (fp - (allNegative - negatives[cut + 1]!));
    if (tp > before) averagePrecision += (tp - before) * curves.precision[index]!;
  }
  if (allPositive > 0 && allNegative > 0) curves.area = area / (allPositive * allNegative);
  if (allPositive > 0) curves.averagePrecision = averagePrecision / allPositive;
  return curves;
}

/** Indexes of at most about `most` points that a curve is drawn by: spread evenly, first and last among them. */
export function drawnPoints(size: number, most: number): number[] {
  if (size <= most) return Array.from({ length: size }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (size - 1)) / (most - 1)));
}
