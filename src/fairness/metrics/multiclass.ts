/** Multi-class models: each class against the rest, per group. */

import type { MulticlassTable } from "../table/scored-table.ts";
import { type Confusion, confusionAt, FN, FP, OUTCOMES, TN, TP } from "./confusion.ts";
import { divide } from "./rates.ts";

export interface MulticlassGroup {
  rows: number;
  weight: number;
  /** Per class, that class being positive and all others negative. */
  byClass: Confusion[];
  /** Weighted part predicted right; null without rows. */
  accuracy: number | null;
  /** Mean of the classes' F1, classes that the group neither has nor gets left out; null without any. */
  macroF1: number | null;
}

/** `of`: group of each row. One pass over the rows. */
export function multiclassGroups(table: MulticlassTable, of: Int32Array, groups: number): MulticlassGroup[] {
  const classes = table.classes.length;
  const rows = new Float64Array(groups);
  const weight = new Float64Array(groups);
  const right = new Float64Array(groups);
  const labelled = new Float64Array(groups * classes);
  const predicted = new Float64Array(groups * classes);
  const hit = new Float64Array(groups * classes);
  for (let row = 0; row < table.rows; row++) {
    const group = of[row]!;
    const w = table.weights ? table.weights[row]! : 1;
    const label = table.label[row]!;
    const prediction = table.prediction[row]!;
    rows[group]!++;
    weight[group]! += w;
    labelled[group * classes + label]! += w;
    predicted[group * classes + prediction]! += w;
    if (label !== prediction) continue;
    right[group]! += w;
    hit[group * classes + label]! += w;
  }
  return Array.from({ length: groups }, (_, group) => {
    const counts = new Float64Array(classes * OUTCOMES);
    for (let each = 0; each < classes; each++) {
      const at = group * classes + each;
      const start = each * OUTCOMES;
      counts[start + TP] = hit[at]!;
      counts[start + FN] = labelled[at]! - hit[at]!;
      counts[start + FP] = predicted[at]! - hit[at]!;
      counts[start + TN] = weight[group]! - labelled[at]! - predicted[at]! + hit[at]!;
    }
    const byClass = Array.from({ length: classes }, (_unused, each) => confusionAt(counts, each));
    const f1 = byClass
      .map(({ tp, fp, fn }) => divide(2 * tp, 2 * tp + fp + fn))
      .filter((value) => value !== null);
    return {
      rows: rows[group]!,
      weight: weight[group]!,
      byClass,
      accuracy: divide(right[group]!, weight[group]!),
      macroF1: divide(
        f1.reduce((sum, value) => sum + value, 0),
        f1.length,
      ),
    };
  });
}
