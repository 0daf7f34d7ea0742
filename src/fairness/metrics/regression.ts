/** Errors of a regression model per group. */

import type { RegressionTable } from "../table/scored-table.ts";

/** Weighted. All but `rows` and `rSquared` are in the label's unit (squared for none); null without rows. */
export interface RegressionGroup {
  rows: number;
  weight: number;
  meanLabel: number | null;
  meanPrediction: number | null;
  /** Mean of prediction minus label: above 0 the model is too high for the group. */
  meanError: number | null;
  meanAbsoluteError: number | null;
  rootMeanSquaredError: number | null;
  /** 1 - residual / total sum of squares; null where all labels are equal. */
  rSquared: number | null;
  /** Variance of the errors (n - 1 in the denominator), for tests; null for fewer than two rows or with weights. */
  errorVariance: number | null;
  /** Of the three figures, by the delta method; null for fewer than two rows, with weights, and where the figure is null. */
  standardErrors: Record<"meanAbsoluteError" | "rootMeanSquaredError" | "rSquared", number | null>;
}

/** `of`: group of each row. */
export function regressionGroups(table: RegressionTable, of: Int32Array, groups: number): RegressionGroup[] {
  const sum = () => new Float64Array(groups);
  const rows = sum();
  const weight = sum();
  const labels = sum();
  const predictions = sum();
  const absolute = sum();
  const squared = sum();
  for (let row = 0; row < table.rows; row++) {
    const group = of[row]!;
    const w = table.weights ? table.weights[row]! : 1;
    const error = table.prediction[row]! - table.label[row]!;
    rows[group]!++;
    weight[group]! += w;
    labels[group]! += w * table.label[row]!;
    predictions[group]! += w * table.prediction[row]!;
    absolute[group]! += w * Math.abs(error);
    squared[group]! += w * error * error;
  }
  // A second pass for what is squared about a mean: sums of squares of large numbers would cancel.
  const spread = sum();
  const errorSpread = sum();
  const absoluteSpread = sum();
  const squaredSpread = sum();
  for (let row = 0; row < table.rows; row++) {
    const group = of[row]!;
    const w = table.weights ? table.weights[row]! : 1;
    const meanLabel = labels[group]! / weight[group]!;
    const meanError = (predictions[group]! - labels[group]!) / weight[group]!;
    spread[group]! += w * (table.label[row]! - meanLabel) ** 2;
    const error = table.prediction[row]! - table.label[row]!;
    errorSpread[group]! += (error - meanError) ** 2;
    absoluteSpread[group]! += (Math.abs(error) - absolute[group]! / weight[group]!) ** 2;
    squaredSpread[group]! += (error * error - squared[group]! / weight[group]!) ** 2;
  }
  // A third one for what depends on the whole spread: how much a row moves 1 - residual / total.
  const influence = sum();
  for (let row = 0; row < table.rows; row++) {
    const group = of[row]!;
    if (spread[group] === 0) continue;
    const [n, total] = [rows[group]!, spread[group]!];
    const distance = (table.label[row]! - labels[group]! / weight[group]!) ** 2;
    const error = (table.prediction[row]! - table.label[row]!) ** 2;
    influence[group]! += ((n * error) / total - (squared[group]! / total) * ((n * distance) / total)) ** 2;
  }
  return Array.from({ length: groups }, (_, group) => {
    const w = weight[group]!;
    const mean = (total: number) => (w === 0 ? null : total / w);
    const meanSquared = mean(squared[group]!);
    const known = !table.weights && rows[group]! >= 2;
    const error = (total: number) => (known ? Math.sqrt(total / (rows[group]! - 1) / rows[group]!) : null);
    return {
      rows: rows[group]!,
      weight: w,
      meanLabel: mean(labels[group]!),
      meanPrediction: mean(predictions[group]!),
      meanError: mean(predictions[group]! - labels[group]!),
      meanAbsoluteError: mean(absolute[group]!),
      rootMeanSquaredError: meanSquared === null ? null : Math.sqrt(meanSquared),
      rSquared: w === 0 || spread[group] === 0 ? null : 1 - squared[group]! / spread[group]!,
      errorVariance: known ? errorSpread[group]! / (rows[group]! - 1) : null,
      standardErrors: {
        meanAbsoluteError: error(absoluteSpread[group]!),
        // Of a root: that of what is under it, over twice the root.
        rootMeanSquaredError: meanSquared
          ? scaled(error(squaredSpread[group]!), 0.5 / Math.sqrt(meanSquared))
          : null,
        rSquared: spread[group] === 0 ? null : error(influence[group]!),
      },
    };
  });
}

const scaled = (value: number | null, factor: number) => (value === null ? null : value * factor);

/**
 * Statistical parity of a regression (Agarwal et al. 2019, arXiv 1905.12843): the largest distance between the distribution
 * of the predictions in a group and that of all rows (Kolmogorov-Smirnov), 0 to 1. Rows count once each; null without rows.
 */
export function predictionDistance(
  table: RegressionTable,
  of: Int32Array,
  groups: number,
): (number | null)[] {
  const order = new Uint32Array(table.rows);
  for (let row = 0; row < order.length; row++) order[row] = row;
  order.sort((a, b) => table.prediction[a]! - table.prediction[b]!);
  const sizes = new Float64Array(groups);
  for (const group of of) sizes[group]!++;
  const seen = new Float64Array(groups);
  const largest = new Float64Array(groups);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    seen[of[row]!]!++;
    const next = order[at + 1];
    if (next !== undefined && table.prediction[next] === table.prediction[row]) continue;
    for (let group = 0; group < groups; group++) {
      const distance = Math.abs(seen[group]! / sizes[group]! - (at + 1) / table.rows);
      if (distance > largest[group]!) largest[group] = distance;
    }
  }
  return Array.from(largest, (distance, group) => (sizes[group] === 0 ? null : distance));
}
