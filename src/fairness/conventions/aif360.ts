/** Fairness measures as AIF360 0.6.1's class interface defines them (aif360/metrics/classification_metric.py). */

import {
  type Confusion,
  labelNegatives,
  labelPositives,
  predictedNegatives,
  predictedPositives,
  total,
} from "../metrics/confusion.ts";
import { type Group, type Grouping, hasMissingValue, mergeGroups } from "../metrics/groups.ts";
import { aif360Entropy } from "./aif360-entropy.ts";
import { differentialFairness, smoothedRate } from "./differential-fairness.ts";
import { type GeneralizedCounts, generalizedOf, sumScores } from "./generalized.ts";
import { type Convention, numpyRatio, pythonMax, undefinedAsNaN, undefinedAsZero } from "./library-value.ts";

export const AIF360: Convention = {
  library: "AIF360 0.6.1",
  direction: "unprivileged minus privileged; unprivileged over privileged",
  reference: "the privileged group; all other groups are pooled into one",
  zeroDenominators:
    "true and false positive and negative rates: NaN; precision, its complement, their negative counterparts and accuracy: 0; a ratio over 0: Infinity",
  missingValues: "refused (ValueError); shown here without the rows that lack a value",
  weights: "apply to the rates; entropy indices count rows",
  caution:
    "generalized_entropy_index(alpha=0) is divided by the mean benefit once more than the paper has it",
};

export interface Aif360Rates {
  num_instances: number;
  base_rate: number;
  selection_rate: number;
  TPR: number;
  TNR: number;
  FPR: number;
  FNR: number;
  /** Generalised rates: the scores' sums in place of counts; the predictions' where there is no score. */
  GTPR: number;
  GTNR: number;
  GFPR: number;
  GFNR: number;
  PPV: number;
  NPV: number;
  FDR: number;
  FOR: number;
  ACC: number;
  TP: number;
  FP: number;
  TN: number;
  FN: number;
}

/** `scores`: weighted sums of the scores by label; of the predictions where the table has no score. */
export function aif360Rates(counts: Confusion, scores = generalizedOf(counts)): Aif360Rates {
  const { tp, fp, fn, tn } = counts;
  const positives = labelPositives(counts);
  const negatives = labelNegatives(counts);
  return {
    num_instances: total(counts),
    base_rate: undefinedAsNaN(positives, total(counts)),
    selection_rate: undefinedAsNaN(predictedPositives(counts), total(counts)),
    TPR: undefinedAsNaN(tp, positives),
    TNR: undefinedAsNaN(tn, negatives),
    FPR: undefinedAsNaN(fp, negatives),
    FNR: undefinedAsNaN(fn, positives),
    GTPR: undefinedAsNaN(scores.positives, positives),
    GTNR: undefinedAsNaN(negatives - scores.negatives, negatives),
    GFPR: undefinedAsNaN(scores.negatives, negatives),
    GFNR: undefinedAsNaN(positives - scores.positives, positives),
    PPV: undefinedAsZero(tp, predictedPositives(counts)),
    NPV: undefinedAsZero(tn, predictedNegatives(counts)),
    FDR: undefinedAsZero(fp, predictedPositives(counts)),
    FOR: undefinedAsZero(fn, predictedNegatives(counts)),
    ACC: undefinedAsZero(tp + tn, total(counts)),
    TP: tp,
    FP: fp,
    TN: tn,
    FN: fn,
  };
}

/** Measures between the unprivileged and the privileged group, by AIF360's names. */
export function aif360Differences(u: Aif360Rates, p: Aif360Rates): Record<string, number> {
  const fpr = u.FPR - p.FPR;
  const tpr = u.TPR - p.TPR;
  const errorU = 1 - u.ACC;
  const errorP = 1 - p.ACC;
  return {
    disparate_impact: numpyRatio(u.selection_rate, p.selection_rate),
    statistical_parity_difference: u.selection_rate - p.selection_rate,
    true_positive_rate_difference: tpr,
    equal_opportunity_difference: tpr,
    false_positive_rate_difference: fpr,
    false_negative_rate_difference: u.FNR - p.FNR,
    false_omission_rate_difference: u.FOR - p.FOR,
    false_discovery_rate_difference: u.FDR - p.FDR,
    false_positive_rate_ratio: numpyRatio(u.FPR, p.FPR),
    false_negative_rate_ratio: numpyRatio(u.FNR, p.FNR),
    false_omission_rate_ratio: numpyRatio(u.FOR, p.FOR),
    false_discovery_rate_ratio: numpyRatio(u.FDR, p.FDR),
    average_odds_difference: 0.5 * (fpr + tpr),
    average_abs_odds_difference: 0.5 * (Math.abs(fpr) + Math.abs(tpr)),
    average_predictive_value_difference: 0.5 * (u.PPV - p.PPV + (u.FOR - p.FOR)),
    equalized_odds_difference: pythonMax([Math.abs(fpr), Math.abs(tpr)]),
    generalized_equalized_odds_difference: pythonMax([Math.abs(u.GFPR - p.GFPR), Math.abs(u.GTPR - p.GTPR)]),
    error_rate_difference: errorU - errorP,
    error_rate_ratio: numpyRatio(errorU, errorP),
  };
}

