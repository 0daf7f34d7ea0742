import { describe, expect, it } from "vitest";
import { dependenceOf, gridOf } from "../../../../../src/fairness/thresholds/model/dependence.ts";
import { dependenceLines } from "../../../../../src/fairness/thresholds/model/dependence-lines.ts";
import { modelColumn } from "../../../../../src/fairness/thresholds/model/model-columns.ts";
import { sampleRows } from "../../../../../src/fairness/thresholds/sample-rows.ts";
import { category, numbers } from "./columns.ts";

const all = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe("the values that are tried", () => {
  it("are all of few numbers, else ones that are there, as many rows between two of them", () => {
    expect(gridOf(modelColumn(numbers("n", [3, 1, 1, 2, Number.NaN])))).toEqual(["1", "2", "3"]);
    const skewed = numbers(
      "n",
      Array.from({ length: 1001 }, (_, row) => row * row),
    );
    const grid = gridOf(modelColumn(skewed)).map(Number);
    expect([grid.length, grid[0], grid.at(-1)]).toEqual([20, 0, 1e6]);
    expect(grid.every((value) => skewed.values.includes(value))).toBe(true);
    expect(gridOf(modelColumn(numbers("n", [...new Array(900).fill(5), ...all(100)])))).toContain("5");
  });

  it("are the most frequent texts", () => {
    expect(gridOf(modelColumn(category("c", ["b", "a", "", "a"])))).toEqual(["a", "b"]);
    const many = category(
      "c",
      Array.from({ length: 90 }, (_, row) => `t${row % 45}`),
    );
    expect(gridOf(modelColumn(many))).toHaveLength(30);
  });
});

describe("partial dependence", () => {
  // A model that is known: 2 x + 10 for the rows of the second cell.
  const cellOf = Int32Array.from([0, 1, 1, 0]);
  const ask = (weights?: Float64Array, point: number | null = null) =>
    dependenceOf({
      column: modelColumn(numbers("x", [1, 2, 3, 4])),
      grid: ["0", "5"],
      sample: Int32Array.from([0, 1, 2]),
      ...{ rows: 4, cellOf, cells: 3, weights, point },
      scoresWith: async (value) =>
        [0, 1, 2, ...(point === null ? [] : [point])].map((row) => 2 * Number(value) + 10 * cellOf[row]!),
      onProgress: () => {},
    });
  const keys = [["f"], ["m"], ["nobody"]];

  it("is the mean over the sample, for all and per group", async () => {
    const answer = await ask();
    expect(dependenceLines(answer, keys, [])).toEqual([{ key: [], rows: 3, means: [20 / 3, 50 / 3] }]);
    expect(dependenceLines(answer, keys, [0])).toEqual([
      { key: ["f"], rows: 1, means: [0, 10] },
      { key: ["m"], rows: 2, means: [10, 20] },
    ]);
    expect([answer.sampled, answer.rows, answer.point]).toEqual([3, 4, null]);
  });

  it("counts rows by their weight, and follows a single row", async () => {
    const answer = await ask(Float64Array.from([3, 1, 0, 9]), 3);
    expect(dependenceLines(answer, keys, [])[0]!.means).toEqual([2.5, 12.5]);
    expect(answer.point).toEqual({ row: 3, value: "4", scores: [0, 10] });
  });
});

it("a sample is the same every time, has each row at most once, and all where they are few", () => {
  const drawn = sampleRows(all(100_000), 5000);
  expect([drawn.length, new Set(drawn).size]).toEqual([5000, 5000]);
  expect([...drawn]).toEqual([...sampleRows(all(100_000), 5000)]);
  expect([...drawn]).toEqual([...drawn].sort((a, b) => a - b));
  expect(drawn.reduce((sum, row) => sum + row, 0) / 5000).toBeCloseTo(50_000, -4);
  expect(sampleRows(all(7), 7)).toHaveLength(7);
});
