/** Tails and quantiles of the distributions that the tests need; the special functions are stdlib's. */

import betainc from "@stdlib/math-base-special-betainc";
import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";

/** P(Z <= z) of the standard normal distribution; exact far into the lower tail. */
export const normalCdf = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** P(|Z| >= |z|). */
export const normalTwoSided = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** z with P(Z <= z) = p; infinite for p = 0 or 1. */
export const normalQuantile = (p: number): number => -Math.SQRT2 * erfcinv(2 * p);

/** z of a two-sided interval: 1.96 for level 0.95. */
export const intervalZ = (level: number): number => normalQuantile((1 + level) / 2);

/** P(|T| >= |t|) of Student's t with `degrees` of freedom (a fraction for Welch's). */
export const studentTwoSided = (t: number, degrees: number): number =>
  betainc(degrees / (degrees + t * t), degrees / 2, 0.5);

/** P(X >= x) of the chi-square distribution. */
export const chiSquareTail = (x: number, degrees: number): number =>
  x <= 0 ? 1 : gammainc(x / 2, degrees / 2, true, true);

/** Logarithm of the number of ways to choose k of n. */
export const logChoose = (n: number, k: number): number =>
  gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
