import { describe, expect, it } from "vitest";
import { TableError } from "../../../../../src/fairness/table/table-error.ts";
import {
  editedRow,
  modelColumn,
  sentRows,
  sentValue,
} from "../../../../../src/fairness/thresholds/model/model-columns.ts";
import { modelSpec } from "../../../../../src/fairness/thresholds/model/model-spec.ts";
import { category, numbers } from "./columns.ts";

const COLUMNS = [
  numbers("whole", [1, 2, 3]),
  numbers("part", [1.5, Number.NaN, 3]),
  category("word", ["x", "", "y"]),
  category("flag", ["True", "False", "True"]),
  // Sensitive columns are read as texts.
  category("age", ["30", "41", "30"]),
].map(modelColumn);

describe("columns for a model", () => {
  it("have the types that pandas reads", () => {
    expect(COLUMNS.map(({ type }) => type)).toEqual(["int", "float", "text", "bool", "int"]);
    expect(sentRows(COLUMNS, [2, 1]).map(({ values }) => values)).toEqual([
      [3, 2],
      [3, null],
      ["y", null],
      [true, false],
      [30, 41],
    ]);
  });

  it("take what a person writes, as far as it fits", () => {
    const [whole, part, word, flag] = COLUMNS as [never, never, never, never];
    expect(sentValue(whole, "7")).toEqual({ name: "whole", type: "int", values: [7] });
    expect(sentValue(whole, "7.5")).toEqual({ name: "whole", type: "float", values: [7.5] });
    expect(sentValue(whole, "")).toEqual({ name: "whole", type: "float", values: [null] });
    expect(sentValue(part, "7").type).toBe("float");
    expect(sentValue(word, "new")).toEqual({ name: "word", type: "text", values: ["new"] });
    expect(sentValue(word, "").values).toEqual([null]);
    expect(sentValue(flag, "false").values).toEqual([false]);
    expect(() => sentValue(part, "many")).toThrow('part has numbers, and "many" is none');
    expect(() => sentValue(flag, "maybe")).toThrow(TableError);
  });

  it("make an edited row of a row and its changes", () => {
    const row = editedRow(COLUMNS, 0, [
      ["part", "9"],
      ["word", "z"],
    ]);
    expect(row.map(({ values }) => values[0])).toEqual([1, 9, "z", true, 30]);
  });
});

it("a model is a file, or a name in a module", () => {
  expect(modelSpec("scoring:score")).toEqual({ module: "scoring", function: "score" });
  expect(modelSpec("credit.models:final")).toEqual({ module: "credit.models", function: "final" });
  for (const file of ["outputs/model.joblib", "C:\\models\\m.pkl", "C:/m.pkl", "m", "a b:c"])
    expect(modelSpec(file)).toEqual({ file });
});
