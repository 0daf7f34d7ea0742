/** How much data a difference of proportions needs to be seen. */

import { intervalZ, normalCdf, normalQuantile } from "./distributions.ts";

export interface PowerRule {
  /** Two-sided. */
  alpha: number;
  /** Chance to see the difference where it is there. */
  power: number;
}

export const POWER_RULE: PowerRule = { alpha: 0.05, power: 0.8 };

/** Rows needed in each of two groups to tell p from q (Fleiss 1981, without continuity correction); not rounded. */
export function rowsNeeded(p: number, q: number, { alpha, power }: PowerRule = POWER_RULE): number {
  if (p === q) return Number.POSITIVE_INFINITY;
  const mean = (p + q) / 2;
  const root =
    intervalZ(1 - alpha) * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(power) * Math.sqrt(p * (1 - p) + q * (1 - q));
  return root ** 2 / (p - q) ** 2;
}

/** Chance that the z test of n rows at p against m rows at q is significant. */
export function powerOf(p: number, n: number, q: number, m: number, alpha = POWER_RULE.alpha): number {
  const pooled = (n * p + m * q) / (n + m);
  const under = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  const spread = Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
  const gap = Math.abs(p - q);
  if (spread === 0) return gap > 0 ? 1 : 0;
  return normalCdf((gap - intervalZ(1 - alpha) * under) / spread);
}

/**
 * The smallest difference to a rate of `p` among `m` rows that a group of `n` rows would show, in the direction that takes
 * more: 0.13 means that gaps below 13 points go unseen more often than the rule allows. null where even the largest
 * possible one would.
 */
export function minimumDetectableGap(
  p: number,
  m: number,
  n: number,
  rule: PowerRule = POWER_RULE,
): number | null {
  if (n === 0 || m === 0) return null;
  const inDirection = (sign: 1 | -1): number | null => {
    const room = sign > 0 ? 1 - p : p;
    const enough = (gap: number) => powerOf(p + sign * gap, n, p, m, rule.alpha) >= rule.power;
    if (room === 0 || !enough(room)) return null;
    let low = 0;
    let high = room;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (enough(middle)) high = middle;
      else low = middle;
    }
    return high;
  };
  // A rate has room on one side only near 0 and 1: there the other direction does not count.
  const gaps = [inDirection(1), inDirection(-1)].filter((gap) => gap !== null);
  return gaps.length > 0 ? Math.max(...gaps) : null;
}
