/** What an audit found of its limits, in words that tell no more than the measures beside them. Pure. */

import { FOUR_FIFTHS } from "../config/audit-settings.ts";
import type { Audit, GroupingReport } from "../fairness/audit/audit.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import { binaryCounts, leftOutWords, SELECTION, threeDigits, withheldOf } from "./audit-told.ts";
import type { AuditBody } from "./entries/audit.ts";

/** `measures`: as the entry has them. `rounded`: something of the audit was left out. */
export function limitsOf(
  audit: AnyAudit,
  limits: readonly LimitResult[],
  { measures, below, rounded }: { measures: AuditBody["measures"]; below: number; rounded: boolean },
): AuditBody["limits"] {
  return limits.map((result) => {
    const { limit, by, broken } = result;
    const finding = rounded
      ? (fourFifthsWords(audit, result, below) ?? gapWords(result, measures))
      : result.finding;
    return { limit, by, broken, finding };
  });
}

const isOf = (result: LimitResult, by: readonly string[]) => by.join("\0") === result.by.join("\0");

function gapWords(result: LimitResult, measures: AuditBody["measures"]): string {
  const { broken, decided, measure, finding } = result;
  const told = measures.find((each) => each.measure === measure && isOf(result, each.by))?.difference;
  if (!decided || !told) return finding;
  const verdict = broken ? "is beyond the limit" : "keeps the limit";
  if (told.value === null) return `the gap ${verdict}; its size is ${told.method}`;
  const range = told.low === null || told.high === null ? "" : ` (${told.low} to ${told.high})`;
  return `a gap of about ${told.value}${range} ${verdict}`;
}

/** Undefined for other limits. Groups whose selection is left out are counted, not named. */
function fourFifthsWords(audit: AnyAudit, result: LimitResult, below: number): string | undefined {
  const grouping = groupingsOf(audit, result.measure)?.find(({ attributes }) => isOf(result, attributes));
  if (!grouping?.fourFifths) return undefined;
  const { fourFifths, groups } = grouping;
  const { own, beside } = withheldOf(groups, binaryCounts(groups)[SELECTION]!, below);
  // An intersection is told whole or not at all.
  const isHidden = (name: string) =>
    own.has(name) || beside.has(name) || (result.by.length > 1 && own.size > 0);
  const judged = fourFifths.groups.filter(({ passes, small }) => passes !== null && small === undefined);
  if (judged.length < 2 || !judged.some(({ group }) => isHidden(group))) return result.finding;
  const failing = judged.filter(({ passes }) => passes === false);
  const reference = isHidden(fourFifths.reference) ? undefined : fourFifths.reference;
  const highest = reference === undefined ? "the highest rate" : `the rate of ${reference}`;
  if (failing.length === 0) return `four-fifths: every group reaches 4/5 of ${highest}`;
  const named = failing.filter(({ group }) => !isHidden(group));
  const hidden = failing.length - named.length;
  const who = [
    ...named.map(({ group, ratio }) =>
      reference === undefined ? group : `${group} (${threeDigits(ratio!)})`,
    ),
    ...(hidden > 0
      ? [`${hidden} ${hidden === 1 ? "group that is" : "groups that are"} ${leftOutWords(below)}`]
      : []),
  ];
  return `four-fifths: the rate of "${fourFifths.outcome}" is below 4/5 of ${highest} for ${who.join(", ")}`;
}

/** Of the audit that a four-fifths limit is of; undefined for other limits. */
function groupingsOf(audit: AnyAudit, measure: string): readonly GroupingReport[] | undefined {
  const of = (each: Audit, ofClass: string) => (measure === `${FOUR_FIFTHS}${ofClass}` ? each : undefined);
  if (audit.task === "binary") return of(audit, "")?.groupings;
  if (audit.task === "regression") return undefined;
  return audit.byClass
    .map((each) => of(each.audit, ` of class ${each.class}`))
    .find((each) => each !== undefined)?.groupings;
}
