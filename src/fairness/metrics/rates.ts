/** Rates of a group: what was counted over what it was counted among. */

import {
  type Confusion,
  labelNegatives,
  labelPositives,
  NO_CONFUSION,
  predictedNegatives,
  predictedPositives,
  total,
} from "./confusion.ts";

export const RATES = [
  "selection_rate",
  "base_rate",
  "true_positive_rate",
  "false_negative_rate",
  "false_positive_rate",
  "true_negative_rate",
  "precision",
  "false_discovery_rate",
  "negative_predictive_value",
  "false_omission_rate",
  "accuracy",
  "error_rate",
] as const;
export type RateName = (typeof RATES)[number];

interface RateDefinition {
  label: string;
  /** What the denominator counts, for people: "rows labelled positive". */
  among: string;
  numerator: (counts: Confusion) => number;
  denominator: (counts: Confusion) => number;
}

/** Hardt et al. 2016 and Verma & Rubin 2018 name them so; P, N by label, PP, PN by prediction. */
export const RATE_DEFINITIONS: Record<RateName, RateDefinition> = {
  selection_rate: rate("selection rate", "rows", predictedPositives, total),
  base_rate: rate("base rate", "rows", labelPositives, total),
  true_positive_rate: rate("true positive rate", "rows labelled positive", ({ tp }) => tp, labelPositives),
  false_negative_rate: rate("false negative rate", "rows labelled positive", ({ fn }) => fn, labelPositives),
  false_positive_rate: rate("false positive rate", "rows labelled negative", ({ fp }) => fp, labelNegatives),
  true_negative_rate: rate("true negative rate", "rows labelled negative", ({ tn }) => tn, labelNegatives),
  precision: rate("precision", "rows predicted positive", ({ tp }) => tp, predictedPositives),
  false_discovery_rate: rate(
    "false discovery rate",
    "rows predicted positive",
    ({ fp }) => fp,
    predictedPositives,
  ),
  negative_predictive_value: rate(
    "negative predictive value",
    "rows predicted negative",
    ({ tn }) => tn,
    predictedNegatives,
  ),
  false_omission_rate: rate(
    "false omission rate",
    "rows predicted negative",
    ({ fn }) => fn,
    predictedNegatives,
  ),
  accuracy: rate("accuracy", "rows", ({ tp, tn }) => tp + tn, total),
  error_rate: rate("error rate", "rows", ({ fp, fn }) => fp + fn, total),
};

/** A rate with what it was made of. `value` is null where the denominator is 0: it is not estimable, and neither 0 nor 1. */
export interface Rate {
  name: RateName;
  numerator: number;
  denominator: number;
  /** 0 to 1. */
  value: number | null;
}

export function rateOf(name: RateName, counts: Confusion): Rate {
  const definition = RATE_DEFINITIONS[name];
  const numerator = definition.numerator(counts);
  const denominator = definition.denominator(counts);
  return { name, numerator, denominator, value: divide(numerator, denominator) };
}

/** What each outcome counts for a rate: 0 or 1, in the order of an array of four outcomes. */
export interface RateParts {
  numerator: readonly [number, number, number, number];
  denominator: readonly [number, number, number, number];
}

/** For arrays of counts, where an object for each group and resampled table would take most of the time. */
export function rateParts(name: RateName): RateParts {
  const { numerator, denominator } = RATE_DEFINITIONS[name];
  const of = (counted: (counts: Confusion) => number): RateParts["numerator"] => [
    counted({ ...NO_CONFUSION, tp: 1 }),
    counted({ ...NO_CONFUSION, fn: 1 }),
    counted({ ...NO_CONFUSION, fp: 1 }),
    counted({ ...NO_CONFUSION, tn: 1 }),
  ];
  return { numerator: of(numerator), denominator: of(denominator) };
}

/** The rate of the group at `4 * group` of an array; NaN where its denominator is 0. */
export function rateAt(
  { numerator: n, denominator: d }: RateParts,
  counts: Float64Array,
  group: number,
): number {
  const at = group * 4;
  const a = counts[at]!;
  const b = counts[at + 1]!;
  const c = counts[at + 2]!;
  const e = counts[at + 3]!;
  const among = d[0] * a + d[1] * b + d[2] * c + d[3] * e;
  return among === 0 ? Number.NaN : (n[0] * a + n[1] * b + n[2] * c + n[3] * e) / among;
}

/** The quotient; null where the denominator is 0. */
export const divide = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : numerator / denominator;

function rate(
  label: string,
  among: string,
  numerator: (counts: Confusion) => number,
  denominator: (counts: Confusion) => number,
): RateDefinition {
  return { label, among, numerator, denominator };
}
