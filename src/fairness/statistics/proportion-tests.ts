/** Whether two proportions differ. */

import { logChoose, normalTwoSided } from "./distributions.ts";
import type { Proportion } from "./proportion-intervals.ts";

export interface TestResult {
  /** Two-sided, under no difference. */
  p: number;
  method: string;
  /** Value of the statistic, where the test has one. */
  statistic?: number;
}

/** Probabilities this close count as equal in Fisher's sum, as in R and scipy. */
const RELATIVE_TOLERANCE = 1e-7;
/** Below this expected count the normal distribution is not trusted (Cochran 1954). */
const MIN_EXPECTED = 5;

/** z test with the pooled variance. null where either has no rows, or where all rows agree. */
export function twoProportionZ(a: Proportion, b: Proportion): TestResult | null {
  if (a.total === 0 || b.total === 0) return null;
  const pooled = (a.successes + b.successes) / (a.total + b.total);
  const variance = pooled * (1 - pooled) * (1 / a.total + 1 / b.total);
  if (variance === 0) return null;
  const z = (a.successes / a.total - b.successes / b.total) / Math.sqrt(variance);
  return { p: normalTwoSided(z), statistic: z, method: "two-proportion z, pooled" };
}

/** Fisher's exact test: the tables that are at most as probable as the one seen. Whole counts. null where a margin is 0. */
export function fisherExact(a: Proportion, b: Proportion): TestResult | null {
  const successes = a.successes + b.successes;
  const total = a.total + b.total;
  if (a.total === 0 || b.total === 0) return null;
  if (successes === 0 || successes === total) return { p: 1, method: "Fisher exact" };
  const base = logChoose(total, a.total);
  const logProbability = (x: number) =>
    logChoose(successes, x) + logChoose(total - successes, a.total - x) - base;
  const limit = logProbability(a.successes) + Math.log1p(RELATIVE_TOLERANCE);
  let p = 0;
  const first = Math.max(0, a.total - (total - successes));
  const last = Math.min(a.total, successes);
  for (let x = first; x <= last; x++) {
    const each = logProbability(x);
    if (each <= limit) p += Math.exp(each);
  }
  return { p: Math.min(1, p), method: "Fisher exact" };
}

/** z where every expected count is at least 5, Fisher's exact test otherwise. null where there is nothing to compare. */
export function testProportions(a: Proportion, b: Proportion): TestResult | null {
  if (a.total === 0 || b.total === 0) return null;
  const share = (a.successes + b.successes) / (a.total + b.total);
  const smallest = Math.min(a.total, b.total) * Math.min(share, 1 - share);
  return smallest >= MIN_EXPECTED ? twoProportionZ(a, b) : fisherExact(a, b);
}
