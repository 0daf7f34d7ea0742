import { describe, expect, it } from "vitest";
import { driftOf } from "../../../../src/fairness/causes/drift.ts";
import { gateOf } from "../../../../src/fairness/causes/gate.ts";
import { mcnemar } from "../../../../src/fairness/causes/mcnemar.ts";
import { findSlices } from "../../../../src/fairness/causes/slices.ts";
import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import type { CategoryColumn, Column } from "../../../../src/fairness/table/column.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";

const LEVELS = ["a", "b"];
const category = (name: string, codes: Int32Array, levels = LEVELS): CategoryColumn => ({
  kind: "category",
  name,
  codes,
  levels,
  firstRow: [],
  firstMissing: -1,
});

/** Labels half positive; each prediction is right with the chance of its group. */
function tableOf(rows: number, right: readonly [number, number], seed: number): BinaryTable {
  const random = createRandom(seed);
  const groups = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const label = Uint8Array.from({ length: rows }, (_, row) => (row >> 1) % 2);
  const prediction = label.map((value, row) =>
    random.uniform() < right[groups[row]! as 0 | 1] ? value : 1 - value,
  );
  return {
    task: "binary",
    source: "t",
    rows,
    label,
    prediction,
    sensitive: [category("g", groups)],
    features: [],
    notes: [],
    positive: "1",
    negative: "0",
    favourable: "positive",
  };
}

describe("slices", () => {
  const rows = 4000;
  const random = createRandom(2);
  const columns = ["x", "y", "z", "noise"].map(
    (name): Column =>
      category(
        name,
        Int32Array.from({ length: rows }, () => random.index(3)),
        ["p", "q", "r"],
      ),
  );
  const code = (column: number, row: number) => (columns[column] as { codes: Int32Array }).codes[row];
  const loss = Float64Array.from({ length: rows }, (_, row) => {
    const bad = code(0, row) === 0 && code(1, row) === 1;
    return random.uniform() < (bad ? 0.6 : 0.1) ? 1 : 0;
  });

  it("finds the combination that was planted, and lists its parts only where they are worse by themselves", () => {
    const { slices, tested, complete } = findSlices(columns, loss);
    expect(complete).toBe(true);
    expect(tested).toBeGreaterThan(12 + 54);
    expect(slices[0]!.conditions).toEqual([
      { feature: "x", value: "p" },
      { feature: "y", value: "q" },
    ]);
    expect(slices[0]!.loss).toBeCloseTo(0.6, 1);
    expect(slices[0]!.restLoss).toBeCloseTo(0.1, 1);
    expect(slices[0]!.effect).toBeGreaterThan(1);
    expect(slices[0]!.interval.low).toBeGreaterThan(0.3);
    expect(slices.filter(({ conditions }) => conditions.length === 3)).toEqual([]);
    expect(slices.some(({ conditions }) => conditions.some(({ feature }) => feature === "noise"))).toBe(
      false,
    );
  });

  it("finds nothing in noise, however many slices are tested", () => {
    const noise = Float64Array.from({ length: rows }, () => (random.uniform() < 0.2 ? 1 : 0));
    const { slices, tested } = findSlices(columns, noise, { minEffect: 0 });
    expect(tested).toBeGreaterThan(100);
    expect(slices).toEqual([]);
  });

  it("respects the depth and the floor", () => {
    expect(findSlices(columns, loss, { depth: 1 }).tested).toBe(12);
    expect(findSlices(columns, loss, { minRows: 2000 }).tested).toBe(0);
  });
});

describe("drift", () => {
  it("sees a group that is treated worse than before, and nothing where nothing changed", () => {
    const before = tableOf(4000, [0.8, 0.8], 1);
    const worse = driftOf(before, tableOf(4000, [0.8, 0.6], 2), "g");
    const accuracy = worse.rates.find(({ group, rate }) => group === "b" && rate === "accuracy")!;
    expect(accuracy.adjusted).toBeLessThan(0.001);
    expect(accuracy.interval!.high).toBeLessThan(-0.1);
    const gap = worse.measures.find(({ measure }) => measure === "accuracy_equality")!;
    expect(gap.interval!.low).toBeGreaterThan(0.05);
    const same = driftOf(before, tableOf(4000, [0.8, 0.8], 3), "g");
    expect(same.rates.filter(({ adjusted }) => adjusted < 0.05)).toEqual([]);
    expect(same.measures.every(({ interval }) => interval!.low <= 0 && interval!.high >= 0)).toBe(true);
  });

  it("names groups that only one table has", () => {
    const before = tableOf(100, [0.8, 0.8], 1);
    const after = { ...before, sensitive: [category("g", before.sensitive[0]!.codes, ["a", "c"])] };
    expect(driftOf(before, after, "g").only).toMatchObject({
      before: [{ group: "b" }],
      after: [{ group: "c" }],
    });
    expect(() => driftOf(before, after, "h")).toThrow("no sensitive column h");
    expect(() => driftOf(before, { ...after, weights: new Float64Array(100) }, "g")).toThrow(
      "without weights",
    );
  });
});

describe("the gate", () => {
  // scipy.stats.binomtest(2, 12).pvalue
  it("McNemar is exact", () => {
    expect(mcnemar(10, 2).p).toBeCloseTo(0.03857421875, 12);
    expect(mcnemar(5, 5).p).toBe(1);
    expect(mcnemar(0, 0).p).toBe(1);
    expect(mcnemar(0, 6).p).toBeCloseTo(2 / 64, 12);
  });

  const present = tableOf(20_000, [0.85, 0.85], 1);
  const change = (harm: readonly [number, number], seed: number) => {
    const random = createRandom(seed);
    const groups = present.sensitive[0]!.codes;
    return present.prediction.map((value, row) =>
      value === present.label[row] && random.uniform() < harm[groups[row]! as 0 | 1] ? 1 - value : value,
    );
  };

  it("passes a model that treats everybody as the present one does", () => {
    const gate = gateOf(present, change([0.002, 0.002], 1), "g", { limits: { accuracy_equality: 0.1 } });
    expect(gate.verdict).toBe("pass");
    expect(gate.checks.every(({ interval }) => interval!.method.includes("paired"))).toBe(true);
    expect(gate.accuracy.after).toBeLessThan(gate.accuracy.before);
  });

  it("fails one that hurts a group while the whole looks almost the same", () => {
    const gate = gateOf(present, change([0, 0.1], 2), "g");
    expect(gate.verdict).toBe("fail");
    const failed = gate.checks.filter(({ verdict }) => verdict === "fail").map(({ what }) => what);
    expect(failed).toContain("accuracy for b may fall by at most 0.02");
    expect(failed).toContain("accuracy_equality may grow by at most 0.02");
    expect(failed).not.toContain("accuracy for a may fall by at most 0.02");
    expect(gate.accuracy.test.p).toBeLessThan(1e-6);
  });

  it("does not pass what the data cannot show", () => {
    const few = tableOf(80, [0.85, 0.85], 4);
    const after = few.prediction.map((value, row) => (row % 9 === 0 ? 1 - value : value));
    expect(gateOf(few, after, "g").verdict).toBe("not enough data to tell");
    expect(() => gateOf(few, after.slice(1), "g")).toThrow("the same rows");
  });
});