export interface Aif360View {
  privileged: string;
  all: Aif360Rates;
  privilegedRates: Aif360Rates;
  unprivilegedRates: Aif360Rates;
  /** ClassificationMetric: the predictions. */
  metric: Record<string, number>;
  /** BinaryLabelDatasetMetric: the labels. */
  dataset: Record<string, number>;
  /** Each group's rates, and against the privileged one alone. */
  byGroup: { group: Group; rates: Aif360Rates; vsPrivileged?: Record<string, number> }[];
  /** Kamiran & Calders 2012 weights: P(group) P(label) / P(group, label). */
  reweighing: Record<"w_p_fav" | "w_p_unfav" | "w_up_fav" | "w_up_unfav", number>;
}

/**
 * AIF360's view of one attribute. `privileged`: the value of the privileged group. Throws a RangeError where no row has it.
 * `scoresOf` gives the scores' sums of a group, for tables with scores.
 */
export function aif360View(
  grouping: Grouping,
  privileged: string,
  scoresOf?: (group: Group) => GeneralizedCounts,
): Aif360View {
  const groups = grouping.groups.filter((group) => !hasMissingValue(group));
  const own = groups.find(({ key }) => key[0] === privileged);
  if (!own) throw new RangeError(`no row has ${privileged} in ${grouping.attributes.join(", ")}`);
  const others = groups.filter((group) => group !== own);
  const scores = (parts: readonly Group[]) => (scoresOf ? sumScores(parts.map(scoresOf)) : undefined);
  const rates = (parts: readonly Group[]) => aif360Rates(mergeGroups(parts, []).counts, scores(parts));
  const p = rates([own]);
  const u = rates(others);
  const entropy = aif360Entropy(groups, [mergeGroups(others, []), own]);
  const labels = groups.map(({ counts }) => ({ positive: labelPositives(counts), total: total(counts) }));
  const selected = groups.map(({ counts }) => ({
    positive: predictedPositives(counts),
    total: total(counts),
  }));
  const edf = differentialFairness(labels.map((outcomes) => smoothedRate(outcomes)));
  return {
    privileged,
    all: rates(groups),
    privilegedRates: p,
    unprivilegedRates: u,
    metric: {
      ...aif360Differences(u, p),
      ...entropy,
      differential_fairness_bias_amplification:
        differentialFairness(selected.map((outcomes) => smoothedRate(outcomes))) - edf,
    },
    dataset: {
      disparate_impact: numpyRatio(u.base_rate, p.base_rate),
      statistical_parity_difference: u.base_rate - p.base_rate,
      smoothed_empirical_differential_fairness: edf,
    },
    byGroup: groups.map((group) => {
      const ownRates = rates([group]);
      if (group === own) return { group, rates: ownRates };
      return {
        group,
        rates: ownRates,
        vsPrivileged: { ...aif360Differences(ownRates, p), theil_index: entropy.theil_index! },
      };
    }),
    reweighing: reweighing(mergeGroups(others, []).counts, own.counts),
  };
}

function reweighing(u: Confusion, p: Confusion): Aif360View["reweighing"] {
  const n = total(u) + total(p);
  const favourable = labelPositives(u) + labelPositives(p);
  const unfavourable = labelNegatives(u) + labelNegatives(p);
  const weight = (group: Confusion, label: number, joint: number) =>
    numpyRatio((total(group) * label) / n, joint);
  return {
    w_p_fav: weight(p, favourable, labelPositives(p)),
    w_p_unfav: weight(p, unfavourable, labelNegatives(p)),
    w_up_fav: weight(u, favourable, labelPositives(u)),
    w_up_unfav: weight(u, unfavourable, labelNegatives(u)),
  };
}
