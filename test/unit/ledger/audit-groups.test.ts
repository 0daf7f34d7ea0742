import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditBinary } from "../../../src/fairness/audit/audit-binary.ts";
import { auditMulticlass } from "../../../src/fairness/audit/audit-multiclass.ts";
import { auditRegression } from "../../../src/fairness/audit/audit-regression.ts";
import type { AnyAudit } from "../../../src/fairness/audit/audit-table.ts";
import { protect } from "../../../src/fairness/audit/small-cells.ts";
import type { CategoryColumn } from "../../../src/fairness/table/column.ts";
import type {
  BinaryTable,
  MulticlassTable,
  RegressionTable,
} from "../../../src/fairness/table/scored-table.ts";
import { groupTablesOf, MAX_GROUPS } from "../../../src/ledger/audit-groups.ts";
import { auditBody } from "../../../src/ledger/entries/audit.ts";

const BELOW = 10;
const QUICK = { replicates: 0 };
const tablesOf = (audit: AnyAudit, below: number) => groupTablesOf(audit, protect({ audit }, below));
const common = { source: "t", features: [], notes: [] };

/** Rows of one cell: tp, fp, fn, tn of a group. */
type Cells = readonly [number, number, number, number];
interface Counted {
  key: readonly string[];
  cells: Cells;
}

function tableOf(counted: readonly Counted[]): BinaryTable {
  const rows = counted.flatMap(({ key, cells }) =>
    cells.flatMap((count, at) =>
      Array.from({ length: count }, () => ({
        key,
        label: at === 0 || at === 2 ? 1 : 0,
        prediction: at < 2 ? 1 : 0,
      })),
    ),
  );
  return {
    ...common,
    task: "binary",
    rows: rows.length,
    label: Uint8Array.from(rows, ({ label }) => label),
    prediction: Uint8Array.from(rows, ({ prediction }) => prediction),
    positive: "1",
    negative: "0",
    favourable: "positive",
    sensitive: (counted[0]?.key ?? []).map((_, at) =>
      column(
        `attribute ${at}`,
        rows.map(({ key }) => key[at]!),
      ),
    ),
  };
}

function column(name: string, values: readonly string[]): CategoryColumn {
  const levels = [...new Set(values)].sort();
  const codes = Int32Array.from(values, (value) => levels.indexOf(value));
  return {
    kind: "category",
    name,
    codes,
    levels,
    firstRow: levels.map((level) => values.indexOf(level)),
    firstMissing: -1,
  };
}

const cell = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 10, max: 25 }));
const cells = fc.tuple(cell, cell, cell, cell);
const isFew = (count: number) => count > 0 && count < BELOW;
const sums = (list: readonly Cells[]) =>
  [0, 1, 2, 3].map((at) => list.reduce((sum, each) => sum + each[at]!, 0));
const margins = ([tp = 0, fp = 0, fn = 0, tn = 0]: readonly number[]) => [
  tp + fp,
  fn + tn,
  tp + fp + fn + tn,
];

