import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCells } from "../../../../src/fairness/metrics/cells.ts";
import { bootstrap } from "../../../../src/fairness/statistics/bootstrap.ts";
import {
  chiSquareTail,
  normalQuantile,
  normalTwoSided,
  studentTwoSided,
} from "../../../../src/fairness/statistics/distributions.ts";
import { benjaminiHochberg, holm } from "../../../../src/fairness/statistics/multiple-tests.ts";
import { permutationGap } from "../../../../src/fairness/statistics/permutation.ts";
import { minimumDetectableGap, powerOf } from "../../../../src/fairness/statistics/power.ts";
import { ratioInterval, wilson } from "../../../../src/fairness/statistics/proportion-intervals.ts";
import {
  fisherExact,
  testProportions,
  twoProportionZ,
} from "../../../../src/fairness/statistics/proportion-tests.ts";
import { quantile } from "../../../../src/fairness/statistics/quantile.ts";
import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import { createResampler } from "../../../../src/fairness/statistics/resample.ts";
import { verdictOf } from "../../../../src/fairness/statistics/verdict.ts";
import { vectorTable } from "../vectors.ts";

const proportion = (successes: number, total: number) => ({ successes, total });

describe("distributions", () => {
  // scipy.stats 1.10.1: norm.sf, t.sf, chi2.sf
  it("keep their digits far out", () => {
    expect(normalTwoSided(12.8) / 1.63858e-37).toBeCloseTo(1, 2);
    expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(studentTwoSided(2, 3)).toBeCloseTo(0.139325968558843, 12);
    expect(chiSquareTail(3, 1)).toBeCloseTo(0.08326451666355042, 12);
    expect(chiSquareTail(7.5, 4)).toBeCloseTo(Math.exp(-3.75) * (1 + 3.75), 12);
  });
});

describe("proportions", () => {
  it("Wilson stays within 0 and 1, holds the value, and narrows with data", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const k = Math.round(part * n);
          const { low, high } = wilson(proportion(k, n))!;
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(k / n);
          expect(high).toBeGreaterThanOrEqual(k / n);
          const more = wilson(proportion(4 * k, 4 * n))!;
          expect(more.high - more.low).toBeLessThan(high - low);
        },
      ),
    );
  });

  it("says nothing of what cannot be compared", () => {
    expect(wilson(proportion(0, 0))).toBeNull();
    expect(testProportions(proportion(0, 0), proportion(3, 5))).toBeNull();
    expect(twoProportionZ(proportion(5, 5), proportion(7, 7))).toBeNull();
    expect(ratioInterval(proportion(0, 5), proportion(0, 7))).toBeNull();
  });

  it("takes Fisher's test where counts are small", () => {
    expect(testProportions(proportion(3, 9), proportion(1, 8))!.method).toBe("Fisher exact");
    expect(testProportions(proportion(30, 90), proportion(10, 80))!.method).toContain("two-proportion z");
    expect(fisherExact(proportion(0, 4), proportion(0, 9))!.p).toBe(1);
  });
});

describe("many tests", () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"), "BH"
  it("adjusts as R does", () => {
    const p = [0.01, 0.04, 0.03, 0.005];
    expect(holm(p)).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(benjaminiHochberg(p).map((value) => Number(value.toFixed(10)))).toEqual([0.02, 0.04, 0.04, 0.02]);
    expect(holm([0.02, Number.NaN, 0.9])).toEqual([0.04, Number.NaN, 0.9]);
    expect(holm([])).toEqual([]);
  });
});

describe("power", () => {
  it("gives the gap that is seen with the power asked for, and not less", () => {
    for (const [p, n] of [
      [0.5, 400],
      [0.1, 1000],
      [0.02, 2000],
    ] as const) {
      const gap = minimumDetectableGap(p, n, n)!;
      const powers = [p + gap, p - gap].filter((q) => q > 0 && q < 1).map((q) => powerOf(q, n, p, n));
      expect(Math.min(...powers)).toBeCloseTo(0.8, 6);
    }
    expect(minimumDetectableGap(0.5, 3, 3)).toBeNull();
    expect(minimumDetectableGap(0.5, 100, 0)).toBeNull();
  });
});

