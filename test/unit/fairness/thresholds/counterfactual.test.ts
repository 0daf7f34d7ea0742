import { describe, expect, it } from "vitest";
import type { Column } from "../../../../src/fairness/table/column.ts";
import { nearestCounterfactual } from "../../../../src/fairness/thresholds/counterfactual.ts";
import { madeTable } from "./made-tables.ts";

const numbers = (name: string, values: number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
  firstMissing: values.findIndex(Number.isNaN),
});
const texts = (name: string, levels: string[], codes: number[]): Column => ({
  kind: "category",
  name,
  levels,
  codes: Int32Array.from(codes),
  firstRow: levels.map((_, code) => codes.indexOf(code)),
  firstMissing: codes.indexOf(-1),
});

const table = {
  ...madeTable(1, { rows: 4, groups: 1, scores: 4 }),
  features: [
    // Standard deviation 2.
    numbers("years", [0, 4, 0, 4]),
    texts("job", ["a", "b"], [0, 0, 1, 1]),
    texts("id", ["p", "q", "r", "s"], [0, 1, 2, 3]),
  ],
};
const selected = Uint8Array.of(0, 1, 1, 1);

describe("nearest counterfactual", () => {
  it("is the row decided the other way whose columns differ least; the parts add up", () => {
    const { nearest, distance, columns, point } = nearestCounterfactual(table, selected, 0, "l1");
    // Row 1 differs by two standard deviations; row 2 by its job, which two rows share with a chance of 1/2.
    expect(nearest?.row).toBe(2);
    expect(distance).toBe(0.5);
    expect(point.selected).toBe(false);
    expect(columns.map(({ name, point, nearest, part }) => [name, point, nearest, part])).toEqual([
      ["group", "g0", "g0", 0],
      ["years", "0", "0", 0],
      ["job", "a", "b", 0.5],
    ]);
    expect(nearestCounterfactual(table, selected, 0, "l2").distance).toBe(0.25);
  });

  it("adds squares for L2, which may choose another row", () => {
    const other = {
      ...table,
      features: [numbers("a", [0, 1.5, 0.8, -2.3]), numbers("b", [0, 0, 0.9, -0.9])],
    };
    const some = Uint8Array.of(0, 1, 1, 0);
    const l1 = nearestCounterfactual(other, some, 0, "l1").nearest!.row;
    const l2 = nearestCounterfactual(other, some, 0, "l2").nearest!.row;
    const force = (power: number) => {
      const spread = (values: number[]) => {
        const mean = values.reduce((a, b) => a + b, 0) / 4;
        return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
      };
      const [a, b] = other.features.map((column) => Array.from((column as { values: Float64Array }).values));
      const away = [1, 2].map(
        (row) => (Math.abs(a![row]!) / spread(a!)) ** power + (Math.abs(b![row]!) / spread(b!)) ** power,
      );
      return away[0]! <= away[1]! ? 1 : 2;
    };
    expect([l1, l2]).toEqual([force(1), force(2)]);
  });

  it("counts a missing value as 1, a column that never varies as nothing, and takes the first of equals", () => {
    const odd = {
      ...table,
      features: [numbers("same", [3, 3, 3, 3]), numbers("gone", [1, Number.NaN, Number.NaN, Number.NaN])],
    };
    const { nearest, distance } = nearestCounterfactual(odd, selected, 0, "l1");
    expect([nearest?.row, distance]).toEqual([1, 1]);
  });

  it("has none where everyone is decided alike, and refuses a row that is not there", () => {
    expect(nearestCounterfactual(table, new Uint8Array(4), 0, "l1").nearest).toBeNull();
    expect(() => nearestCounterfactual(table, selected, 4, "l1")).toThrow(
      "there is no row 5; the table has 4",
    );
  });
});
