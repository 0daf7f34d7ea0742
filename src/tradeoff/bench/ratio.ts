/** A ratio of two sums over pieces of a measurement, with its interval. Pure. */

import { studentTwoSided } from "../../fairness/statistics/distributions.ts";

export interface Ratio {
  value: number;
  low: number;
  high: number;
}

const LEVEL = 0.95;

/**
 * Sum of `tops` over sum of `bottoms` with a 95 % interval by batch means: the ratio estimator's variance
 * n / (n - 1) * sum (top - ratio * bottom)^2 / (sum bottom)^2 and Student's t with n - 1 degrees of freedom (Cochran 1977,
 * 6.4; Law 2015, 9.5.3). Never below 0. Throws a RangeError for fewer than two pieces.
 */
export function ratioOfSums(tops: readonly number[], bottoms: readonly number[]): Ratio {
  const n = tops.length;
  if (n < 2) throw new RangeError("a range needs two pieces at least");
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const below = sum(bottoms);
  const value = sum(tops) / below;
  const residuals = sum(tops.map((top, index) => (top - value * bottoms[index]!) ** 2));
  const half = (studentQuantile(n - 1) * Math.sqrt((n / (n - 1)) * residuals)) / below;
  return { value, low: Math.max(0, value - half), high: value + half };
}

/** t with P(|T| < t) = 0.95, by bisection. */
function studentQuantile(degrees: number): number {
  let [low, high] = [0, 20];
  for (let turn = 0; turn < 60; turn++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > 1 - LEVEL) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
