import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCells, countOutcomes } from "../../../../src/fairness/metrics/cells.ts";
import { fourFifths } from "../../../../src/fairness/metrics/four-fifths.ts";
import { type Group, groupCounts, groupName, groupRows } from "../../../../src/fairness/metrics/groups.ts";
import { RATES, type RateName, rateOf } from "../../../../src/fairness/metrics/rates.ts";
import { smallGroup } from "../../../../src/fairness/metrics/small-group.ts";
import { buildScoredTable } from "../../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { type Roles, readPlanOf } from "../../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { readJson, VECTORS, vectorTable } from "../vectors.ts";

const EXACT_NAMES: Record<RateName, string> = {
  selection_rate: "selection_rate",
  base_rate: "base_rate",
  true_positive_rate: "tpr",
  false_negative_rate: "fnr",
  false_positive_rate: "fpr",
  true_negative_rate: "tnr",
  precision: "precision",
  false_discovery_rate: "fdr",
  negative_predictive_value: "npv",
  false_omission_rate: "FOR",
  accuracy: "accuracy",
  error_rate: "error_rate",
};

describe.each([...VECTORS.keys()])("exact counts and rates on %s", (name) => {
  it("has every group's counts; a rate without a denominator is null", async () => {
    const { table } = await vectorTable(name);
    const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
    const exact = readJson(name, "exact.json");
    for (const [by, { groups }] of Object.entries<{ groups: object }>(exact.by)) {
      const grouping = groupCounts(counts, by.split("|"));
      const present = grouping.groups.filter((group) => !group.key.includes(null) && groupRows(group) > 0);
      expect(present.map(({ key }) => key.join("|"))).toEqual(Object.keys(groups));
      for (const [index, group] of Object.values(groups).entries()) {
        const { counts: ours, rows } = present[index]!;
        for (const outcome of ["tp", "fp", "fn", "tn"] as const)
          expect(ours[outcome]).toBeCloseTo(group.counts[outcome].v, 9);
        expect(rows.tp + rows.fp + rows.fn + rows.tn).toBe(group.counts.n);
        for (const rate of RATES) {
          const expected = group.rates[EXACT_NAMES[rate]];
          const value = rateOf(rate, ours).value;
          if (expected === null) expect(value).toBeNull();
          else expect(value).toBeCloseTo(expected.v, 12);
        }
      }
    }
  });
});

const ROLES: Roles = { task: "binary", label: "y", prediction: "p", sensitive: ["a", "b"], positive: "1" };
const tableOf = async (text: string) =>
  buildScoredTable(await readDelimited([text], readPlanOf(ROLES), { source: "t" }), ROLES) as BinaryTable;
const groupingOf = (table: BinaryTable, by: string[]) =>
  groupCounts(countOutcomes(table, buildCells(table.sensitive, table.rows)), by);
const group = (tp: number, fp: number, fn: number, tn: number, key = "g"): Group => ({
  key: [key],
  counts: { tp, fp, fn, tn },
  rows: { tp, fp, fn, tn },
});

