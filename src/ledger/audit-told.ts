/** What an audit's entry may tell of groups: decided once, for its tables, measures, worst groups and limits. Pure. */

import type { Audit, Estimate, GroupReport } from "../fairness/audit/audit.ts";
import type { MulticlassGroupReport } from "../fairness/audit/audit-multiclass.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import { type ToldCounts, withheldGroups } from "../fairness/audit/withheld-groups.ts";
import type { RateName } from "../fairness/metrics/rates.ts";

/** Kinds of figures of a binary audit: what the selected among the rows tell, and what the outcomes tell. */
export const SELECTION = 0;
export const OUTCOME = 1;

export const kindOf = (rate: RateName): typeof SELECTION | typeof OUTCOME =>
  rate === "selection_rate" ? SELECTION : OUTCOME;

/** For each kind, the counts that figures of a group tell. */
export const binaryCounts = (groups: readonly GroupReport[]): ToldCounts[][] => [
  groups.map((group) => ({
    size: group.rows,
    counts: marginsOf(group, ["selection_rate", "precision"]),
  })),
  groups.map((group) => ({
    size: group.rows,
    counts: [
      ...Object.values(group.counts),
      ...marginsOf(group, ["selection_rate", "true_positive_rate", "false_positive_rate", "precision"]),
    ],
  })),
];

/** Rows that the rates are counted among, and the others of the group: weights have no small counts, people have. */
function marginsOf({ rates, rows }: Audit["overall"], names: readonly RateName[]): number[] {
  return names.flatMap((name) => {
    const among = rates.find((rate) => rate.name === name)!.rows;
    return [among, rows - among];
  });
}

/** Of several classes an accuracy tells who was predicted right; there is one kind. */
export const rightCounts = (groups: readonly MulticlassGroupReport[]): ToldCounts[] =>
  groups.map(({ rows, accuracy }) => {
    const right = Math.round((accuracy.value ?? 0) * rows);
    return { size: rows, counts: [rows, right, rows - right] };
  });

/** Errors tell of how many people they are; there is one kind. */
export const rowCounts = (groups: readonly { rows: number }[]): ToldCounts[] =>
  groups.map(({ rows }) => ({ size: rows, counts: [rows] }));

/** Names of groups, as a figure between groups has them; groups of one name are taken for one. */
export interface Withheld {
  /** Their own figures would tell a small count. */
  own: ReadonlySet<string>;
  /** Theirs would not, but the totals minus theirs and the others'. */
  beside: ReadonlySet<string>;
}

export function withheldOf(
  groups: readonly { name: string }[],
  counts: readonly ToldCounts[],
  below: number,
): Withheld {
  const isFew = (count: number) => count > 0 && count < below;
  const own = new Set<string>();
  const beside = new Set<string>();
  for (const index of withheldGroups(counts, below, false))
    (counts[index]!.counts.some(isFew) ? own : beside).add(groups[index]!.name);
  return { own, beside };
}

/** In one way of grouping of an audit; a task that has one kind of figures has it for all. */
export function withheldAt(
  audit: AnyAudit,
  at: number,
  kind: typeof SELECTION | typeof OUTCOME,
  below: number,
): Withheld {
  if (audit.task === "binary") {
    const { groups } = audit.groupings[at]!;
    return withheldOf(groups, binaryCounts(groups)[kind]!, below);
  }
  if (audit.task === "multiclass") {
    const { groups } = audit.groupings[at]!;
    return withheldOf(groups, rightCounts(groups), below);
  }
  const { groups } = audit.groupings[at]!;
  return withheldOf(groups, rowCounts(groups), below);
}

export const NOTHING_WITHHELD: Withheld = { own: new Set(), beside: new Set() };

/** Where anything of an audit was left out, its other numbers have three digits. */
export const threeDigits = (value: number): number => Number(value.toPrecision(3));

export function inThreeDigits({ value, interval, remark }: Estimate): Estimate {
  return {
    value: value === null ? null : threeDigits(value),
    interval: interval && { ...interval, low: threeDigits(interval.low), high: threeDigits(interval.high) },
    ...(remark !== undefined && { remark }),
  };
}

export const leftOutWords = (below: number): string =>
  `left out: counts below ${below} could be told from it`;
