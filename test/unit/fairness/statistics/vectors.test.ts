/** Against statsmodels 0.13.5 and scipy 1.10.1, by the numbers in vectors/_extra/statistics.json. */

import { describe, expect, it } from "vitest";
import { buildCells, countOutcomes } from "../../../../src/fairness/metrics/cells.ts";
import { intervalZ } from "../../../../src/fairness/statistics/distributions.ts";
import { rowsNeeded } from "../../../../src/fairness/statistics/power.ts";
import { newcombe, ratioInterval, wilson } from "../../../../src/fairness/statistics/proportion-intervals.ts";
import { fisherExact, twoProportionZ } from "../../../../src/fairness/statistics/proportion-tests.ts";
import { quantile } from "../../../../src/fairness/statistics/quantile.ts";
import { rowResampler } from "../../../../src/fairness/statistics/resample.ts";
import { type Json, readExtra, vectorTable } from "../vectors.ts";

const VECTORS = readExtra("statistics.json");
const near = (actual: number | undefined, expected: Json, digits = 9) =>
  expect(actual).toBeCloseTo(Number(expected), digits);

describe("intervals and tests", () => {
  it("z", () => near(intervalZ(0.95), VECTORS.z975, 14));

  it.each(VECTORS.proportions as Json[])("Wilson of $k in $n", ({ k, n, wilson95 }) => {
    const interval = wilson({ successes: k, total: n });
    if (!interval) return expect(n).toBe(0);
    near(interval.low, Math.max(0, wilson95[0]), 12);
    near(interval.high, Math.min(1, wilson95[1]), 12);
  });

  it.each(VECTORS.two_sample as Json[])("$a of $n1 against $b of $n2", (expected) => {
    const a = { successes: expected.a, total: expected.n1 };
    const b = { successes: expected.b, total: expected.n2 };
    const z = twoProportionZ(a, b);
    if (z) {
      near(z.statistic, expected.z_pooled);
      expect(z.p / expected.p_two_sided).toBeCloseTo(1, 9);
      near(z.statistic! ** 2, expected.chi2.statistic);
    } else expect(Number.isFinite(expected.z_pooled)).toBe(false);
    near(fisherExact(a, b)!.p, expected.fisher_p_two_sided);
    const difference = newcombe(a, b)!;
    near(difference.low, expected.newcombe95[0]);
    near(difference.high, expected.newcombe95[1]);
    const ratio = ratioInterval(a, b);
    const [low, high] =
      a.successes > 0 && b.successes > 0 ? expected.ratio_katz_log95 : expected.ratio_walter_half_added95;
    if (ratio) {
      near(ratio.low, low, 8);
      near(ratio.high, high, 8);
    } else expect(a.successes + b.successes).toBe(0);
  });

  it.each(VECTORS.sample_size as Json[])("rows to tell $p1 from $p2", (expected) => {
    const rule = { alpha: expected.alpha, power: expected.power };
    near(rowsNeeded(expected.p1, expected.p2, rule), expected.n_per_group_fleiss_no_cc, 6);
  });

  it("resamples rows as another program does, given its random numbers", async () => {
    const { table } = await vectorTable("own_basic");
    const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
    let x = 42;
    const next = (n: number) => {
      x = (Math.imul(1664525, x) + 1013904223) >>> 0;
      return Math.floor((x / 2 ** 32) * n);
    };
    const resampler = rowResampler(table, counts, next, "rows");
    const drawn = new Float64Array(resampler.observed.length);
    const differences: number[] = [];
    const ratios: number[] = [];
    for (let replicate = 0; replicate < VECTORS.bootstrap.replicates; replicate++) {
      resampler.draw(drawn);
      const rates = [0, 1].map((group) => {
        const [tp, fn, fp, tn] = drawn.subarray(group * 4, group * 4 + 4) as unknown as number[];
        return (tp! + fp!) / (tp! + fn! + fp! + tn!);
      });
      differences.push(Math.max(...rates) - Math.min(...rates));
      ratios.push(Math.min(...rates) / Math.max(...rates));
    }
    for (const [name, values] of [
      ["demographic_parity_difference", differences],
      ["demographic_parity_ratio", ratios],
    ] as const) {
      const expected = VECTORS.bootstrap[name];
      expect(values.slice(0, 5).every((value, at) => Math.abs(value - expected.first5[at]) < 1e-12)).toBe(
        true,
      );
      const sorted = Float64Array.from(values).sort();
      for (const q of ["0.025", "0.5", "0.975"]) near(quantile(sorted, Number(q)), expected[`q${q}`], 12);
    }
  });
});
