/** How good a model is by an audit's table: of all rows, and of the group that it serves worst where that tells no small count. Pure. */

import type { Audit, Estimate } from "../fairness/audit/audit.ts";
import type { MulticlassAudit } from "../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../fairness/audit/audit-regression.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { RegressionGroup } from "../fairness/metrics/regression.ts";
import { intervalZ } from "../fairness/statistics/distributions.ts";
import { wilson } from "../fairness/statistics/proportion-intervals.ts";
import { NOTHING_WITHHELD, OUTCOME, threeDigits, type Withheld, withheldAt } from "./audit-told.ts";
import type { AuditBody } from "./entries/audit.ts";

/** Rates that say how good a prediction is, higher being better. */
const QUALITIES = ["accuracy", "true_positive_rate", "precision"] as const;

type Quality = NonNullable<AuditBody["quality"]>[number];
interface GroupQuality {
  by: string[];
  group: string;
  estimate: Estimate;
  /** Its table of groups does not tell it. */
  isLeftOut: boolean;
}

/** Of the groupings of an audit, in their order: what their tables leave out of the figures here. */
type Protection = { withheld: Withheld[]; rounded: boolean };

/** Empty where an audit tells none. `rounded`: something of the audit was left out, in counts below `below`. */
export function qualityOf(audit: AnyAudit, below = 0, rounded = false): Quality[] {
  const withheld = audit.groupings.map((_, at) =>
    rounded ? withheldAt(audit, at, OUTCOME, below) : NOTHING_WITHHELD,
  );
  const protection = { withheld, rounded };
  if (audit.task === "binary") return binaryQuality(audit, protection);
  return audit.task === "multiclass"
    ? multiclassQuality(audit, protection)
    : regressionQuality(audit, protection);
}

/** An intersection is told whole or not at all. */
function isLeftOut({ own, beside }: Withheld, by: readonly string[], group: string): boolean {
  return by.length > 1 ? own.size > 0 : own.has(group) || beside.has(group);
}

function binaryQuality({ overall, groupings }: Audit, protection: Protection): Quality[] {
  return QUALITIES.flatMap((measure) => {
    const rate = ({ rates }: Audit["overall"]) => rates.find(({ name }) => name === measure);
    const all = rate(overall);
    if (all?.value == null) return [];
    const groups = groupings.flatMap(({ attributes, groups: each }, at) =>
      each.flatMap((group): GroupQuality[] => {
        const found = rate(group);
        // What must not decide anything by itself is not the worst of anything either.
        return found?.value == null || found.small !== undefined
          ? []
          : [qualityIn(protection, at, attributes, group.name, found)];
      }),
    );
    return [{ measure, ...recorded(all), ...worstOf(groups, protection) }];
  });
}

/** Accuracy of all rows from that of a grouping that holds them all; of weighted rows it is not known. */
function multiclassQuality(
  { groupings, rows, weighted, settings }: MulticlassAudit,
  protection: Protection,
): Quality[] {
  const first = groupings[0]?.groups ?? [];
  if (weighted || first.reduce((sum, group) => sum + group.rows, 0) !== rows || rows === 0) return [];
  const successes = first.reduce(
    (sum, { accuracy, rows: each }) => sum + Math.round((accuracy.value ?? 0) * each),
    0,
  );
  const groups = groupings.flatMap(({ attributes, groups: each }, at) =>
    each.flatMap(({ name, accuracy, rows: size }): GroupQuality[] =>
      accuracy.value === null || size < settings.small.minRows
        ? []
        : [qualityIn(protection, at, attributes, name, accuracy)],
    ),
  );
  const all = { value: successes / rows, interval: wilson({ successes, total: rows }, settings.level) };
  return [{ measure: "accuracy", ...recorded(all), ...worstOf(groups, protection) }];
}

/** Errors in the label's unit, of which less is better, and the part of the variance that is explained. */
export const REGRESSION = [
  ["root_mean_squared_error", "rootMeanSquaredError", "lower"],
  ["mean_absolute_error", "meanAbsoluteError", "lower"],
  ["r_squared", "rSquared", "higher"],
] as const;

function regressionQuality(
  { overall, groupings, settings: { level } }: RegressionAudit,
  protection: Protection,
): Quality[] {
  return REGRESSION.flatMap(([measure, key, better]) => {
    const estimateOf = (group: RegressionGroup) => errorEstimate(group, key, level);
    const all = estimateOf(overall);
    if (all.value === null) return [];
    const groups = groupings.flatMap(({ attributes, groups: each }, at) =>
      each.flatMap((group): GroupQuality[] => {
        const estimate = estimateOf(group);
        return estimate.value === null || group.small !== undefined
          ? []
          : [qualityIn(protection, at, attributes, group.name, estimate)];
      }),
    );
    return [
      {
        measure,
        ...(better === "lower" && { better }),
        ...recorded(all),
        ...worstOf(groups, protection, better),
      },
    ];
  });
}

/** A figure of a group with its range. */
export function errorEstimate(
  group: RegressionGroup,
  key: keyof RegressionGroup["standardErrors"],
  level: number,
): Estimate {
  const [value, error] = [group[key], group.standardErrors[key]];
  if (value === null || error === null)
    return { value, interval: null, remark: "no range: too few rows, or weighted ones" };
  const half = intervalZ(level) * error;
  const low = key === "rSquared" ? value - half : Math.max(0, value - half);
  return { value, interval: { low, high: value + half, level, method: "normal, by the delta method" } };
}

const qualityIn = (
  { withheld }: Protection,
  at: number,
  by: string[],
  group: string,
  estimate: Estimate,
): GroupQuality => ({ by, group, estimate, isLeftOut: isLeftOut(withheld[at]!, by, group) });

/** The worst one that may be told would be taken for the worst: where the worst is left out, none is. */
function worstOf(
  groups: readonly GroupQuality[],
  { rounded }: Protection,
  better: "higher" | "lower" = "higher",
): Pick<Quality, "worst" | "worstLeftOut"> {
  const sign = better === "higher" ? 1 : -1;
  const worst = groups.reduce<GroupQuality | undefined>(
    (found, each) =>
      found === undefined || sign * each.estimate.value! < sign * found.estimate.value! ? each : found,
    undefined,
  );
  if (!worst) return {};
  const { by, group, estimate } = worst;
  return worst.isLeftOut ? { worstLeftOut: true } : { worst: { by, group, ...recorded(estimate, rounded) } };
}

function recorded(
  { value, interval, remark }: Estimate,
  rounded = false,
): Pick<Quality, "value" | "low" | "high" | "method"> {
  const digits = (each: number) => (rounded ? threeDigits(each) : each);
  return {
    value: digits(value!),
    low: interval ? digits(interval.low) : null,
    high: interval ? digits(interval.high) : null,
    method: interval?.method ?? remark ?? "no range",
  };
}
