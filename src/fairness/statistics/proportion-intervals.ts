/** Intervals of a proportion, of a difference and of a ratio of two, from counts. */

import { intervalZ } from "./distributions.ts";
import { DEFAULT_LEVEL, type Interval } from "./interval.ts";

/** `successes` of `total` rows. */
export interface Proportion {
  successes: number;
  total: number;
}

/** Wilson 1927 score interval, within [0, 1]. null without rows. Counts of rows, not weights. */
export function wilson({ successes, total }: Proportion, level = DEFAULT_LEVEL): Interval | null {
  if (total === 0) return null;
  const z = intervalZ(level);
  const p = successes / total;
  const scale = 1 + (z * z) / total;
  const centre = (p + (z * z) / (2 * total)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total))) / scale;
  return {
    // At 0 and at all successes the limits are 0 and 1 but for rounding.
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === total ? 1 : Math.min(1, centre + half),
    level,
    method: "Wilson score",
  };
}

/** Newcombe 1998 hybrid score interval (his method 10) of a's proportion minus b's. null where either has no rows. */
export function newcombe(a: Proportion, b: Proportion, level = DEFAULT_LEVEL): Interval | null {
  const one = wilson(a, level);
  const two = wilson(b, level);
  if (!one || !two) return null;
  const p = a.successes / a.total;
  const q = b.successes / b.total;
  return {
    low: p - q - Math.hypot(p - one.low, two.high - q),
    high: p - q + Math.hypot(one.high - p, q - two.low),
    level,
    method: "Newcombe hybrid score",
  };
}

/**
 * Log interval of a's proportion over b's (Katz et al. 1978); with half a success and half a row added to each (Walter 1975)
 * where one of them has none. null where either has no rows, or neither has a success: nothing is known of the ratio then.
 */
export function ratioInterval(a: Proportion, b: Proportion, level = DEFAULT_LEVEL): Interval | null {
  if (a.total === 0 || b.total === 0 || (a.successes === 0 && b.successes === 0)) return null;
  const plain = a.successes > 0 && b.successes > 0;
  const add = plain ? 0 : 0.5;
  return {
    ...logRatio(a.successes + add, a.total + add, b.successes + add, b.total + add, level),
    level,
    method: plain ? "Katz log" : "Walter log, half a success added",
  };
}

function logRatio(x: number, n: number, y: number, m: number, level: number) {
  const ratio = x / n / (y / m);
  const spread = intervalZ(level) * Math.sqrt(1 / x - 1 / n + 1 / y - 1 / m);
  return { low: ratio * Math.exp(-spread), high: ratio * Math.exp(spread) };
}
