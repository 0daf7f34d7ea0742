/** Numbers of an audit for the terminal. */

import type { Estimate } from "../fairness/audit/audit.ts";
import type { Interval } from "../fairness/statistics/interval.ts";

export function estimate(
  { value, interval }: Pick<Estimate, "value" | "interval">,
  signed = false,
  form = digits,
): string {
  if (value === null) return "not estimable";
  const sign = signed && value > 0 ? "+" : "";
  return `${sign}${form(value)}${interval ? ` (${rangeText(interval, form)})` : ""}`;
}

const rangeText = ({ low, high }: Interval, form: (value: number) => string): string =>
  `${form(low)} to ${form(high)}`;

/** Three decimals: a rate is no better known than that by the ranges of any table that fits here. */
export const digits = (value: number): string => value.toFixed(3).replace(/^-0\.000$/, "0.000");

export const probability = (p: number): string => (p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`);

export const percent = (level: number): string => `${Math.round(level * 100)} %`;

/** Three digits, for what may be of any size. */
export const amount = (value: number): string => String(Number(value.toPrecision(3)));

/** Rows of a table that a person reads; --format json has all. */
export const MAX_GROUPS = 40;