describe("groups", () => {
  it("shows missing values as a group and empty intersections as such", async () => {
    const grouping = groupingOf(await tableOf("y,p,a,b\n1,1,x,s\n0,1,,s\n1,0,y,t\n"), ["a", "b"]);
    expect(grouping.groups.map((each) => [groupName(each.key), groupRows(each)])).toEqual([
      ["x, s", 1],
      ["x, t", 0],
      ["y, s", 0],
      ["y, t", 1],
      ["(missing), s", 1],
    ]);
    expect(groupRows(grouping.overall)).toBe(3);
  });

  it("takes 10,000 groups", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `1,${row % 2},g${row % 10_000},${row % 3}`);
    const grouping = groupingOf(await tableOf(`y,p,a,b\n${rows.join("\n")}\n`), ["a"]);
    expect(grouping.groups).toHaveLength(10_000);
    expect(groupingOf(await tableOf(`y,p,a,b\n${rows.join("\n")}\n`), ["a", "b"]).groups).toHaveLength(
      20_000,
    );
  });

  it("counts the same whatever the order of the rows; renaming a group renames it and no more", () => {
    const row = fc.record({
      y: fc.constantFrom("0", "1"),
      p: fc.constantFrom("0", "1"),
      a: fc.constantFrom("m", "f", ""),
      b: fc.constantFrom("u", "v"),
    });
    return fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const text = (list: readonly Record<string, string>[]) =>
          `y,p,a,b\n${list.map(({ y, p, a, b }) => `${y},${p},${a},${b}`).join("\n")}\n`;
        const counted = async (list: readonly Record<string, string>[]) =>
          groupingOf(await tableOf(text(list)), ["a", "b"])
            .groups.map(({ key, counts }) => [groupName(key), ...Object.values(counts)])
            .sort();
        const forward = await counted(rows);
        expect(await counted([...rows].reverse())).toEqual(forward);
        expect(await counted(rows.map((each) => ({ ...each, b: `${each.b}z` })))).toEqual(
          forward.map(([name, ...rest]) => [`${name}z`, ...rest]).sort(),
        );
        expect((await counted([...rows, ...rows])).map((each) => each.slice(1))).toEqual(
          forward.map(([, ...numbers]) => numbers.map((value) => 2 * Number(value))),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("says which numbers rest on too few rows", () => {
    expect(smallGroup("selection_rate", { tp: 20, fp: 5, fn: 0, tn: 4 })).toBe("29 rows, fewer than 30");
    expect(smallGroup("true_positive_rate", { tp: 5, fp: 50, fn: 4, tn: 50 })).toBe(
      "9 rows labelled positive, fewer than 10",
    );
    expect(smallGroup("false_positive_rate", { tp: 5, fp: 50, fn: 4, tn: 50 })).toBeUndefined();
  });
});

describe("four-fifths", () => {
  it("compares integers: 0.6 against 0.75 is exactly four fifths and passes", () => {
    const [a, b] = fourFifths([group(3, 0, 0, 2, "a"), group(3, 0, 0, 1, "b")], "positive");
    expect(0.6 / 0.75).toBeLessThan(0.8);
    expect(a).toMatchObject({ passes: true, isReference: false });
    expect(b).toMatchObject({ passes: true, isReference: true, ratio: 1 });
  });

  it("agrees with the exact comparison for any counts", () => {
    const count = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(count, count, count, count, (a, restA, b, restB) => {
        const result = fourFifths([group(a, 0, 0, restA, "a"), group(b, 0, 0, restB, "b")], "positive");
        for (const each of result) {
          if (each.ratio === null) continue;
          const { counts } = each.reference;
          const exact =
            5n * BigInt(each.favourable) * BigInt(counts.tp + counts.tn) >=
            4n * BigInt(counts.tp) * BigInt(each.total);
          expect(each.passes).toBe(exact);
        }
      }),
    );
  });

  it("turns to the negative prediction where that is the favourable one", () => {
    const results = fourFifths([group(8, 0, 0, 2, "a"), group(5, 0, 0, 5, "b")], "negative");
    expect(results.map(({ ratio }) => ratio)).toEqual([0.4, 1]);
  });

  it("says nothing where nobody is selected or a group is empty", () => {
    const [none] = fourFifths([group(0, 0, 3, 2, "a"), group(0, 0, 3, 1, "b")], "positive");
    expect(none).toMatchObject({ ratio: null, passes: null });
    const [, empty] = fourFifths([group(1, 0, 3, 2, "a"), group(0, 0, 0, 0, "b")], "positive");
    expect(empty).toMatchObject({ ratio: null, passes: null });
    expect(fourFifths([group(0, 0, 0, 0)], "positive")).toEqual([]);
  });
});
