/** What a comparison allows one to say. */

import type { Interval } from "./interval.ts";

/**
 * "beyond the limit": the whole interval lies outside of +-limit; "within the limit": it lies inside; "differs": not equal,
 * though the interval reaches over the limit; the last: the data allow neither.
 */
export const VERDICTS = [
  "beyond the limit",
  "differs",
  "within the limit",
  "not enough data to tell",
] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Comparison {
  /** Of the difference; null where there is none. */
  interval: Interval | null;
  /** Two-sided and adjusted for the number of comparisons; NaN where no test could be made. */
  p: number;
  /** Why the numbers must not decide anything, where they must not. */
  small?: string;
}

/** `limit`: the largest difference that is accepted, > 0, in the rate's unit. An equivalence test by its interval. */
export function verdictOf({ interval, p, small }: Comparison, limit: number, alpha = 0.05): Verdict {
  if (small !== undefined || !interval) return "not enough data to tell";
  if (interval.low > limit || interval.high < -limit) return "beyond the limit";
  if (interval.low >= -limit && interval.high <= limit) return "within the limit";
  return p < alpha ? "differs" : "not enough data to tell";
}
