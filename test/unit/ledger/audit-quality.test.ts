import { describe, expect, it } from "vitest";
import { auditRegression } from "../../../src/fairness/audit/audit-regression.ts";
import { createRandom } from "../../../src/fairness/statistics/random.ts";
import type { RegressionTable } from "../../../src/fairness/table/scored-table.ts";
import { qualityOf } from "../../../src/ledger/audit-quality.ts";

const ROWS = 400;
const random = createRandom(7);
const label = Float64Array.from({ length: ROWS }, () => 100 * random.uniform());
const codes = Int32Array.from({ length: ROWS }, (_, row) => row % 2);
const prediction = label.map((value, row) => value + (codes[row] === 1 ? 30 : 10) * (random.uniform() - 0.5));
const table: RegressionTable = {
  ...{ task: "regression", source: "t", rows: ROWS, features: [], notes: [], label, prediction },
  sensitive: [{ kind: "category", name: "g", codes, levels: ["a", "b"], firstRow: [0, 1], firstMissing: -1 }],
};

/** The three figures of the rows that are kept. */
function figures(rows: readonly number[]) {
  const mean = (of: (row: number) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const error = (row: number) => prediction[row]! - label[row]!;
  const middle = mean((row) => label[row]!);
  const squared = mean((row) => error(row) ** 2);
  return {
    root_mean_squared_error: Math.sqrt(squared),
    mean_absolute_error: mean((row) => Math.abs(error(row))),
    r_squared: 1 - squared / mean((row) => (label[row]! - middle) ** 2),
  };
}

describe("the quality of a regression", () => {
  const all = Array.from({ length: ROWS }, (_, row) => row);
  const quality = qualityOf(auditRegression(table));

  it.each(["root_mean_squared_error", "mean_absolute_error", "r_squared"] as const)(
    "%s is told with a range as wide as the jackknife's",
    (measure) => {
      const found = quality.find((each) => each.measure === measure)!;
      expect(found.value).toBeCloseTo(figures(all)[measure], 10);
      const left = all.map((out) => figures(all.filter((row) => row !== out))[measure]);
      const mean = left.reduce((sum, value) => sum + value, 0) / ROWS;
      const jackknife = Math.sqrt(
        ((ROWS - 1) / ROWS) * left.reduce((sum, value) => sum + (value - mean) ** 2, 0),
      );
      expect((found.high! - found.low!) / 2 / 1.959964 / jackknife).toBeCloseTo(1, 1);
    },
  );

  it("of errors less is better, and the worst group is the one with the largest", () => {
    expect(quality.map(({ measure, better, worst }) => [measure, better, worst?.group])).toEqual([
      ["root_mean_squared_error", "lower", "b"],
      ["mean_absolute_error", "lower", "b"],
      ["r_squared", undefined, "b"],
    ]);
  });

  it("has no range where rows have weights, and is nothing without any", () => {
    const weighted = qualityOf(auditRegression({ ...table, weights: new Float64Array(ROWS).fill(2) }));
    expect(weighted[0]).toMatchObject({ low: null, high: null });
    expect(weighted[0]!.value).toBeCloseTo(quality[0]!.value, 10);
  });
});