describe("random numbers", () => {
  it("are the same for the same seed, and have the right mean and variance", () => {
    const a = createRandom(7);
    const b = createRandom(7);
    expect(Array.from({ length: 20 }, () => a.index(1000))).toEqual(
      Array.from({ length: 20 }, () => b.index(1000)),
    );
    const random = createRandom(1);
    for (const [n, p] of [
      [10, 0.3],
      [500, 0.02],
      [100_000, 0.4],
    ] as const) {
      const draws = Array.from({ length: 20_000 }, () => random.binomial(n, p));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
      expect(mean / (n * p)).toBeCloseTo(1, 1);
      expect(variance / (n * p * (1 - p))).toBeGreaterThan(0.95);
      expect(variance / (n * p * (1 - p))).toBeLessThan(1.05);
      expect(draws.every((draw) => Number.isInteger(draw) && draw >= 0 && draw <= n)).toBe(true);
    }
    for (const [total, good, drawn] of [
      [20, 8, 9],
      [5000, 40, 3000],
      [200_000, 90_000, 1500],
    ] as const) {
      const draws = Array.from({ length: 20_000 }, () => random.hypergeometric(total, good, drawn));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
      const p = good / total;
      expect(mean / (drawn * p)).toBeCloseTo(1, 1);
      const exact = (drawn * p * (1 - p) * (total - drawn)) / (total - 1);
      expect(variance / exact).toBeGreaterThan(0.95);
      expect(variance / exact).toBeLessThan(1.05);
    }
    expect(random.hypergeometric(10, 10, 4)).toBe(4);
    expect(random.hypergeometric(10, 0, 4)).toBe(0);
  });
});

describe("bootstrap", () => {
  const selection = (counts: Float64Array) =>
    Array.from({ length: counts.length / 4 }, (_, cell) => {
      const [tp, fn, fp, tn] = counts.subarray(cell * 4, cell * 4 + 4) as unknown as number[];
      return (tp! + fp!) / (tp! + fn! + fp! + tn!);
    });
  const options = { replicates: 4000, method: "bca" as const, note: "seed 5" };

  it("of a proportion comes close to its Wilson interval, drawn by counts or by rows", async () => {
    const { table } = await vectorTable("own_basic");
    const cells = buildCells(table.sensitive, table.rows);
    const weighted = { ...table, weights: new Float64Array(table.rows).fill(1) };
    for (const each of [table, weighted])
      for (const strata of ["cells", "rows"] as const) {
        const [a, b] = bootstrap(createResampler(each, cells, createRandom(5), strata), selection, options);
        for (const result of [a!, b!]) {
          const exact = wilson(proportion(Math.round(result.value * 100), 100))!;
          expect(result.interval!.low).toBeGreaterThan(exact.low - 0.03);
          expect(result.interval!.low).toBeLessThan(exact.low + 0.03);
          expect(result.interval!.high).toBeGreaterThan(exact.high - 0.03);
          expect(result.interval!.high).toBeLessThan(exact.high + 0.03);
          expect(result.interval!.method).toBe("BCa bootstrap, 4,000 replicates, seed 5");
        }
      }
  });

  it("holds the value itself, also where nearly all replicates lie on one side of it", () => {
    let drawn = 0;
    const resampler = {
      observed: Float64Array.of(100, 0, 0, 0),
      // Two in a hundred below: the correction would leave out the value.
      draw: (counts: Float64Array) => {
        counts[0] = drawn % 50 === 0 ? 90 : 101 + (drawn % 50);
        drawn++;
      },
      leaveOneOut: (visit: (counts: Float64Array, rows: number) => void) => {
        visit(Float64Array.of(99, 0, 0, 0), 50);
        visit(Float64Array.of(101, 0, 0, 0), 50);
      },
    };
    const [result] = bootstrap(resampler, (counts) => [counts[0]!], options);
    expect(result!.interval).toMatchObject({ low: 100, high: 149 });
    expect(result!.interval!.method).toMatch(/^percentile bootstrap/);
    expect(result!.remark).toContain("BCa does not hold here");
  });

  it("covers the true value about as often as it says", () => {
    // 200 tables with a true rate of 0.3 in 80 rows; 95 % intervals.
    const random = createRandom(11);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const positives = random.binomial(80, 0.3);
      const observed = Float64Array.of(positives, 0, 0, 80 - positives);
      const resampler = {
        observed,
        draw: (counts: Float64Array) => {
          counts[0] = random.binomial(80, positives / 80);
          counts[3] = 80 - counts[0];
        },
        leaveOneOut: (visit: (counts: Float64Array, rows: number) => void) => {
          visit(Float64Array.of(positives - 1, 0, 0, 80 - positives), positives);
          visit(Float64Array.of(positives, 0, 0, 79 - positives), 80 - positives);
        },
      };
      const [result] = bootstrap(resampler, selection, { ...options, replicates: 600 });
      const { low, high } = result!.interval!;
      if (low <= 0.3 && 0.3 <= high) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
    expect(covered / 200).toBeLessThan(0.99);
  });

  it("gives no interval where there is nothing to resample", async () => {
    const { table } = await vectorTable("own_all_positive_predictions");
    const cells = buildCells(table.sensitive, table.rows);
    const [all] = bootstrap(createResampler(table, cells, createRandom(1)), selection, options);
    expect(all).toMatchObject({ value: 1, interval: null, remark: "every replicate has the same value" });
    const nothing = bootstrap(createResampler(table, cells, createRandom(1)), () => [Number.NaN], options);
    expect(nothing[0]).toMatchObject({ interval: null, remark: "not estimable" });
  });
});

