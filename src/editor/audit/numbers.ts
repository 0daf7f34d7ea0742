/** Numbers of an audit as texts. Pure. */

import type { Shown } from "../../../webview/audit/protocol.ts";
import type { Estimate } from "../../fairness/audit/audit.ts";
import type { Interval } from "../../fairness/statistics/interval.ts";
import type { Translate } from "../words.ts";

/** Three decimals: no table that fits here knows a rate better than that. `signed`: with a plus. */
export function digits(value: number, signed = false): string {
  const text = value.toFixed(3).replace(/^-(0\.0+)$/, "$1");
  return signed && Number(text) > 0 ? `+${text}` : text;
}

/** Three digits, for what may be of any size. `signed`: with a plus. */
export const amount = (value: number, signed = false): string =>
  `${signed && value > 0 ? "+" : ""}${Number(value.toPrecision(3))}`;

export type NumberForm = typeof digits;

/** A value with its range, and how both were made. */
export function shown(
  { value, interval, remark }: Estimate,
  t: Translate,
  signed = false,
  form: NumberForm = digits,
): Shown {
  if (value === null) return { text: t("not estimable"), range: "", whence: remark ?? "" };
  const whence = [interval && t("{0} %, {1}", Math.round(interval.level * 100), interval.method), remark];
  return {
    text: form(value, signed),
    range: interval ? rangeText(interval, t, signed, form) : "",
    whence: whence.filter(Boolean).join("; "),
  };
}

export const rangeText = (
  { low, high }: Interval,
  t: Translate,
  signed = false,
  form: NumberForm = digits,
): string => t("{0} to {1}", form(low, signed), form(high, signed));

export const probability = (p: number): string => (p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`);

/** 0.95 -> "95 %" */
export const shareText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
