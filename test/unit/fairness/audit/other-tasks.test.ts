import { describe, expect, it } from "vitest";
import { auditMulticlass } from "../../../../src/fairness/audit/audit-multiclass.ts";
import { auditRegression } from "../../../../src/fairness/audit/audit-regression.ts";
import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import type { CategoryColumn } from "../../../../src/fairness/table/column.ts";
import type { MulticlassTable, RegressionTable } from "../../../../src/fairness/table/scored-table.ts";

const ROWS = 3000;
const GROUPS: CategoryColumn = {
  kind: "category",
  name: "g",
  codes: Int32Array.from({ length: ROWS }, (_, row) => (row < 10 ? -1 : row % 3 === 0 ? 1 : 0)),
  levels: ["a", "b"],
  firstRow: [10, 12],
  firstMissing: 0,
};
const COMMON = { source: "t", rows: ROWS, sensitive: [GROUPS], features: [], notes: [] };

describe("several classes", () => {
  const random = createRandom(1);
  const label = Int32Array.from({ length: ROWS }, () => random.index(3));
  // Class 2 of group b is often taken for class 0.
  const prediction = label.map((code, row) =>
    code === 2 && GROUPS.codes[row] === 1 && random.uniform() < 0.6 ? 0 : code,
  );
  const table: MulticlassTable = {
    ...COMMON,
    task: "multiclass",
    classes: ["x", "y", "z"],
    label,
    prediction,
  };

  it("audits each class against the rest and finds the one that is missed", () => {
    const { byClass, groupings } = auditMulticlass(table, { replicates: 100 });
    expect(byClass.map((each) => each.class)).toEqual(["x", "y", "z"]);
    const recall = (index: number) =>
      byClass[index]!.audit.groupings[0]!.measures.find(({ name }) => name === "equal_opportunity")!
        .difference;
    expect(recall(1).value).toBe(0);
    expect(recall(2).value).toBeGreaterThan(0.5);
    expect(recall(2).interval!.low).toBeGreaterThan(0.4);
    const [a, b, missing] = groupings[0]!.groups;
    expect(a!.accuracy.value).toBe(1);
    expect(b!.accuracy.interval!.high).toBeLessThan(0.9);
    expect(missing).toMatchObject({ name: "(missing)", rows: 10, small: "10 rows, fewer than 30" });
  });

  it("refuses more classes than anybody reads", () => {
    const classes = Array.from({ length: 60 }, (_, at) => String(at));
    expect(() => auditMulticlass({ ...table, classes })).toThrow("60 classes");
  });
});

describe("regression", () => {
  const random = createRandom(4);
  const label = Float64Array.from({ length: ROWS }, () => 100 * random.uniform());
  const noise = () => 5 * (random.uniform() - 0.5);
  const table: RegressionTable = {
    ...COMMON,
    task: "regression",
    label,
    prediction: label.map((value, row) => value + noise() - (GROUPS.codes[row] === 1 ? 3 : 0)),
  };

  it("shows whose predictions are too low, by how much, and how sure that is", () => {
    const [grouping] = auditRegression(table).groupings;
    const [a, b, missing] = grouping!.groups;
    expect(grouping!.reference).toBe("a");
    expect(a!.comparison).toBeUndefined();
    expect(a!.bias.interval!.low).toBeLessThan(0);
    expect(a!.bias.interval!.high).toBeGreaterThan(0);
    expect(b!.bias.value).toBeCloseTo(-3, 0);
    expect(b!.comparison!.difference.interval!.high).toBeLessThan(-2.7);
    expect(b!.comparison!.adjusted).toBeLessThan(1e-9);
    expect(b!.distance).toBeGreaterThan(0);
    expect(missing).toMatchObject({ small: "10 rows, fewer than 30" });
    expect(missing!.comparison).toBeUndefined();
  });
});