describe("the largest gap", () => {
  it("is surprising where groups differ, and not where they do not", () => {
    const differ = [proportion(80, 100), proportion(40, 100), proportion(45, 90)];
    expect(permutationGap(differ, createRandom(1))!.p).toBeLessThan(0.01);
    const alike = Array.from({ length: 20 }, (_, at) => proportion(at % 2 === 0 ? 12 : 10, 25));
    const result = permutationGap(alike, createRandom(1))!;
    expect(result.gap).toBeCloseTo(0.08, 12);
    expect(result.p).toBeGreaterThan(0.9);
    expect(result.nullHigh).toBeGreaterThan(result.gap);
    expect(permutationGap([proportion(3, 4), proportion(0, 0)], createRandom(1))).toBeNull();
  });

  it("agrees with the z test of two groups where there are many rows", () => {
    const groups = (scale: number) => [
      proportion(21 * scale, 40 * scale),
      proportion(14 * scale, 40 * scale),
    ];
    const shuffled = permutationGap(groups(1), createRandom(3), 4000)!;
    expect(shuffled.method).toContain("permutation");
    // The normal approximation of the same two-sided test.
    expect(shuffled.p).toBeGreaterThan(0.1);
    expect(shuffled.p).toBeLessThan(0.25);
    const large = [proportion(50_300, 100_000), proportion(49_900, 100_000)];
    expect(
      Math.abs(permutationGap(large, createRandom(3), 4000)!.p - twoProportionZ(large[0]!, large[1]!)!.p),
    ).toBeLessThan(0.03);
  });
});

describe("the verdict", () => {
  const interval = (low: number, high: number) => ({ low, high, level: 0.95, method: "" });
  it("claims no more than the interval holds", () => {
    expect(verdictOf({ interval: interval(0.12, 0.3), p: 0.001 }, 0.1)).toBe("beyond the limit");
    expect(verdictOf({ interval: interval(-0.3, -0.12), p: 0.001 }, 0.1)).toBe("beyond the limit");
    expect(verdictOf({ interval: interval(0.05, 0.3), p: 0.001 }, 0.1)).toBe("differs");
    expect(verdictOf({ interval: interval(-0.05, 0.08), p: 0.5 }, 0.1)).toBe("within the limit");
    expect(verdictOf({ interval: interval(-0.05, 0.3), p: 0.2 }, 0.1)).toBe("not enough data to tell");
    expect(verdictOf({ interval: interval(0.12, 0.3), p: 0.001, small: "9 rows" }, 0.1)).toBe(
      "not enough data to tell",
    );
    expect(verdictOf({ interval: null, p: Number.NaN }, 0.1)).toBe("not enough data to tell");
  });

  it("quantile of type 7", () => {
    expect([0, 0.25, 0.5, 1].map((q) => quantile([1, 2, 4, 8], q))).toEqual([1, 1.75, 3, 8]);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
