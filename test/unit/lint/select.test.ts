import { describe, expect, it } from "vitest";
import { type Selection, selectRules, unknownPrefixes } from "../../../src/lint/select.ts";

const RULES = [
  { code: "FW101", default: true },
  { code: "FW102", default: false },
  { code: "FW201", default: true },
  { code: "FW301", default: false },
];
const chosen = (selection: Selection, path?: string) =>
  selectRules(RULES, selection, path).map(({ code }) => code);

describe("selectRules", () => {
  it("takes the precise subset where nothing is said", () => {
    expect(chosen({})).toEqual(["FW101", "FW201"]);
  });

  it.each<[string[], string[], string[]]>([
    [["FW1"], [], ["FW101", "FW102"]],
    [["ALL"], [], ["FW101", "FW102", "FW201", "FW301"]],
    [["ALL"], ["FW1"], ["FW201", "FW301"]],
    [["DEFAULT", "FW3"], [], ["FW101", "FW201", "FW301"]],
    [["FW101"], ["FW1"], ["FW101"]],
    [["FW1"], ["FW101"], ["FW102"]],
    [["FW1"], ["FW1"], []],
    [["DEFAULT"], ["ALL"], []],
    [["fw2"], [], ["FW201"]],
    [[], [], []],
  ])("select %j, ignore %j", (select, ignore, expected) => {
    expect(chosen({ select, ignore })).toEqual(expected);
  });

  it("leaves rules out per file, by patterns as in .gitignore", () => {
    const perFileIgnores = { "notebooks/**": ["FW1"], "*.yaml": ["FW201"] };
    expect(chosen({ perFileIgnores }, "notebooks/deep/a.ipynb")).toEqual(["FW201"]);
    expect(chosen({ perFileIgnores }, "deploy/a.yaml")).toEqual(["FW101"]);
    expect(chosen({ perFileIgnores }, "train.py")).toEqual(["FW101", "FW201"]);
    expect(chosen({ perFileIgnores }, "/outside/notebooks/a.py")).toEqual(["FW101", "FW201"]);
  });

  it("knows which prefixes name nothing", () => {
    expect(unknownPrefixes(["FW1", "E501", "FW9", "ALL", "DEFAULT", ""], RULES)).toEqual(["E501", "FW9", ""]);
  });
});
