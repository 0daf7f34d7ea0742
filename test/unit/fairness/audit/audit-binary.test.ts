import { describe, expect, it } from "vitest";
import type { Audit, GroupingReport } from "../../../../src/fairness/audit/audit.ts";
import { auditBinary } from "../../../../src/fairness/audit/audit-binary.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { vectorTable } from "../vectors.ts";

const FAST = { replicates: 200 };
const only = (audit: Audit): GroupingReport => audit.groupings[0]!;
const measure = (grouping: GroupingReport, name: string) =>
  grouping.measures.find((each) => each.name === name)!;
const values = (grouping: GroupingReport) =>
  grouping.measures.map(({ difference, ratio }) => [difference.value, ratio.value]);

const flip = (codes: Uint8Array) => codes.map((code) => 1 - code);
const weighted = (table: BinaryTable, weight: number): BinaryTable => ({
  ...table,
  weights: (table.weights ?? new Float64Array(table.rows).fill(1)).map((each) => each * weight),
});

describe("the audit of a binary table", () => {
  it("never shows 0 or 1 for what cannot be estimated", async () => {
    const { table } = await vectorTable("own_zero_denominators");
    const grouping = only(auditBinary(table, FAST));
    const rate = (group: string, name: string) =>
      grouping.groups.find((each) => each.name === group)!.rates.find((each) => each.name === name)!;
    expect(rate("no_positives", "true_positive_rate")).toMatchObject({
      value: null,
      interval: null,
      remark: "not estimable: no rows labelled positive",
    });
    expect(rate("none_selected", "precision").value).toBeNull();
    expect(rate("none_selected", "selection_rate")).toMatchObject({
      value: 0,
      small: "9 rows, fewer than 30",
    });
    expect(measure(grouping, "equal_opportunity").difference).toMatchObject({
      value: null,
      remark: "nothing to compare: fewer than two groups are large enough",
    });
  });

  it("gives every estimate a range and its method, or says why not", async () => {
    for (const name of [
      "own_basic",
      "own_weighted",
      "own_intersectional",
      "own_single_group",
      "german_credit",
    ]) {
      const audit = auditBinary((await vectorTable(name)).table, {
        ...FAST,
        small: { minRows: 1, minDenominator: 1 },
      });
      for (const { groups, measures } of audit.groupings) {
        const estimates = [
          ...groups.flatMap(({ rates }) => rates),
          ...groups.flatMap(({ comparisons }) => comparisons.map(({ difference }) => difference)),
          ...measures.flatMap(({ difference, ratio }) => [difference, ratio]),
        ];
        for (const estimate of estimates) {
          if (estimate.value === null) expect(estimate.remark).toBeTruthy();
          else if (estimate.interval === null) expect(estimate.remark).toBeTruthy();
          else expect(estimate.interval.method).toMatch(/Wilson|Newcombe|bootstrap/);
        }
      }
    }
  });

  it("leaves small groups out of measures and lets them decide nothing", async () => {
    const { table } = await vectorTable("own_intersectional");
    const grouping = auditBinary(table, FAST).groupings[2]!;
    const parity = measure(grouping, "demographic_parity");
    expect(parity.excluded.map(({ group }) => group)).toEqual([
      "F, x",
      "F, y",
      "F, z",
      "M, x",
      "M, y",
      "M, z",
    ]);
    expect(parity.excluded.find(({ group }) => group === "F, z")!.why).toBe("no rows");
    for (const { comparisons } of grouping.groups)
      expect(comparisons.every(({ verdict }) => verdict === "not enough data to tell")).toBe(true);
  });

  it("shows missing values as a group that others are never compared with", async () => {
    const { table } = await vectorTable("own_missing_sensitive");
    const grouping = only(auditBinary(table, { ...FAST, small: { minRows: 5, minDenominator: 1 } }));
    expect(grouping.groups.map(({ name, rows }) => [name, rows])).toEqual([
      ["A", 19],
      ["B", 18],
      ["(missing)", 8],
    ]);
    expect(grouping.reference).toBe("A");
  });

  it("does not depend on the scale of the weights", async () => {
    const { table } = await vectorTable("own_weighted");
    const settings = { ...FAST, small: { minRows: 1, minDenominator: 1 } };
    const one = only(auditBinary(table, settings));
    const other = only(auditBinary(weighted(table, 4), settings));
    expect(values(other)).toEqual(values(one));
    expect(measure(other, "demographic_parity").difference.interval).toEqual(
      measure(one, "demographic_parity").difference.interval,
    );
    const plain = (await vectorTable("own_basic")).table;
    expect(values(only(auditBinary(weighted(plain, 1), FAST)))).toEqual(
      values(only(auditBinary(plain, FAST))),
    );
  });

  it("turns with the labels: swapped classes swap true positives with true negatives", async () => {
    const { table } = await vectorTable("own_basic");
    const swapped: BinaryTable = { ...table, label: flip(table.label), prediction: flip(table.prediction) };
    const [one, other] = [only(auditBinary(table, FAST)), only(auditBinary(swapped, FAST))];
    for (const [index, group] of one.groups.entries()) {
      const rate = (report: typeof group, name: string) =>
        report.rates.find((each) => each.name === name)!.value!;
      const turned = other.groups[index]!;
      expect(rate(turned, "true_positive_rate")).toBe(rate(group, "true_negative_rate"));
      expect(rate(turned, "precision")).toBe(rate(group, "negative_predictive_value"));
      expect(rate(turned, "selection_rate")).toBeCloseTo(1 - rate(group, "selection_rate"), 12);
    }
    expect(measure(other, "demographic_parity").difference.value).toBeCloseTo(
      measure(one, "demographic_parity").difference.value!,
      12,
    );
    expect(measure(other, "equalized_odds").difference.value).toBeCloseTo(
      measure(one, "equalized_odds").difference.value!,
      12,
    );
  });

  it("agrees with Fairlearn's between-groups measures where no group is small", async () => {
    const { table } = await vectorTable("german_credit");
    for (const grouping of auditBinary(table, { replicates: 0 }).groupings.slice(0, 2)) {
      const fairlearn = grouping.libraries[0]!.values;
      for (const name of ["demographic_parity", "equal_opportunity"]) {
        expect(measure(grouping, name).difference.value).toBe(
          fairlearn[`${name}_difference[between_groups]`],
        );
        expect(measure(grouping, name).ratio.value).toBe(fairlearn[`${name}_ratio[between_groups]`]);
      }
      expect(measure(grouping, "equalized_odds").difference.value).toBe(
        fairlearn["equalized_odds_difference[between_groups,worst_case]"],
      );
    }
  });

  it("has ranking and calibration of scores, with ranges", async () => {
    const { table } = await vectorTable("german_credit");
    const [female, male] = only(auditBinary(table, FAST)).scores;
    // MetricFrame(roc_auc_score) of the vectors.
    expect(female!.auc.value).toBeCloseTo(0.7902460176183304, 10);
    expect(female!.auc.interval!.low).toBeGreaterThan(0.72);
    expect(female!.auc.interval!.high).toBeLessThan(0.86);
    expect(male!.inTheLarge!.interval!.method).toBe("normal, of the mean");
    expect(male!.bins).toHaveLength(10);
    expect(only(auditBinary((await vectorTable("own_basic")).table, FAST)).scores).toEqual([]);
  });
});
