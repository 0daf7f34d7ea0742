/** Values of an audit as documents write them; what was left out is said to be. */

import type { Estimate } from "../../fairness/audit/audit.ts";
import type { Passed } from "../../fairness/audit/small-cells.ts";
import { RATE_DEFINITIONS, type RateName } from "../../fairness/metrics/rates.ts";

export const LEFT_OUT = "left out";

export const count = (value: number | null): string =>
  value === null ? LEFT_OUT : value.toLocaleString("en");

/** Three decimals for rates; three digits for what may be of any size. */
export const rate = (value: number): string => value.toFixed(3).replace(/^-0\.000$/, "0.000");
export const amount = (value: number): string => String(Number(value.toPrecision(3)));

export function estimate({ value, interval, remark }: Passed<Estimate>, form = rate): string {
  if (value === null) return remark?.startsWith(LEFT_OUT) ? LEFT_OUT : "not estimable";
  if (!interval || interval.low === null || interval.high === null) return form(value);
  return `${form(value)} (${form(interval.low)} to ${form(interval.high)})`;
}

export function probability(p: number | null | undefined): string {
  if (p === null || p === undefined || Number.isNaN(p)) return "";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** A name from a table: one that a spreadsheet would take for a formula gets the mark that makes it text. */
export const named = (name: string): string => (/^[=+@\t\r-]/.test(name) ? `'${name}` : name);

/** A measure of a group as people call it. */
export const labelOf = (measure: string): string =>
  RATE_DEFINITIONS[measure as RateName]?.label ?? measure.replaceAll("_", " ");

export const IMPOSSIBILITY =
  "Calibration within groups, equal false-positive rates and equal false-negative rates cannot all hold where base rates differ and prediction is imperfect (Kleinberg et al. 2016; Chouldechova 2017): which is chosen has to be justified.";
