/** When a number rests on too few rows. The libraries have no such rule; these are Fairwatt's own defaults. */

import type { Confusion } from "./confusion.ts";
import { RATE_DEFINITIONS, type RateName } from "./rates.ts";

export interface SmallGroupRule {
  /** A group with fewer rows is small. */
  minRows: number;
  /** So is a rate counted among fewer rows. */
  minDenominator: number;
}

export const SMALL_GROUP_RULE: SmallGroupRule = { minRows: 30, minDenominator: 10 };

/** Why the rate of a group must not decide anything; undefined where it may. `rows`: row counts, not weights. */
export function smallGroup(
  rate: RateName,
  rows: Confusion,
  rule: SmallGroupRule = SMALL_GROUP_RULE,
): string | undefined {
  const n = rows.tp + rows.fp + rows.fn + rows.tn;
  if (n < rule.minRows) return `${n} rows, fewer than ${rule.minRows}`;
  const { denominator, among } = RATE_DEFINITIONS[rate];
  const counted = denominator(rows);
  return counted < rule.minDenominator ? `${counted} ${among}, fewer than ${rule.minDenominator}` : undefined;
}
