/** The groups of an audit with the figures that its entry may keep of them, before it is decided which are left out. Pure. */

import type { Audit, Estimate, RateComparison } from "../fairness/audit/audit.ts";
import type { MulticlassAudit } from "../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../fairness/audit/audit-regression.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { ScoreReport } from "../fairness/audit/score-reports.ts";
import type { ToldCounts } from "../fairness/audit/withheld-groups.ts";
import type { RateName } from "../fairness/metrics/rates.ts";
import { errorEstimate, REGRESSION } from "./audit-quality.ts";
import { binaryCounts, inThreeDigits, kindOf, OUTCOME, rightCounts, rowCounts } from "./audit-told.ts";

/** Rates that are kept of each group. */
const KEPT: readonly RateName[] = [
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
  "accuracy",
];

/** One way of grouping: all its groups with what they would tell, and the figures as they may be passed on. */
export interface Draft {
  by: string[];
  /** For each kind of figure, the counts of every group that it tells; the first kind goes with every group that is named. */
  told: ToldCounts[][];
  /** Index of the group that the others are held against; -1 where there is none. */
  reference: number;
  groups: { name: string; rows: number; figures: Figure[] }[];
}
export interface Figure {
  measure: string;
  estimate: Estimate;
  /** Index in `told`. */
  tells: number;
  small: boolean;
  comparison?: RateComparison;
}

interface Protection {
  below: number;
  rounded: boolean;
}

/** `passed`: the audit as it may be passed on. */
export function draftsOf(audit: AnyAudit, passed: AnyAudit, protection: Protection): Draft[] {
  if (audit.task === "binary") return binaryDrafts(audit, passed as Audit, protection);
  if (audit.task === "multiclass") return multiclassDrafts(audit, passed as MulticlassAudit, protection);
  return regressionDrafts(audit, passed as RegressionAudit, protection);
}

function binaryDrafts(audit: Audit, passed: Audit, protection: Protection): Draft[] {
  return audit.groupings.map(({ attributes, groups, scores }, at) => ({
    by: attributes,
    told: binaryCounts(groups),
    reference: groups.findIndex(({ isReference }) => isReference),
    groups: paired(groups, passed.groupings[at]!.groups, protection, ({ rates, comparisons }, index) => [
      ...KEPT.map((measure): Figure => {
        const rate = rates.find(({ name }) => name === measure)!;
        const comparison = comparisons.find((each) => each.rate === measure);
        return {
          measure,
          estimate: rate,
          tells: kindOf(measure),
          small: rate.small !== undefined,
          ...(comparison && { comparison }),
        };
      }),
      ...scoreFigures(scores[index], protection),
    ]),
  }));
}

/** Ranking and calibration of a group's scores, which its outcomes tell; nothing where the table has no scores. */
function scoreFigures(score: ScoreReport | undefined, { rounded }: Protection): Figure[] {
  if (!score) return [];
  const figure = (measure: string, estimate: Estimate): Figure => ({
    measure,
    estimate: rounded ? inThreeDigits(estimate) : estimate,
    tells: OUTCOME,
    small: score.small !== undefined,
  });
  return [
    figure("roc_auc", score.auc),
    ...(score.calibrationError === null
      ? []
      : [figure("calibration_error", { value: score.calibrationError, interval: null })]),
    ...(score.inTheLarge ? [figure("label_minus_score", score.inTheLarge)] : []),
  ];
}

function multiclassDrafts(audit: MulticlassAudit, passed: MulticlassAudit, protection: Protection): Draft[] {
  return audit.groupings.map(({ attributes, groups }, at) => ({
    by: attributes,
    told: [rightCounts(groups)],
    reference: -1,
    groups: paired(groups, passed.groupings[at]!.groups, protection, ({ accuracy, small }) => [
      { measure: "accuracy", estimate: accuracy, tells: 0, small: small !== undefined },
    ]),
  }));
}

function regressionDrafts(audit: RegressionAudit, passed: RegressionAudit, protection: Protection): Draft[] {
  return audit.groupings.map(({ attributes, groups }, at) => ({
    by: attributes,
    told: [rowCounts(groups)],
    reference: -1,
    groups: paired(groups, passed.groupings[at]!.groups, protection, (group) => {
      const small = group.small !== undefined;
      return [
        { measure: "mean_error", estimate: group.bias, tells: 0, small },
        ...REGRESSION.map(([measure, key]) => ({
          measure,
          estimate: errorEstimate(group, key, audit.settings.level),
          tells: 0,
          small,
        })),
      ];
    }),
  }));
}

/** Every group with what is passed on of it; of those that are not passed on, which are all withheld, nothing. */
function paired<T extends { name: string; rows: number }>(
  groups: readonly T[],
  passed: readonly T[],
  { below }: Protection,
  figures: (group: T, index: number) => Figure[],
): Draft["groups"] {
  let at = 0;
  return groups.map(({ name, rows }, index) => {
    const group = rows > 0 && rows < below ? undefined : passed[at++];
    return group
      ? { name, rows: group.rows, figures: figures(group, index) }
      : { name, rows: 0, figures: [] };
  });
}
