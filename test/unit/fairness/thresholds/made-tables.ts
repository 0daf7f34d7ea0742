/** Random scored tables, small enough to check by force. */

import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import type { CategoryColumn } from "../../../../src/fairness/table/column.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";

interface Shape {
  rows: number;
  groups: number;
  /** Distinct scores, at most. */
  scores: number;
  weighted?: boolean;
}

export function madeTable(seed: number, { rows, groups, scores, weighted }: Shape): BinaryTable {
  const random = createRandom(seed);
  const codes = Int32Array.from({ length: rows }, (_, row) => (row < groups ? row : random.index(groups)));
  const score = Float64Array.from({ length: rows }, () => (random.index(scores) + 1) / (scores + 1));
  const column: CategoryColumn = {
    kind: "category",
    name: "group",
    codes,
    levels: Array.from({ length: groups }, (_, group) => `g${group}`),
    firstRow: Array.from({ length: groups }, (_, group) => group),
    firstMissing: -1,
  };
  return {
    task: "binary",
    source: "made.csv",
    rows,
    sensitive: [column],
    features: [],
    notes: [],
    label: Uint8Array.from(score, (value) => (random.uniform() < value ? 1 : 0)),
    prediction: new Uint8Array(rows),
    score,
    positive: "1",
    negative: "0",
    favourable: "positive",
    ...(weighted && { weights: Float64Array.from({ length: rows }, () => random.index(4) / 2 + 0.5) }),
  };
}
