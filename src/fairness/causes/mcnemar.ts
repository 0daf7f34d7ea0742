/** McNemar's test: whether two models are right equally often on the same rows. */

import betainc from "@stdlib/math-base-special-betainc";
import type { TestResult } from "../statistics/proportion-tests.ts";

/** `onlyFirst`, `onlySecond`: rows that only one of the models got right. Exact (binomial), two-sided; 1 without such rows. */
export function mcnemar(onlyFirst: number, onlySecond: number): TestResult {
  const n = onlyFirst + onlySecond;
  const smaller = Math.min(onlyFirst, onlySecond);
  // P(X <= k) of a binomial with p = 1/2 is the incomplete beta function at 1/2.
  const tail = n === 0 || smaller === n ? 1 : betainc(0.5, n - smaller, smaller + 1);
  return { p: Math.min(1, 2 * tail), statistic: onlyFirst - onlySecond, method: "McNemar exact" };
}
