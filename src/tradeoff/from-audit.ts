/** Quality, worst group and gap between groups, as an audit's entry tells them. Pure. */

import type { AuditBody } from "../ledger/entries/audit.ts";
import type { Valued } from "./candidate.ts";

type Audit = AuditBody | undefined;

const fileOf = (audit: AuditBody) => `audit of ${audit.file}`;

export function qualityOf(audit: Audit, measure: string): Valued | null {
  const found = audit?.quality?.find((each) => each.measure === measure);
  if (!audit || !found) return null;
  const { value, low, high, method } = found;
  return { value, low, high, source: `${fileOf(audit)}, ${method}` };
}

/** Among groups that are not small. */
export function worstGroupOf(audit: Audit, measure: string): Valued | null {
  const worst = audit?.quality?.find((each) => each.measure === measure)?.worst;
  if (!audit || !worst) return null;
  const { value, low, high, method, group } = worst;
  return { value, low, high, source: `${group}, ${fileOf(audit)}, ${method}` };
}

/** Whether there is a worst group, and the audit's entry keeps it back. */
export const isWorstLeftOut = (audit: Audit, measure: string): boolean =>
  audit?.quality?.some((each) => each.measure === measure && each.worstLeftOut) ?? false;

/** The largest gap among the audit's groupings, and its classes where there are several. */
export function gapOf(audit: Audit, fairness: string): Valued | null {
  let largest: AuditBody["measures"][number] | undefined;
  for (const each of audit?.measures ?? []) {
    if (each.measure !== fairness && !each.measure.startsWith(`${fairness} of class `)) continue;
    if (each.difference.value === null) continue;
    if (!largest || each.difference.value > largest.difference.value!) largest = each;
  }
  if (!audit || !largest) return null;
  const { value, low, high, method } = largest.difference;
  return {
    value: value!,
    low,
    high,
    source: `${largest.measure} by ${largest.by.join(" and ")}, ${fileOf(audit)}, ${method}`,
  };
}
