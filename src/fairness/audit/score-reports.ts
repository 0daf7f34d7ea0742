/** What a score tells per group, whatever the threshold: ranking and calibration, with ranges. */

import { areProbabilities, calibration, type GroupCalibration } from "../metrics/calibration.ts";
import type { CellCounts } from "../metrics/cells.ts";
import { labelNegatives, labelPositives } from "../metrics/confusion.ts";
import { type CellGroups, groupCounts, groupName } from "../metrics/groups.ts";
import { rocAuc } from "../metrics/roc-auc.ts";
import type { ScoreScale } from "../metrics/score-scale.ts";
import { intervalZ } from "../statistics/distributions.ts";
import type { Interval } from "../statistics/interval.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import type { Estimate } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

export interface ScoreReport {
  group: string;
  /** Area under the ROC curve. */
  auc: Estimate;
  /** Mean label minus mean score; null where the scores are no probabilities. */
  inTheLarge: Estimate | null;
  /** Mean distance of label and score over the bins, without a range; null where the scores are no probabilities, or without rows. */
  calibrationError: number | null;
  /** Common bins of all groups; empty where the scores are no probabilities. */
  bins: GroupCalibration["bins"];
  small?: string;
}

/** One per group. `scale`: of the table's scores. */
export function scoreReports(
  table: BinaryTable,
  counts: CellCounts,
  { keys, of, attributes }: CellGroups,
  scale: ScoreScale,
  settings: AuditSettings,
): ScoreReport[] {
  const { groups } = groupCounts(counts, attributes);
  const rowGroup = counts.cells.of.map((cell) => of[cell]!);
  const areas = rocAuc(table, rowGroup, keys.length, scale);
  const calibrated = areProbabilities(scale.sorted)
    ? calibration(table, rowGroup, keys.length, 10, settings.level, scale)
    : undefined;
  return keys.map((key, index) => {
    const { rows } = groups[index]!;
    const positives = labelPositives(rows);
    const negatives = labelNegatives(rows);
    const { minDenominator } = settings.small;
    const few = Math.min(positives, negatives);
    return {
      group: groupName(key),
      auc: aucEstimate(areas[index]!, positives, negatives, table.weights !== undefined, settings.level),
      inTheLarge: calibrated
        ? meanEstimate(calibrated[index]!, positives + negatives, table.weights !== undefined, settings.level)
        : null,
      calibrationError: calibrated ? calibrated[index]!.calibrationError : null,
      bins: calibrated ? calibrated[index]!.bins : [],
      ...(few < minDenominator && { small: `${few} rows of one label, fewer than ${minDenominator}` }),
    };
  });
}

/** Standard error after Hanley & McNeil 1982 (Radiology 143:29-36), from row counts. */
function aucEstimate(
  area: number | null,
  positives: number,
  negatives: number,
  weighted: boolean,
  level: number,
): Estimate {
  if (area === null)
    return { value: null, interval: null, remark: "not estimable: the group has one label only" };
  if (weighted) return { value: area, interval: null, remark: "no range: the rows are weighted" };
  const alike = area / (2 - area);
  const both = (2 * area * area) / (1 + area);
  const variance =
    (area * (1 - area) + (positives - 1) * (alike - area * area) + (negatives - 1) * (both - area * area)) /
    (positives * negatives);
  return {
    value: area,
    interval: around(area, Math.sqrt(Math.max(0, variance)), level, "Hanley-McNeil", 0, 1),
  };
}

function meanEstimate(
  { inTheLarge, brier }: GroupCalibration,
  rows: number,
  weighted: boolean,
  level: number,
): Estimate {
  if (inTheLarge === null || brier === null)
    return { value: null, interval: null, remark: "not estimable: no rows" };
  if (weighted || rows < 2)
    return {
      value: inTheLarge,
      interval: null,
      remark: weighted ? "no range: the rows are weighted" : "one row",
    };
  // The Brier score is the mean square of label minus score.
  const variance = (Math.max(0, brier - inTheLarge ** 2) * rows) / (rows - 1);
  return {
    value: inTheLarge,
    interval: around(inTheLarge, Math.sqrt(variance / rows), level, "normal, of the mean", -1, 1),
  };
}

function around(
  value: number,
  error: number,
  level: number,
  method: string,
  least: number,
  most: number,
): Interval {
  const half = intervalZ(level) * error;
  return { low: Math.max(least, value - half), high: Math.min(most, value + half), level, method };
}
