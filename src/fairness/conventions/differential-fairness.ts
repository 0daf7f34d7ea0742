/** Smoothed empirical differential fairness (Foulds et al. 2020, ICDE, arXiv 1807.08362). */

import { pythonMax } from "./library-value.ts";

/** Positive outcomes and their total of a group, in rows or weights. */
export interface Outcomes {
  positive: number;
  total: number;
}

/** Dirichlet-smoothed rate of the positive outcome; `classes`: how many the concentration is spread over. */
export function smoothedRate({ positive, total }: Outcomes, concentration = 1, classes = 2): number {
  return (positive + concentration / classes) / (total + concentration);
}

/** The largest |log ratio| of the rates, or of their complements, between two groups; 0: equal. NaN for fewer than two. */
export function differentialFairness(rates: readonly number[]): number {
  return pythonMax([
    largestDistance(rates.map((rate) => Math.log(rate))),
    largestDistance(rates.map((rate) => Math.log(1 - rate))),
  ]);
}

/**
 * AIF360 takes Python's max() over all pairs: a NaN of the first pair stays, later ones are passed over. What is left is the
 * distance of the largest to the smallest.
 */
function largestDistance(values: readonly number[]): number {
  const first = Math.abs(values[0]! - values[1]!);
  if (values.length < 2 || Number.isNaN(first)) return Number.NaN;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