describe("rates of groups in an audit's entry", () => {
  it("tell no small count, alone or taken from the totals", () => {
    fc.assert(
      fc.property(
        fc.array(cells, { minLength: 4, maxLength: 4 }),
        fc.array(cells, { minLength: 2, maxLength: 2 }),
        (four, two) => {
          const counted = [...four, ...two].map((each, index) => ({
            key: [`a${index % 3}`, `b${index >> 1}`],
            cells: each,
          }));
          const table = tableOf(counted);
          fc.pre(table.rows > 0);
          const kept = tablesOf(auditBinary(table, QUICK), BELOW);
          for (const { by, groups, withheld } of kept.tables) {
            const of = new Map<string, Cells[]>();
            for (const { key, cells: each } of counted) {
              const name = by.map((attribute) => key[Number(attribute.slice(-1))]!).join(" x ");
              of.set(name, [...(of.get(name) ?? []), each]);
            }
            const truth = [...of]
              .map(([name, list]) => ({ name, counts: sums(list) }))
              .filter(({ counts }) => margins(counts)[2]! > 0);
            const row = (name: string) =>
              groups.find(({ group }) => group.replaceAll(/[^ab0-9]+/g, " x ") === name);
            expect(groups.length + withheld).toBe(truth.length);
            // Whoever knows the totals knows the sums of what is not told.
            const unnamed = truth.filter(({ name }) => !row(name));
            const untold = truth.filter(
              ({ name }) =>
                !row(name) ||
                row(name)!
                  .rates.slice(1)
                  .every(({ leftOut }) => leftOut),
            );
            for (const { name, counts } of truth) {
              if (!unnamed.some((each) => each.name === name))
                expect(margins(counts).some(isFew)).toBe(false);
              if (!untold.some((each) => each.name === name)) expect(counts.some(isFew)).toBe(false);
            }
            for (const [hidden, countsOf] of [
              [unnamed, margins],
              [untold, (each: readonly number[]) => [...each]],
            ] as const) {
              if (hidden.length === 0 || hidden.length === truth.length) continue;
              expect(by).toHaveLength(1);
              expect(hidden.length).toBeGreaterThan(1);
              const total = sums(hidden.map(({ counts }) => counts as unknown as Cells));
              expect(countsOf(total).some(isFew)).toBe(false);
            }
          }
        },
      ),
      { numRuns: 20, seed: 5 },
    );
  });

  it("are all given where none is small, with ranges, and where everything may be told", () => {
    const large = tableOf(["f", "m"].map((name) => ({ key: [name], cells: [40, 20, 15, 45] as const })));
    const { rounded, tables } = tablesOf(auditBinary(large, QUICK), BELOW);
    expect({ rounded, withheld: tables[0]!.withheld }).toEqual({ rounded: false, withheld: 0 });
    expect(tables[0]!.groups[0]).toMatchObject({ group: "f", rows: 120 });
    expect(tables[0]!.groups[0]!.rates.map(({ measure, value }) => [measure, value])).toEqual([
      ["selection_rate", 60 / 120],
      ["true_positive_rate", 40 / 55],
      ["false_positive_rate", 20 / 65],
      ["precision", 40 / 60],
      ["accuracy", 85 / 120],
    ]);
    expect(tables[0]!.groups[0]!.rates[0]!.low).toBeLessThan(0.5);
    expect(tables[0]!.method).toContain("Wilson");

    const few = tableOf([
      { key: ["f"], cells: [2, 1, 0, 0] },
      { key: ["m"], cells: [40, 20, 15, 45] },
    ]);
    expect(tablesOf(auditBinary(few, QUICK), BELOW).tables[0]).toMatchObject({
      groups: [],
      withheld: 2,
    });
    expect(tablesOf(auditBinary(few, QUICK), 0).tables[0]!.groups).toHaveLength(2);
  });

  it("selection is told where outcomes are too few to be", () => {
    const groups = ["a", "b", "c"].map((name, index) => ({
      key: [name],
      cells: [30, index === 0 ? 4 : 20, 20, 40] as const,
    }));
    const [table] = tablesOf(auditBinary(tableOf(groups), QUICK), BELOW).tables;
    expect(table!.groups.map(({ rates }) => rates.map(({ leftOut }) => leftOut ?? false))).toEqual([
      [false, true, true, true, true],
      [false, true, true, true, true],
      [false, false, false, false, false],
    ]);
  });

  it("stay as long as an entry may be, whatever the groups are called", () => {
    const names = [
      "=cmd|' /C calc'!A0",
      "<script>",
      "__proto__",
      "constructor",
      "\u202e\u0000",
      "😀".repeat(5000),
    ];
    const many = Array.from({ length: 150 }, (_, index) => ({
      key: [names[index] ?? `g${index}`],
      cells: [20, 20, 20, 20] as const,
    }));
    const kept = tablesOf(auditBinary(tableOf(many), QUICK), BELOW);
    expect(auditBody.shape.groups.parse(kept)).toEqual(kept);
    expect(kept.tables[0]).toMatchObject({ withheld: 0, beyond: many.length - MAX_GROUPS });
    expect(JSON.stringify(kept).length).toBeLessThan(80_000);
    expect(kept.tables[0]!.groups.map(({ group }) => group)).toContain("__proto__");
    for (const { group } of kept.tables[0]!.groups) expect(group).not.toMatch(/\p{Surrogate}/u);
  });

  it("are errors where numbers are predicted, and right answers where classes are", () => {
    const values = Array.from({ length: 90 }, (_, row) => (row < 3 ? "x" : row % 2 === 0 ? "f" : "m"));
    const label = Float64Array.from(values, (_, row) => row);
    const table: RegressionTable = {
      ...{
        ...common,
        task: "regression",
        rows: 90,
        label,
        prediction: label.map((value, row) => value + (row % 3)),
      },
      sensitive: [column("sex", values)],
    };
    const regression = tablesOf(auditRegression(table), BELOW).tables[0]!;
    // The three of x, and one group more: the rest would tell them.
    expect(regression).toMatchObject({ withheld: 2, groups: [{ group: "m" }] });
    expect(regression.groups[0]!.rates.map(({ measure }) => measure)).toEqual([
      "mean_error",
      "root_mean_squared_error",
      "mean_absolute_error",
      "r_squared",
    ]);
    const codes = Int32Array.from(values, (_, row) => row % 3);
    const classes: MulticlassTable = {
      ...{ ...common, task: "multiclass", rows: 90, classes: ["p", "q", "r"], label: codes },
      prediction: codes.map((code, row) => (row % 4 < 2 ? code : (code + 1) % 3)),
      sensitive: [
        column(
          "sex",
          values.map((value) => (value === "x" ? "f" : value)),
        ),
      ],
    };
    const multiclass = tablesOf(auditMulticlass(classes, QUICK), BELOW).tables[0]!;
    expect(multiclass.groups.map(({ group, rates }) => [group, rates[0]!.measure])).toEqual([
      ["f", "accuracy"],
      ["m", "accuracy"],
    ]);
  });
});
