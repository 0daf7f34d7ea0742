import { describe, expect, it } from "vitest";
import { calibration } from "../../../../src/fairness/metrics/calibration.ts";
import { consistency } from "../../../../src/fairness/metrics/consistency.ts";
import { multiclassGroups } from "../../../../src/fairness/metrics/multiclass.ts";
import { predictionDistance, regressionGroups } from "../../../../src/fairness/metrics/regression.ts";
import { rocAuc } from "../../../../src/fairness/metrics/roc-auc.ts";
import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import type {
  BinaryTable,
  MulticlassTable,
  RegressionTable,
} from "../../../../src/fairness/table/scored-table.ts";
import { vectorTable } from "../vectors.ts";

const COMMON = { source: "t", sensitive: [], features: [], notes: [] };
const binary = (label: number[], score: number[], more: Partial<BinaryTable> = {}): BinaryTable => ({
  ...COMMON,
  task: "binary",
  rows: label.length,
  label: Uint8Array.from(label),
  prediction: Uint8Array.from(score, (value) => (value >= 0.5 ? 1 : 0)),
  score: Float64Array.from(score),
  positive: "1",
  negative: "0",
  favourable: "positive",
  ...more,
});

describe("ranking and calibration", () => {
  it("counts ties half, and has no area for a group with one label", () => {
    const table = binary([1, 0, 1, 0, 1], [0.8, 0.8, 0.4, 0.1, 0.3]);
    // Group 0: pairs (0.8, 0.8) tie, (0.8, 0.1), (0.4, 0.8) lost, (0.4, 0.1): 2.5 of 4.
    expect(rocAuc(table, Int32Array.of(0, 0, 0, 0, 1), 2)).toEqual([0.625, null]);
  });

  it("compares groups bin by bin over common bins", () => {
    const table = binary([1, 0, 1, 1, 0, 0, 1, 0], [0.1, 0.1, 0.4, 0.6, 0.6, 0.9, 0.9, 0.9]);
    const [all] = calibration(table, new Int32Array(8), 1, 2);
    expect(all!.bins.map(({ low, high, rows }) => [low, high, rows])).toEqual([
      [0.1, 0.6, 3],
      [0.6, 0.9, 5],
    ]);
    expect(all!.bins[1]).toMatchObject({ observed: 0.4 });
    expect(all!.bins[1]!.expected).toBeCloseTo(0.78, 12);
    expect(all!.inTheLarge).toBeCloseTo((4 - 4.5) / 8, 12);
    expect(all!.calibrationError).toBeCloseTo((Math.abs(2 - 0.6) + Math.abs(2 - 3.9)) / 8, 12);
    const [, empty] = calibration(table, new Int32Array(8), 2, 2);
    expect(empty).toMatchObject({ calibrationError: null, inTheLarge: null, brier: null });
    expect(empty!.bins[0]).toMatchObject({ observed: null, interval: null });
    expect(() => calibration(binary([1, 0], [3, 0.2]), new Int32Array(2), 1)).toThrow("probabilities");
  });

  it("puts every row of a real table into a bin", async () => {
    const { table } = await vectorTable("german_credit");
    const [all] = calibration(table, new Int32Array(table.rows), 1);
    expect(all!.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(1000);
    expect(all!.bins.every(({ rows }) => rows > 80 && rows < 120)).toBe(true);
  });
});

describe("regression", () => {
  const table: RegressionTable = {
    ...COMMON,
    task: "regression",
    rows: 5,
    label: Float64Array.of(1, 2, 3, 10, 10),
    prediction: Float64Array.of(2, 2, 5, 9, 11),
  };

  it("has errors per group, and says where there is none", () => {
    const [a, b, none] = regressionGroups(table, Int32Array.of(0, 0, 0, 1, 1), 3);
    expect(a).toMatchObject({ rows: 3, meanLabel: 2, meanPrediction: 3, meanError: 1, meanAbsoluteError: 1 });
    expect(a!.rootMeanSquaredError).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(a!.rSquared).toBeCloseTo(1 - 5 / 2, 12);
    expect(a!.errorVariance).toBeCloseTo(1, 12);
    expect(b).toMatchObject({ meanError: 0, meanAbsoluteError: 1, rSquared: null });
    expect(none).toMatchObject({ rows: 0, meanError: null, rSquared: null, errorVariance: null });
  });

  it("measures how far a group's predictions are from everybody's", () => {
    const [a, b] = predictionDistance(table, Int32Array.of(0, 0, 0, 1, 1), 2);
    expect(a).toBeCloseTo(0.4, 12);
    expect(b).toBeCloseTo(0.6, 12);
  });
});

describe("several classes", () => {
  it("counts each against the rest", () => {
    const table: MulticlassTable = {
      ...COMMON,
      task: "multiclass",
      rows: 5,
      classes: ["a", "b", "c"],
      label: Int32Array.of(0, 0, 1, 2, 1),
      prediction: Int32Array.of(0, 1, 1, 2, 0),
    };
    const [group, none] = multiclassGroups(table, new Int32Array(5), 2);
    expect(group!.byClass).toEqual([
      { tp: 1, fn: 1, fp: 1, tn: 2 },
      { tp: 1, fn: 1, fp: 1, tn: 2 },
      { tp: 1, fn: 0, fp: 0, tn: 4 },
    ]);
    expect(group!.accuracy).toBeCloseTo(0.6, 12);
    expect(group!.macroF1).toBeCloseTo((0.5 + 0.5 + 1) / 3, 12);
    expect(none).toMatchObject({ rows: 0, accuracy: null, macroF1: null });
  });
});

describe("consistency", () => {
  const feature = (values: number[]) =>
    ({ kind: "number", name: "x", values: Float64Array.from(values), firstMissing: -1 }) as const;

  it("is 1 where neighbours are treated alike, and less where not", () => {
    const x = [0, 0.1, 0.2, 9, 9.1, 9.2];
    const alike = binary([1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], { features: [feature(x)] });
    expect(consistency(alike, createRandom(1), 3)).toMatchObject({ value: 1, sampled: 6, interval: null });
    const mixed = binary([1, 1, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0], { features: [feature(x)] });
    // In the first cluster each mean is 2/3: distances 1/3, 2/3, 1/3.
    expect(consistency(mixed, createRandom(1), 3)!.value).toBeCloseTo(1 - (4 / 3 + 0) / 6, 12);
    expect(consistency(binary([1, 0], [1, 0]), createRandom(1))).toBeNull();
  });

  it("looks at a sample of a large table and gives its range", async () => {
    const { table } = await vectorTable("own_synthetic_20k", { features: ["score"], score: undefined });
    const result = consistency(table, createRandom(1))!;
    expect(result.sampled).toBe(1000);
    expect(result.interval!.low).toBeLessThan(result.value);
    expect(result.interval!.high).toBeGreaterThan(result.value);
  });
});
