import { describe, expect, it } from "vitest";
import { RACES, SEXES } from "../../../../src/config/report-facts-by-law.ts";
import { type Ll144Request, ll144Of, unknownValues } from "../../../../src/fairness/audit/ll144.ts";
import { buildScoredTable } from "../../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { type Roles, readPlanOf } from "../../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";

const ROLES: Roles = {
  task: "binary",
  label: "hired",
  prediction: "selected",
  score: "score",
  sensitive: ["sex", "race"],
};
const REQUEST: Ll144Request = {
  sex: "sex",
  race: "race",
  measure: "selection",
  sexes: SEXES,
  races: RACES,
  categories: { f: "Female", m: "Male", b: "Black or African American" },
  below: 0,
};

/** `cells`: sex, race, selected, score, how many. */
async function tableOf(cells: [string, string, number, number, number][], roles: Partial<Roles> = {}) {
  const lines = cells.flatMap(([sex, race, selected, score, times]) =>
    Array.from({ length: times }, () => `${selected},${selected},${score},${sex},${race}`),
  );
  const all = { ...ROLES, ...roles };
  const raw = await readDelimited([`hired,selected,score,sex,race\n${lines.join("\n")}\n`], readPlanOf(all), {
    source: "t.csv",
  });
  return buildScoredTable(raw, all) as BinaryTable;
}
const row = (found: ReturnType<typeof ll144Of>, by: string, category: string) =>
  found!.tables.find((each) => each.by === by)!.rows.find((each) => each.category === category)!;

describe("tables of NYC Local Law 144", () => {
  const cells: Parameters<typeof tableOf>[0] = [
    ["m", "White", 1, 0.9, 60],
    ["m", "White", 0, 0.4, 40],
    ["f", "b", 1, 0.8, 30],
    ["f", "b", 0, 0.3, 60],
    ["f", "Asian", 1, 0.7, 3],
    ["x", "White", 1, 0.6, 5],
    ["m", "", 0, 0.2, 7],
  ];

  it("have selection rates and impact ratios by sex, race/ethnicity and both", async () => {
    const found = ll144Of(await tableOf(cells), REQUEST);
    expect(found).toMatchObject({ measure: "selection", applicants: 205, rounded: false });
    expect(row(found, "sex", "Male")).toMatchObject({ applicants: 107, selected: 60, ratio: 1 });
    expect(row(found, "sex", "Female")).toMatchObject({ applicants: 93, selected: 33 });
    expect(row(found, "sex", "Female").ratio).toBeCloseTo(33 / 93 / (60 / 107));
    expect(found!.tables.map(({ by, unknown, rows }) => [by, unknown, rows.length])).toEqual([
      ["sex", 5, 2],
      ["race/ethnicity", 7, 7],
      ["intersection", 12, 14],
    ]);
    expect(row(found, "intersection", "Black or African American, Female")).toMatchObject({
      applicants: 90,
      selected: 30,
    });
    expect(row(found, "intersection", "Hispanic or Latino, Male")).toMatchObject({
      applicants: 0,
      rate: null,
    });
  });

  it("have ratios with and without categories of less than 2 % of the data", async () => {
    const found = ll144Of(await tableOf(cells), REQUEST);
    const asian = row(found, "race/ethnicity", "Asian");
    expect(asian).toMatchObject({ applicants: 3, rate: 1, ratio: 1, ratioWithoutSmall: null, small: true });
    const white = row(found, "race/ethnicity", "White");
    expect(white).toMatchObject({ applicants: 105, selected: 65, ratioWithoutSmall: 1, small: false });
    expect(white.ratio).toBeCloseTo(65 / 105);
  });

  it("have scoring rates above the median of all scores, and below it where a low score is good", async () => {
    const scored: typeof cells = [
      ["m", "White", 1, 0.9, 2],
      ["m", "White", 0, 0.1, 1],
      ["f", "White", 1, 0.5, 1],
      ["f", "White", 0, 0.2, 1],
    ];
    const above = ll144Of(await tableOf(scored), { ...REQUEST, measure: "score" });
    expect(above!.median).toBe(0.5);
    expect(row(above, "sex", "Male")).toMatchObject({ selected: 2 });
    expect(row(above, "sex", "Female")).toMatchObject({ selected: 0, ratio: 0 });
    const below = ll144Of(await tableOf(scored, { favourable: "negative" }), {
      ...REQUEST,
      measure: "score",
    });
    expect(row(below, "sex", "Female")).toMatchObject({ selected: 1 });
    const unscored = await tableOf(scored, { score: undefined });
    expect(ll144Of(unscored, { ...REQUEST, measure: "score" })).toBeUndefined();
  });

  it("leave out few people and round the rest, so that no sum tells what was left out", async () => {
    const found = ll144Of(await tableOf(cells), { ...REQUEST, below: 10 });
    expect(found).toMatchObject({ rounded: true, applicants: 210 });
    expect(row(found, "race/ethnicity", "Asian")).toEqual({
      category: "Asian",
      applicants: null,
      selected: null,
      rate: null,
      ratio: null,
      ratioWithoutSmall: null,
      small: true,
    });
    expect(row(found, "sex", "Female")).toMatchObject({ applicants: 90, selected: 30, rate: 0.355 });
    expect(found!.tables[0]!.unknown).toBeNull();
    // Their rate, or the ratios to it, would tell how many of the few were selected.
    expect(row(found, "race/ethnicity", "White")).toMatchObject({
      rate: 0.619,
      ratio: null,
      ratioWithoutSmall: 1,
    });
    expect(row(found, "sex", "Female").ratio).toBe(0.633);
    const rare: typeof cells = [
      ...cells,
      ["f", "Two or More Races", 1, 0.7, 4],
      ["f", "Two or More Races", 0, 0.1, 90],
    ];
    expect(
      row(ll144Of(await tableOf(rare), { ...REQUEST, below: 10 }), "race/ethnicity", "Two or More Races"),
    ).toMatchObject({ applicants: 90, selected: null, rate: null, ratio: null });
  });

  it("need both columns, and name values that stand for no category", async () => {
    const table = await tableOf(cells);
    expect(ll144Of(table, { ...REQUEST, race: "ethnicity" })).toBeUndefined();
    expect(unknownValues(table, REQUEST)).toEqual(["sex x"]);
  });
});
