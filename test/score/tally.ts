/** Counts of right and wrong answers, and the proportions that follow from them. */

export interface Tally {
  /** Expected and found. */
  tp: number;
  /** Found but not expected. */
  fp: number;
  /** Expected but not found. */
  fn: number;
  /** Neither. */
  tn: number;
}

export interface Proportion {
  /** 0 to 1; NaN when there is nothing to count. */
  value: number;
  /** Wilson score interval at 95 %. */
  low: number;
  high: number;
}

export interface Measures {
  precision: Proportion;
  recall: Proportion;
  /** Harmonic mean of both; NaN when neither anything was expected nor found. */
  f1: number;
}

export const emptyTally = (): Tally => ({ tp: 0, fp: 0, fn: 0, tn: 0 });

export function tallyOf(answers: readonly { expected: boolean; found: boolean }[]): Tally {
  const tally = emptyTally();
  for (const { expected, found } of answers)
    tally[expected ? (found ? "tp" : "fn") : found ? "fp" : "tn"] += 1;
  return tally;
}

export function measuresOf({ tp, fp, fn }: Tally): Measures {
  return {
    precision: proportion(tp, tp + fp),
    recall: proportion(tp, tp + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
  };
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * A part of a whole with its Wilson score interval (Wilson, Journal of the American Statistical Association 22, 1927),
 * which stays within 0 to 1 and is usable for small counts.
 */
export function proportion(part: number, whole: number): Proportion {
  if (whole === 0) return { value: Number.NaN, low: 0, high: 1 };
  const value = part / whole;
  const z2 = Z * Z;
  const centre = value + z2 / (2 * whole);
  const half = Z * Math.sqrt((value * (1 - value)) / whole + z2 / (4 * whole * whole));
  const scale = 1 + z2 / whole;
  return { value, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
