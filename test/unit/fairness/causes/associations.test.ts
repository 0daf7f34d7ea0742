import { describe, expect, it } from "vitest";
import { binColumn } from "../../../../src/fairness/causes/binning.ts";
import { associationOf, contingency } from "../../../../src/fairness/causes/contingency.ts";
import { imbalance } from "../../../../src/fairness/causes/imbalance.ts";
import { scanProxies } from "../../../../src/fairness/causes/proxies.ts";
import type { Group } from "../../../../src/fairness/metrics/groups.ts";
import { createRandom } from "../../../../src/fairness/statistics/random.ts";
import type { CategoryColumn, Column } from "../../../../src/fairness/table/column.ts";
import { type Json, readExtra, VECTORS, vectorTable } from "../vectors.ts";

const EXACT: Record<string, Record<string, Json>> = readExtra("proxies.json");
const MANY = 100_000;

describe("association with the protected attribute", () => {
  const known = Object.entries(EXACT).flatMap(([where, features]) => {
    const [table, attribute] = where.replace(/ .*/, "").split("/") as [string, string];
    return VECTORS.has(table) ? [{ table, attribute, features }] : [];
  });

  it.each(known)("is exact on $table, $attribute", async ({ table: name, attribute, features }) => {
    const wanted = Object.keys(features).filter((feature) => feature !== "decile_score");
    const { table } = await vectorTable(name, { features: wanted });
    const sensitive = table.sensitive.find((column) => column.name === attribute)!;
    for (const feature of wanted) {
      const expected = features[feature];
      // As many bins as values: the vectors take each value by itself.
      const binned = binColumn(table.features.find((column) => column.name === feature)!, MANY);
      expect(binned.labels).toHaveLength(expected.levels);
      const association = associationOf(
        contingency(binned.codes, binned.labels.length, sensitive.codes, sensitive.levels.length),
      );
      expect(association.mutualInformation).toBeCloseTo(expected.mutual_information_nats_exact_values, 10);
      expect(association.entropy).toBeCloseTo(expected.H_attribute, 10);
      expect(association.uncertainty).toBeCloseTo(expected.uncertainty_coefficient_U_attr_given_feature, 10);
      expect(association.cramersV).toBeCloseTo(expected.cramers_v, 10);
    }
  });
});

describe("the proxy scan", () => {
  it("finds the exact proxy, and is not taken in by a column of unique values", async () => {
    const wanted = ["personal_status_sex", "credit_amount", "housing", "telephone", "installment_rate"];
    const { table } = await vectorTable("german_credit", { features: wanted });
    const sex = table.sensitive[0]!;
    const { proxies, method } = scanProxies(sex, table.features, createRandom(1));
    expect(proxies[0]).toMatchObject({ feature: "personal_status_sex", strength: "strong" });
    expect(proxies[0]!.uncertainty).toBeCloseTo(1, 10);
    const amount = proxies.find(({ feature }) => feature === "credit_amount")!;
    expect(amount.bins).toBe(10);
    expect(amount.uncertainty).toBeLessThan(0.1);
    expect(amount.nullHigh).toBeGreaterThan(0);
    expect(method).toContain("200 shuffles");
  });

  it("calls noise none", () => {
    const random = createRandom(3);
    const column = (name: string): Column => ({
      kind: "number",
      name,
      values: Float64Array.from({ length: 400 }, () => random.uniform()),
      firstMissing: -1,
    });
    const attribute: CategoryColumn = {
      kind: "category",
      name: "g",
      codes: Int32Array.from({ length: 400 }, () => random.index(2)),
      levels: ["a", "b"],
      firstRow: [0, 1],
      firstMissing: -1,
    };
    const names = Array.from({ length: 20 }, (_, at) => `x${at}`);
    const { proxies } = scanProxies(attribute, names.map(column), random);
    expect(proxies.filter(({ strength }) => strength !== "none")).toEqual([]);
  });
});

describe("bins", () => {
  it("are quantiles, frequent texts, and one for what is missing", () => {
    const values = Float64Array.from({ length: 100 }, (_, at) => (at === 99 ? Number.NaN : at));
    const numbers = binColumn({ kind: "number", name: "n", values, firstMissing: 99 }, 4);
    expect(numbers.labels).toEqual(["0 to 24.5", "24.5 to 49", "49 to 73.5", "73.5 to 98", "(missing)"]);
    const texts = binColumn(
      {
        kind: "category",
        name: "t",
        codes: Int32Array.of(0, 1, 2, 2, 1, 2, 3),
        levels: ["p", "q", "r", "s"],
        firstRow: [],
        firstMissing: -1,
      },
      2,
    );
    expect(texts.labels).toEqual(["r", "q", "(other)"]);
    expect([...texts.codes]).toEqual([2, 1, 0, 0, 1, 0, 2]);
  });
});

describe("imbalance", () => {
  const group = (name: string, tp: number, fp: number, fn: number, tn: number): Group => ({
    key: [name],
    counts: { tp, fp, fn, tn },
    rows: { tp, fp, fn, tn },
  });
  const groups = [group("a", 300, 100, 100, 300), group("b", 20, 10, 40, 130)];

  it("compares shares with the population that is named", () => {
    const equal = imbalance(groups);
    expect(equal.groups.map(({ share, underrepresented }) => [share, underrepresented])).toEqual([
      [0.8, false],
      [0.2, true],
    ]);
    expect(equal.representation!.p).toBeLessThan(1e-9);
    expect(equal.population).toContain("no population was named");
    const named = imbalance(groups, { a: 80, b: 20 });
    expect(named.groups.every(({ underrepresented }) => !underrepresented)).toBe(true);
    expect(named.representation!.p).toBe(1);
    expect(() => imbalance(groups, { a: 1 })).toThrow('no share for "b"');
  });

  it("compares base rates, and what the model makes of them", () => {
    const { groups: shares, labels, amplification } = imbalance(groups);
    expect(shares.map(({ baseRate }) => baseRate)).toEqual([0.5, 0.3]);
    // 2 x 2 table without correction: z^2 of the pooled test.
    expect(labels!.statistic).toBeCloseTo((0.2 / Math.sqrt(0.46 * 0.54 * (1 / 800 + 1 / 200))) ** 2, 9);
    expect(amplification).toBeCloseTo((0.5 - 0.15) / 0.2, 12);
    expect(imbalance([groups[0]!])).toMatchObject({ representation: null, amplification: null });
  });
});
