import { describe, expect, it } from "vitest";
import { buildCells } from "../../../../src/fairness/metrics/cells.ts";
import { jitterOf } from "../../../../src/fairness/thresholds/jitter.ts";
import { cellOfPoint, pickedRow } from "../../../../src/fairness/thresholds/picked-row.ts";
import { scatterOf } from "../../../../src/fairness/thresholds/scatter.ts";
import { slicedBy } from "../../../../src/fairness/thresholds/slices.ts";
import { madeTable } from "./made-tables.ts";
import { category, numbers } from "./model/columns.ts";

const TABLE = {
  ...madeTable(1, { rows: 8, groups: 1, scores: 5 }),
  sensitive: [category("sex", ["f", "f", "f", "m", "m", "m", "m", ""])],
  features: [
    numbers("age", [20, 30, 40, 20, 30, 40, 50, Number.NaN]),
    category("town", ["A", "A", "B", "A", "", "A", "A", "A"]),
  ],
};

describe("an edited row", () => {
  const place = (row: number, changes: [string, string][], facet?: string) => {
    const columns = slicedBy(TABLE, facet);
    const cells = buildCells(columns, TABLE.rows);
    const cell = cellOfPoint(TABLE, columns, cells, { row, changes });
    return cell === null
      ? null
      : columns.map(({ levels }, at) => levels[cells.codes[cell * columns.length + at]!] ?? null);
  };

  it("is in the group that its values say", () => {
    expect(place(0, [])).toEqual(["f"]);
    expect(place(0, [["age", "99"]])).toEqual(["f"]);
    expect(place(0, [["sex", "m"]])).toEqual(["m"]);
    expect(place(0, [["sex", ""]])).toEqual([null]);
    expect(place(0, [["sex", "x"]])).toBeNull();
  });

  it("is in the slice of the row that is nearest, and in none that nobody is in", () => {
    expect(place(0, [], "age")).toEqual(["f", "20"]);
    expect(place(0, [["age", "33"]], "age")).toEqual(["f", "30"]);
    expect(place(0, [["age", "46"]], "age")).toBeNull();
    expect(place(3, [["age", "46"]], "age")).toEqual(["m", "50"]);
    expect(place(0, [["town", "B"]], "town")).toEqual(["f", "B"]);
    expect(place(3, [["town", "B"]], "town")).toBeNull();
  });

  it("begins with what the table has", () => {
    const { fields } = pickedRow(TABLE, [...TABLE.sensitive, ...TABLE.features], 7);
    expect(fields).toEqual([
      { name: "sex", kind: "text", value: "", levels: ["f", "m"] },
      { name: "age", kind: "number", value: "", levels: null },
      { name: "town", kind: "text", value: "A", levels: ["A", "B"] },
    ]);
    expect(() => pickedRow(TABLE, [], 8)).toThrow("there is no row 9; the table has 8");
  });
});

describe("points over two columns", () => {
  const cellOf = new Int32Array(8);

  it("have numbers as they are and texts in their places, missing ones last", () => {
    const { x, y, rows, xs, ys, placed, missing } = scatterOf(TABLE, cellOf, "age", "town");
    expect([x.levels, x.spread, y.levels]).toEqual([null, 3, ["A", "B", ""]]);
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...xs]).toEqual([20, 30, 40, 20, 30, 40, 50]);
    expect([...ys]).toEqual([0, 0, 1, 0, 2, 0, 0]);
    expect([placed, missing]).toEqual([7, 1]);
  });

  it("may be the score", () => {
    const { xs, x } = scatterOf(TABLE, cellOf, "score", "sex");
    expect([x.name, ...xs]).toEqual(["score", ...TABLE.score!]);
  });

  it("are some of many, the same every time", () => {
    const many = madeTable(3, { rows: 100_000, groups: 4, scores: 50 });
    const { rows, placed, labels, cells } = scatterOf(many, new Int32Array(100_000), "group", "score");
    expect([rows.length, labels.length, cells.length, placed]).toEqual([5000, 5000, 5000, 100_000]);
    expect([...scatterOf(many, new Int32Array(100_000), "group", "score").rows]).toEqual([...rows]);
  });

  it("are spread evenly, and always to the same place", () => {
    const spread = Array.from({ length: 20_000 }, (_, row) => [jitterOf(row, 0), jitterOf(row, 1)]);
    for (const axis of [0, 1]) {
      const values = spread.map((each) => each[axis]!);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
      expect(values.reduce((a, b) => a + b) / 20_000).toBeCloseTo(0, 1);
      for (const quarter of [-1, -0.5, 0, 0.5])
        expect(values.filter((value) => value >= quarter && value < quarter + 0.5).length).toBeCloseTo(
          5000,
          -3,
        );
    }
    const together = spread.reduce((sum, [a, b]) => sum + a! * b!, 0) / 20_000;
    expect(together).toBeCloseTo(0, 1);
  });
});
