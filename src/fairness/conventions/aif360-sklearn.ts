/** Fairness measures as AIF360 0.6.1's scikit-learn interface defines them (aif360/sklearn/metrics/metrics.py). */

import {
  type Confusion,
  labelNegatives,
  labelPositives,
  predictedNegatives,
  predictedPositives,
  total,
} from "../metrics/confusion.ts";
import { type Group, type Grouping, groupRows, hasMissingValue, mergeGroups } from "../metrics/groups.ts";
import { differentialFairness, type Outcomes, smoothedRate } from "./differential-fairness.ts";
import { benefitsOf, generalizedEntropy, groupBenefits } from "./entropy.ts";
import type { GeneralizedCounts } from "./generalized.ts";
import { type Convention, type LibraryValue, undefinedAsZero } from "./library-value.ts";

export const AIF360_SKLEARN: Convention = {
  library: "AIF360 0.6.1 (sklearn)",
  direction: "all others minus privileged; all others over privileged",
  reference: "the privileged group; everything that is not it is one group",
  zeroDenominators: "recall, specificity, precision and ratios: 0",
  missingValues: "AIF360 counts rows without a value as unprivileged; shown here without them",
  weights: "apply to the rates; entropy indices count rows; a group of weight 0 raises ZeroDivisionError",
  caution:
    "disparate_impact_ratio is 0 where the privileged group is never selected, whatever the others' rate",
};

const WEIGHTLESS = { raises: "ZeroDivisionError: Weights sum to zero, can't be normalized" };
const DIVISION = { raises: "ZeroDivisionError: division by zero" };

/**
 * The measures of one attribute, by their names. `scores`: sums of the scores of all groups with a value, where there are
 * scores. Throws a RangeError where no row has the privileged value.
 */
export function aif360Sklearn(
  grouping: Grouping,
  privileged: string,
  scores?: GeneralizedCounts,
): Record<string, LibraryValue> {
  const groups = grouping.groups.filter((group) => !hasMissingValue(group) && groupRows(group) > 0);
  const own = groups.find(({ key }) => key[0] === privileged);
  if (!own) throw new RangeError(`no row has ${privileged} in ${grouping.attributes.join(", ")}`);
  const p = own.counts;
  const u = mergeGroups(
    groups.filter((group) => group !== own),
    [],
  ).counts;
  const all = mergeGroups(groups, []);
  const average = (group: Confusion, part: (counts: Confusion) => number): LibraryValue =>
    total(group) === 0 ? WEIGHTLESS : part(group) / total(group);
  const difference = (part: (counts: Confusion) => number) =>
    combine(average(u, part), average(p, part), (a, b) => a - b);
  const ratio = (part: (counts: Confusion) => number) =>
    combine(average(u, part), average(p, part), (a, b) => (b === 0 ? 0 : a / b));
  const recall = (counts: Confusion) => undefinedAsZero(counts.tp, labelPositives(counts));
  const specificity = (counts: Confusion) => undefinedAsZero(counts.tn, labelNegatives(counts));
  const precision = (counts: Confusion) => undefinedAsZero(counts.tp, predictedPositives(counts));
  const omission = (counts: Confusion) => undefinedAsZero(counts.fn, predictedNegatives(counts));
  const tpr = recall(u) - recall(p);
  const fpr = -(specificity(u) - specificity(p));
  const edfLabels = smoothedEdf(groups, labelPositives);
  const edfPredictions = smoothedEdf(groups, predictedPositives);
  const values: Record<string, LibraryValue> = {
    statistical_parity_difference: difference(predictedPositives),
    disparate_impact_ratio: ratio(predictedPositives),
    equal_opportunity_difference: tpr,
    average_odds_difference: (tpr + fpr) / 2,
    average_odds_error: (Math.abs(tpr) + Math.abs(fpr)) / 2,
    average_predictive_value_difference: (precision(u) - precision(p) + (omission(u) - omission(p))) / 2,
    class_imbalance: (total(u) - total(p)) / total(all.counts),
    kl_divergence: klDivergence(groups, own),
    conditional_demographic_disparity: conditionalDemographicDisparity(groups, all.counts),
    "smoothed_edf(labels)": edfLabels,
    "smoothed_edf(pred)": edfPredictions,
    df_bias_amplification: combine(edfPredictions, edfLabels, (a, b) => a - b),
    "base_rate ratio (labels)": ratio(labelPositives),
    "base_rate difference (labels)": difference(labelPositives),
  };
  const between = groupBenefits(groups.map(({ rows }) => rows));
  for (const alpha of [0, 1, 2]) {
    values[`generalized_entropy_error[alpha=${alpha}]`] = generalizedEntropy(
      benefitsOf(all.rows),
      alpha,
      true,
    );
    values[`between_group_generalized_entropy_error[alpha=${alpha},all groups]`] = generalizedEntropy(
      between,
      alpha,
      true,
    );
  }
  if (scores) {
    values.generalized_fpr = undefinedAsZero(scores.negatives, labelNegatives(all.counts));
    values.generalized_fnr = undefinedAsZero(
      labelPositives(all.counts) - scores.positives,
      labelPositives(all.counts),
    );
  }
  return values;
}

function combine(
  a: LibraryValue,
  b: LibraryValue,
  operation: (a: number, b: number) => number,
): LibraryValue {
  if (typeof a !== "number") return a;
  return typeof b === "number" ? operation(a, b) : b;
}

/** KL(privileged || other) of the distributions of the predictions, in nats, over the classes that the labels have. */
function klDivergence(groups: readonly Group[], own: Group): LibraryValue {
  if (groups.length !== 2)
    return { raises: `ValueError: Expected 2 protected attribute groups, got ${groups.length}` };
  const other = groups.find((group) => group !== own)!;
  if (groups.some(({ counts }) => total(counts) === 0)) return WEIGHTLESS;
  const overall = mergeGroups(groups, []).rows;
  let divergence = 0;
  const classes = [
    { part: predictedNegatives, labelled: labelNegatives(overall) },
    { part: predictedPositives, labelled: labelPositives(overall) },
  ];
  for (const { part, labelled } of classes) {
    if (labelled === 0) continue;
    const a = part(own.counts) / total(own.counts);
    const b = part(other.counts) / total(other.counts);
    if (a > 0) divergence += b > 0 ? a * Math.log(a / b) : Number.POSITIVE_INFINITY;
  }
  return divergence;
}

/** Share of the rejected minus share of the selected, averaged over the groups by size. */
function conditionalDemographicDisparity(groups: readonly Group[], all: Confusion): LibraryValue {
  if (predictedPositives(all) === 0 || predictedNegatives(all) === 0) return DIVISION;
  let sum = 0;
  for (const { counts } of groups)
    sum +=
      total(counts) *
      (predictedNegatives(counts) / predictedNegatives(all) -
        predictedPositives(counts) / predictedPositives(all));
  return sum / total(all);
}

/** As AIF360 smooths it: the concentration is spread over the classes that the group has. */
function smoothedEdf(groups: readonly Group[], part: (counts: Confusion) => number): LibraryValue {
  if (groups.some(({ counts }) => total(counts) === 0)) return WEIGHTLESS;
  const rates = groups.map(({ counts, rows }) => {
    const outcomes: Outcomes = { positive: part(counts), total: total(counts) };
    const classes = (part(rows) > 0 ? 1 : 0) + (part(rows) < total(rows) ? 1 : 0);
    return smoothedRate(outcomes, 1, classes);
  });
  return differentialFairness(rates);
}
