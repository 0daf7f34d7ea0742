/** Fairness measures as Fairlearn 0.14.0 defines them (fairlearn/metrics: MetricFrame, _fairness_metrics.py, _disparities.py). */

import {
  type Confusion,
  labelNegatives,
  labelPositives,
  predictedPositives,
  total,
} from "../metrics/confusion.ts";
import { type Group, type Grouping, groupRows, hasMissingValue, mergeGroups } from "../metrics/groups.ts";
import {
  type Convention,
  defined,
  numpyRatio,
  pythonMax,
  pythonMin,
  undefinedAsNaN,
  undefinedAsZero,
} from "./library-value.ts";

export const FAIRLEARN: Convention = {
  library: "Fairlearn 0.14.0",
  direction: "largest minus smallest; smallest over largest, so never above 1",
  reference: "none: the worst pair of groups, or the worst group against all rows (to_overall)",
  zeroDenominators: "a rate with nothing to count among is 0; a ratio of 0 to 0 is NaN",
  missingValues:
    "one attribute: rows without a value are in no group and stay in the total; several attributes: Fairlearn raises TypeError",
  weights: "apply to everything but the count; Fairlearn raises ZeroDivisionError for a group of weight 0",
  caution: "a group without positive labels has true positive rate 0 and looks like the worst one",
};

export const FAIRLEARN_METRICS = [
  "count",
  "selection_rate",
  "true_positive_rate",
  "true_negative_rate",
  "false_positive_rate",
  "false_negative_rate",
  "accuracy_score",
  "zero_one_loss",
  "balanced_accuracy_score",
  "precision_score",
  "recall_score",
  "f1_score",
  "mean_prediction",
] as const;
export type FairlearnMetric = (typeof FAIRLEARN_METRICS)[number];
export type FairlearnValues = Record<FairlearnMetric, number>;

/** The metrics of one group, by their names in Fairlearn and scikit-learn. NaN for every metric of a group without rows. */
export function fairlearnMetrics(group: Group): FairlearnValues {
  const { counts } = group;
  const { tp, fp, fn, tn } = counts;
  const rows = groupRows(group);
  const positives = labelPositives(counts);
  const negatives = labelNegatives(counts);
  const recalls = [undefinedAsNaN(tp, positives), undefinedAsNaN(tn, negatives)];
  const values: FairlearnValues = {
    count: rows,
    selection_rate: undefinedAsNaN(predictedPositives(counts), total(counts)),
    true_positive_rate: undefinedAsZero(tp, positives),
    true_negative_rate: undefinedAsZero(tn, negatives),
    false_positive_rate: undefinedAsZero(fp, negatives),
    false_negative_rate: undefinedAsZero(fn, positives),
    accuracy_score: undefinedAsNaN(tp + tn, total(counts)),
    zero_one_loss: undefinedAsNaN(fp + fn, total(counts)),
    balanced_accuracy_score: mean(recalls),
    precision_score: undefinedAsZero(tp, predictedPositives(counts)),
    recall_score: undefinedAsZero(tp, positives),
    f1_score: undefinedAsZero(2 * tp, 2 * tp + fp + fn),
    mean_prediction: undefinedAsNaN(predictedPositives(counts), total(counts)),
  };
  if (rows > 0) return values;
  return Object.fromEntries(FAIRLEARN_METRICS.map((metric) => [metric, Number.NaN])) as FairlearnValues;
}

/** One MetricFrame's aggregates of one metric. */
export interface FairlearnAggregate {
  group_min: number;
  group_max: number;
  "difference.between_groups": number;
  "difference.to_overall": number;
  "ratio.between_groups": number;
  "ratio.to_overall": number;
}

