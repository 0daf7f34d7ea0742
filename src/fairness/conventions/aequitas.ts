/** Bias and parity as Aequitas 1.0.0 defines them (aequitas/group.py, bias.py, fairness.py). */

import {
  type Confusion,
  labelNegatives,
  labelPositives,
  predictedNegatives,
  predictedPositives,
  total,
} from "../metrics/confusion.ts";
import { type Group, type Grouping, groupRows, hasMissingValue } from "../metrics/groups.ts";
import { type Convention, undefinedAsNaN } from "./library-value.ts";

export const AEQUITAS: Convention = {
  library: "Aequitas 1.0.0",
  direction: "group over reference group; fair while tau <= ratio <= 1/tau, tau = 0.8",
  reference: "the group named, the largest one, or the one with the smallest metric",
  zeroDenominators: "NaN; a disparity over 0 is 10",
  missingValues: "rows without a value are in no group and stay in the totals (k, total_entities)",
  weights: "are not used: rows are counted",
  caution:
    "ppr is a share of all selected rows, so that it follows the group's size; pprev is the selection rate. Its parity flags compare in floating point and miss a ratio of exactly 4/5",
};

export const AEQUITAS_DISPARITIES = [
  "ppr",
  "pprev",
  "precision",
  "fdr",
  "for",
  "fpr",
  "fnr",
  "tpr",
  "tnr",
  "npv",
] as const;
export type AequitasMetric = (typeof AEQUITAS_DISPARITIES)[number];

/** What stands for a disparity over zero (Bias.fill_divbyzero). */
const DIVIDED_BY_ZERO = 10;

export type AequitasRow = Record<AequitasMetric | "accuracy" | "prev", number> & {
  k: number;
  pp: number;
  pn: number;
  fp: number;
  fn: number;
  tn: number;
  tp: number;
  group_label_pos: number;
  group_label_neg: number;
  group_size: number;
  total_entities: number;
};

/** Aequitas' metrics of a group of rows within a table. */
export function aequitasMetrics(rows: Confusion, all: Confusion): AequitasRow {
  const { tp, fp, fn, tn } = rows;
  const pp = predictedPositives(rows);
  const pn = predictedNegatives(rows);
  const positives = labelPositives(rows);
  const negatives = labelNegatives(rows);
  const n = total(rows);
  return {
    k: predictedPositives(all),
    accuracy: undefinedAsNaN(tp + tn, n),
    tpr: undefinedAsNaN(tp, positives),
    tnr: undefinedAsNaN(tn, negatives),
    for: undefinedAsNaN(fn, pn),
    fdr: undefinedAsNaN(fp, pp),
    fpr: undefinedAsNaN(fp, negatives),
    fnr: undefinedAsNaN(fn, positives),
    npv: undefinedAsNaN(tn, pn),
    precision: undefinedAsNaN(tp, pp),
    pp,
    pn,
    ppr: undefinedAsNaN(pp, predictedPositives(all)),
    pprev: undefinedAsNaN(pp, n),
    fp,
    fn,
    tn,
    tp,
    group_label_pos: positives,
    group_label_neg: negatives,
    group_size: n,
    total_entities: total(all),
    prev: undefinedAsNaN(positives, n),
  };
}

/** "majority": the largest group; "min_metric": per metric the smallest value; or the key of a group. */
export type AequitasReference = "majority" | "min_metric" | { group: string };

export interface AequitasGroup {
  group: Group;
  metrics: AequitasRow;
  /** group / reference; NaN where either is undefined. */
  disparities: Record<AequitasMetric, number>;
  /** Index of the reference group per metric. */
  references: Record<AequitasMetric, number>;
}

/**
 * Groups in sorted order with their disparities. Rows with a missing value are in no group. Throws a RangeError for a
 * reference group that is not there. A group without rows is not listed.
 */
export function aequitasGroups(grouping: Grouping, reference: AequitasReference): AequitasGroup[] {
  const groups = grouping.groups.filter((group) => !hasMissingValue(group) && groupRows(group) > 0);
  const metrics = groups.map(({ rows }) => aequitasMetrics(rows, grouping.overall.rows));
  const references = Object.fromEntries(
    AEQUITAS_DISPARITIES.map((metric) => [metric, referenceOf(metric, metrics, groups, reference)]),
  ) as Record<AequitasMetric, number>;
  return groups.map((group, index) => ({
    group,
    metrics: metrics[index]!,
    references,
    disparities: Object.fromEntries(
      AEQUITAS_DISPARITIES.map((metric) => [
        metric,
        disparity(metrics[index]![metric], metrics[references[metric]]![metric]),
      ]),
    ) as Record<AequitasMetric, number>,
  }));
}

function disparity(value: number, reference: number): number {
  const quotient = value / reference;
  return quotient === Number.POSITIVE_INFINITY ? DIVIDED_BY_ZERO : quotient;
}

function referenceOf(
  metric: AequitasMetric,
  metrics: readonly AequitasRow[],
  groups: readonly Group[],
  reference: AequitasReference,
): number {
  if (typeof reference === "object") {
    const at = groups.findIndex(({ key }) => key.join("|") === reference.group);
    if (at < 0) throw new RangeError(`no group "${reference.group}"`);
    return at;
  }
  let best = 0;
  for (const [index, row] of metrics.entries()) {
    const better =
      reference === "majority"
        ? row.group_size > metrics[best]!.group_size
        : row[metric] < metrics[best]![metric] ||
          (Number.isNaN(metrics[best]![metric]) && !Number.isNaN(row[metric]));
    if (better) best = index;
  }
  return best;
}
