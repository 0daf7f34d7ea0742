import { describe, expect, it } from "vitest";
import { buildScoredTable } from "../../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { type Roles, readPlanOf } from "../../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { TableError } from "../../../../src/fairness/table/table-error.ts";

const ROLES: Roles = { task: "binary", label: "y", prediction: "p", sensitive: ["g"] };
const build = async (text: string, roles: Partial<Roles> = {}) => {
  const all = { ...ROLES, ...roles };
  return buildScoredTable(await readDelimited([text], readPlanOf(all), { source: "t.csv" }), all);
};
const binary = async (text: string, roles: Partial<Roles> = {}) => (await build(text, roles)) as BinaryTable;
const problem = async (text: string, roles: Partial<Roles> = {}) => {
  const error = await build(text, roles).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TableError);
  return (error as TableError).message;
};

describe("a scored table", () => {
  it("knows the positive class, also where a number is written in two ways", async () => {
    const table = await binary("y,p,g\n1.0,1,b\n0,0.0,a\n1,0,\n");
    expect([...table.label]).toEqual([1, 0, 1]);
    expect([...table.prediction]).toEqual([1, 0, 0]);
    expect(table).toMatchObject({ positive: "1", negative: "0", favourable: "positive" });
    expect(table.sensitive[0]!.levels).toEqual(["a", "b"]);
    expect([...table.sensitive[0]!.codes]).toEqual([1, 0, -1]);
    expect(table.notes).toEqual(['the positive class was not named; "1" of "0", "1" was taken']);
  });

  it("asks for the positive class where it does not go without saying", async () => {
    expect(await problem("y,p,g\ngood,bad,a\n")).toContain(
      'say which class is the positive one: the classes are "bad", "good"',
    );
    const table = await binary("y,p,g\ngood,bad,a\nbad,bad,a\n", { positive: "good" });
    expect([...table.label]).toEqual([1, 0]);
    expect(table.notes).toEqual([]);
    expect(await problem("y,p,g\ngood,bad,a\n", { positive: "goood" })).toContain('is it "good"?');
    expect(await problem("y,p,g\n1,2,a\n")).toContain("say which class");
  });

  it("refuses mixed labels with the line of the third class", async () => {
    const message = await problem("y,p,g\n1,1,a\n0,1,a\nyes,1,b\n");
    expect(message).toContain('3 classes ("0", "1", "yes"; "yes" first in column y, line 4)');
  });

  it("takes a score and a threshold for the prediction: at the threshold is positive", async () => {
    const table = await binary("y,s,g\n1,0.5,a\n0,0.49,a\n1,0.9,b\n", {
      prediction: undefined,
      score: "s",
      threshold: 0.5,
    });
    expect([...table.prediction]).toEqual([1, 0, 1]);
    expect(table.threshold).toBe(0.5);
    expect(await problem("y,s,g\n1,0.5,a\n", { prediction: undefined, score: "s" })).toContain("threshold");
    expect(await problem("y,s,g\n1,0.5,a\n", { prediction: undefined })).toContain("prediction, or the one");
  });

  it("refuses rows without a label, or leaves them out and says so", async () => {
    const text = "y,p,g\n1,1,a\n,1,b\n0,,c\n0,0,a\n";
    expect(await problem(text)).toContain("2 of 4 rows have no value in y, p (the first: line 3)");
    const table = await binary(text, { incomplete: "leave-out" });
    expect(table.rows).toBe(2);
    expect(table.sensitive[0]!.levels).toEqual(["a"]);
    expect(table.notes[0]).toContain("2 of 4 rows have no value in y, p and were left out");
  });

  it("refuses weights that are none", async () => {
    const weighted = { weight: "w" };
    expect(await problem("y,p,g,w\n1,1,a,1\n1,1,a,-2\n", weighted)).toContain(
      "line 3: the weight in w is -2",
    );
    expect(await problem("y,p,g,w\n1,1,a,\n", weighted)).toContain("line 2: the weight in w is missing");
    expect(await problem("y,p,g,w\n1,1,a,0\n", weighted)).toContain("every weight in w is 0");
  });

  it("refuses a column with two roles", async () => {
    expect(await problem("y,p,g\n1,1,a\n", { sensitive: ["y"] })).toContain("cannot be sensitive");
    expect(await problem("y,p,g\n1,1,a\n", { prediction: "y" })).toContain("two roles");
    expect(await problem("y,p,g\n1,1,a\n", { sensitive: [] })).toContain("at least one sensitive");
  });

  it("reads the other columns as numbers where they are numbers", async () => {
    const table = await binary("y,p,g,age,job\n1,1,a,30,x\n0,0,b,,7\n", { features: "all" });
    expect(table.features.map(({ name, kind }) => [name, kind])).toEqual([
      ["age", "number"],
      ["job", "category"],
    ]);
  });

  it("codes several classes and numbers", async () => {
    const many = await build("y,p,g\n10,2,a\n2,2,a\n1,x,b\n", { task: "multiclass" });
    expect(many).toMatchObject({ task: "multiclass", classes: ["1", "2", "10", "x"] });
    expect([...many.label]).toEqual([2, 1, 0]);
    const regression = await build("y,p,g\n10.5,2,a\n2,2,a\n", { task: "regression" });
    expect([...regression.label]).toEqual([10.5, 2]);
  });
});