/** `values` per group, NaN for groups without rows. */
export function fairlearnAggregate(values: readonly number[], overall: number): FairlearnAggregate {
  const present = defined(values);
  const smallest = present.length > 0 ? Math.min(...present) : Number.NaN;
  const largest = present.length > 0 ? Math.max(...present) : Number.NaN;
  const distances = defined(present.map((value) => Math.abs(value - overall)));
  const ratios = defined(
    present.map((value) => {
      const quotient = numpyRatio(value, overall);
      return quotient > 1 ? 1 / quotient : quotient;
    }),
  );
  return {
    group_min: smallest,
    group_max: largest,
    "difference.between_groups": largest - smallest,
    "difference.to_overall": distances.length > 0 ? Math.max(...distances) : Number.NaN,
    "ratio.between_groups": numpyRatio(smallest, largest),
    "ratio.to_overall": ratios.length > 0 ? Math.min(...ratios) : Number.NaN,
  };
}

export interface FairlearnFrame {
  overall: FairlearnValues;
  byGroup: { group: Group; values: FairlearnValues }[];
  aggregates: Record<FairlearnMetric, FairlearnAggregate>;
  /** Keys as in "demographic_parity_difference[between_groups]", "equalized_odds_ratio[to_overall,mean]". */
  scalars: Record<string, number>;
}

/** What MetricFrame reports of a grouping, and the library's fairness measures. */
export function fairlearnFrame(grouping: Grouping): FairlearnFrame {
  const overall = fairlearnMetrics(grouping.overall);
  const byGroup = grouping.groups
    .filter((group) => !hasMissingValue(group))
    .map((group) => ({ group, values: fairlearnMetrics(group) }));
  const aggregates = Object.fromEntries(
    FAIRLEARN_METRICS.map((metric) => [
      metric,
      fairlearnAggregate(
        byGroup.map(({ values }) => values[metric]),
        overall[metric],
      ),
    ]),
  ) as Record<FairlearnMetric, FairlearnAggregate>;
  return { overall, byGroup, aggregates, scalars: scalarMeasures(aggregates) };
}

/** One frame per value of the first attribute of the grouping (Fairlearn's control feature), over the groups of the others. */
export function fairlearnControlled(grouping: Grouping): { level: string; frame: FairlearnFrame }[] {
  const byLevel = new Map<string, Group[]>();
  for (const group of grouping.groups) {
    const [level, ...key] = group.key;
    if (level === null || level === undefined) continue;
    const groups = byLevel.get(level) ?? [];
    byLevel.set(level, groups);
    groups.push({ ...group, key });
  }
  const attributes = grouping.attributes.slice(1);
  return [...byLevel].map(([level, groups]) => ({
    level,
    frame: fairlearnFrame({ attributes, groups, overall: mergeGroups(groups, []) }),
  }));
}

function scalarMeasures(aggregates: Record<FairlearnMetric, FairlearnAggregate>): Record<string, number> {
  const measures: Record<string, number> = {};
  for (const method of ["between_groups", "to_overall"] as const)
    for (const kind of ["difference", "ratio"] as const) {
      const of = (metric: FairlearnMetric) => aggregates[metric][`${kind}.${method}`];
      const odds = [of("true_positive_rate"), of("false_positive_rate")];
      measures[`demographic_parity_${kind}[${method}]`] = of("selection_rate");
      measures[`equal_opportunity_${kind}[${method}]`] = of("true_positive_rate");
      measures[`equalized_odds_${kind}[${method},worst_case]`] =
        kind === "difference" ? pythonMax(odds) : pythonMin(odds);
      measures[`equalized_odds_${kind}[${method},mean]`] = mean(odds);
    }
  return measures;
}

function mean(values: readonly number[]): number {
  const present = defined(values);
  return present.length > 0 ? present.reduce((sum, value) => sum + value, 0) / present.length : Number.NaN;
}

/** Whether Fairlearn raises instead of reporting: a group whose rows weigh nothing. */
export function fairlearnRaises(grouping: Grouping): string | undefined {
  const weightless = ({ counts }: { counts: Confusion }) => total(counts) === 0;
  const raises = grouping.groups.some((group) => groupRows(group) > 0 && weightless(group));
  return raises ? "ZeroDivisionError: Weights sum to zero, can't be normalized" : undefined;
}
