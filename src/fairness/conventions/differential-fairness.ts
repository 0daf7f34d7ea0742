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
  const largest = (logarithms: readonly number[]) => {
    const distances: number[] = [];
    for (const [i, a] of logarithms.entries())
      for (const [j, b] of logarithms.entries()) if (i !== j) distances.push(Math.abs(a - b));
    return pythonMax(distances);
  };
  return pythonMax([
    largest(rates.map((rate) => Math.log(rate))),
    largest(rates.map((rate) => Math.log(1 - rate))),
  ]);
}
