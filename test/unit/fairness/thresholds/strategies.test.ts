import { describe, expect, it } from "vitest";
import { chooseThresholds } from "../../../../src/fairness/thresholds/choose.ts";
import { type ScoreGroup, scoreCells, scoreGroups } from "../../../../src/fairness/thresholds/score-cells.ts";
import { confusionAtCut, cutAt } from "../../../../src/fairness/thresholds/score-counts.ts";
import {
  type Choice,
  type ComputedStrategy,
  costAt,
  rateAt,
  STRATEGY_DEFINITIONS,
} from "../../../../src/fairness/thresholds/strategy.ts";
import { type Json, readExtra, VECTORS, vectorTable } from "../vectors.ts";
import { madeTable } from "./made-tables.ts";

const total = (groups: readonly ScoreGroup[], choices: readonly Choice[], ratio: number): number =>
  groups.reduce((sum, group, index) => sum + costAt(group, choices[index]!.cut, ratio), 0);

/** What the vectors call the strategies. */
const NAMES = {
  demoparity: "demographic_parity",
  equalopp: "equal_opportunity",
  equalacc: "equal_accuracy",
} as const;

describe("the What-If Tool's search", () => {
  const cases: Json[] = readExtra("wit_thresholds.json").filter(({ table }: Json) => VECTORS.has(table));
  for (const { table: name, slice_by, cost_ratio_FP_over_FN: ratio, facet_order, results, ...at } of cases)
    it(`${name} by ${slice_by}, a false positive costs ${ratio}`, async () => {
      const { table } = await vectorTable(name);
      const groups = scoreGroups(scoreCells(table), [
        table.sensitive.findIndex((column) => column.name === slice_by),
      ]);
      expect([...groups].sort((a, b) => a.firstRow - b.firstRow).map((group) => group.name)).toEqual(
        facet_order,
      );
      const settings = { costRatio: ratio, mode: "wit" as const };
      const single = chooseThresholds(groups, "single", settings);
      expect(new Set(single.map(({ threshold }) => threshold))).toEqual(new Set([results.unaware.threshold]));
      expect(total(groups, single, ratio)).toBeCloseTo(results.unaware.cost, 9);
      const each = chooseThresholds(groups, "group", settings);
      for (const [index, group] of groups.entries()) {
        expect(each[index]!.threshold, group.name).toBe(results.group[group.name].threshold);
        expect(costAt(group, each[index]!.cut, ratio)).toBeCloseTo(results.group[group.name].cost, 9);
      }
      for (const [theirs, strategy] of Object.entries(NAMES)) {
        const choices = chooseThresholds(groups, strategy, settings);
        const expected = results[theirs];
        const rate = STRATEGY_DEFINITIONS[strategy].equal!;
        for (const [index, group] of groups.entries()) {
          expect(choices[index]!.threshold, `${strategy}, ${group.name}`).toBe(
            expected.thresholds[group.name],
          );
          expect(rateAt(rate, group, choices[index]!.cut)).toBeCloseTo(expected.measure[group.name], 12);
        }
        expect(total(groups, choices, ratio)).toBeCloseTo(expected.total_cost, 9);
      }
      for (const group of groups) {
        const { TP: tp, FP: fp, TN: tn, FN: fn } = at.confusion_at_0_50[group.name];
        expect(confusionAtCut(group.counts, cutAt(group.counts, 0.5))).toEqual({ tp, fp, fn, tn });
      }
    });

  it("takes a score of 0.29 for less than 29 of a hundred, and leaves a group without positives at 0", () => {
    const group = (name: string, firstRow: number, positives: number[]): ScoreGroup => ({
      key: [name],
      name,
      firstRow,
      counts: {
        scores: Float64Array.of(0.29, 0.6),
        positives: Float64Array.from(positives),
        negatives: Float64Array.of(0, 1, 2),
        rowPositives: Float64Array.from(positives),
        rowNegatives: Float64Array.of(0, 1, 2),
      },
    });
    const [first, second] = [group("a", 0, [0, 0, 1]), group("b", 1, [0, 0, 0])];
    const choices = chooseThresholds([first, second], "equal_opportunity", { mode: "wit" });
    expect(choices[1]).toEqual({ threshold: 0, cut: 0 });
    const cheap = chooseThresholds([group("a", 0, [0, 0, 0])], "single", { mode: "wit", costRatio: 0 });
    expect(cheap).toEqual([{ threshold: 1, cut: 2 }]);
    // Selecting the row of 0.29 would cost nothing: step 28 is the last to do so.
    const low = chooseThresholds([group("a", 0, [0, 1, 2])], "single", { mode: "wit", costRatio: 0 });
    expect(low).toEqual([{ threshold: 0.28, cut: 0 }]);
  });

  it("walks groups that are whole numbers in their order, whichever the table names first", () => {
    const table = madeTable(11, { rows: 120, groups: 2, scores: 40 });
    const named = (levels: string[], firstRows: number[]) =>
      scoreGroups(scoreCells({ ...table, sensitive: [{ ...table.sensitive[0]!, levels }] }), [0]).map(
        (group, index) => ({ ...group, firstRow: firstRows[index]! }),
      );
    const choose = (groups: ScoreGroup[]) =>
      chooseThresholds(groups, "equal_accuracy", { mode: "wit" }).map(({ threshold }) => threshold);
    const late = choose(named(["1", "2"], [9, 0]));
    expect(late).toEqual(choose(named(["x", "y"], [0, 9])));
    expect(late).not.toEqual(choose(named(["x", "y"], [9, 0])));
  });
});

describe("the exact search", () => {
  const tables = Array.from({ length: 30 }, (_, seed) =>
    madeTable(seed, {
      rows: 12 + 3 * seed,
      groups: 1 + (seed % 3),
      scores: 4 + (seed % 5),
      weighted: seed % 4 === 3,
    }),
  );

  function* everyChoice(groups: readonly ScoreGroup[]): Generator<number[]> {
    const sizes = groups.map(({ counts }) => counts.scores.length + 1);
    const all = sizes.reduce((product, size) => product * size, 1);
    for (let index = 0; index < all; index++) {
      let rest = index;
      yield sizes.map((size) => {
        const cut = rest % size;
        rest = Math.floor(rest / size);
        return cut;
      });
    }
  }

  it("finds what trying every choice finds: the lowest cost within the tolerance, or within the smallest gap", () => {
    for (const table of tables)
      for (const strategy of ["demographic_parity", "equal_opportunity", "equal_accuracy"] as const)
        for (const [costRatio, tolerance] of [
          [1, 0.02],
          [3, 0.1],
          [0.25, 0],
        ] as const) {
          const rate = STRATEGY_DEFINITIONS[strategy].equal!;
          const groups = scoreGroups(scoreCells(table), [0]).filter(
            (group) => !Number.isNaN(rateAt(rate, group, 0)),
          );
          if (groups.length === 0) continue;
          const gapOf = (cuts: number[]) => {
            const rates = cuts.map((cut, index) => rateAt(rate, groups[index]!, cut));
            return Math.max(...rates) - Math.min(...rates);
          };
          const all = [...everyChoice(groups)].map((cuts) => ({
            gap: gapOf(cuts),
            cost: cuts.reduce((sum, cut, index) => sum + costAt(groups[index]!, cut, costRatio), 0),
          }));
          const width = Math.max(tolerance, Math.min(...all.map(({ gap }) => gap))) + 1e-9;
          const least = Math.min(...all.filter(({ gap }) => gap <= width).map(({ cost }) => cost));
          const choices = chooseThresholds(groups, strategy, { costRatio, tolerance });
          expect(total(groups, choices, costRatio)).toBeCloseTo(least, 9);
          expect(gapOf(choices.map(({ cut }) => cut))).toBeLessThanOrEqual(width);
        }
  });

  it("never costs more than the What-If Tool's grid where nothing must be equal", () => {
    for (const table of tables)
      for (const strategy of ["single", "group"] satisfies ComputedStrategy[])
        for (const costRatio of [1, 4]) {
          const groups = scoreGroups(scoreCells(table), [0]);
          const exact = chooseThresholds(groups, strategy, { costRatio });
          const grid = chooseThresholds(groups, strategy, { costRatio, mode: "wit" });
          expect(total(groups, exact, costRatio)).toBeLessThanOrEqual(total(groups, grid, costRatio) + 1e-9);
        }
  });

  it("costs less the more the groups may differ", () => {
    for (const table of tables) {
      const groups = scoreGroups(scoreCells(table), [0]);
      const cost = (strategy: ComputedStrategy, tolerance: number) =>
        total(groups, chooseThresholds(groups, strategy, { tolerance }), 1);
      const costs = [0, 0.1, 1].map((tolerance) => cost("demographic_parity", tolerance));
      expect([...costs].sort((a, b) => b - a)).toEqual(costs);
      expect(cost("group", 0)).toBeCloseTo(costs[2]!, 9);
      expect(cost("single", 0)).toBeGreaterThanOrEqual(cost("group", 0) - 1e-9);
    }
  });

  it("lets nobody through where a false positive costs without end, and leaves the names of groups out of it", () => {
    const groups = scoreGroups(scoreCells(madeTable(3, { rows: 50, groups: 2, scores: 10 })), [0]);
    const strict = chooseThresholds(groups, "single", { costRatio: 1e6 });
    expect(strict.map(({ threshold }) => threshold)).toEqual([Infinity, Infinity]);
    const turned = [...groups].reverse();
    expect(chooseThresholds(turned, "equal_accuracy").reverse()).toEqual(
      chooseThresholds(groups, "equal_accuracy"),
    );
  });

  it("gives a group without positives its own cheapest threshold for equal opportunity", () => {
    const table = madeTable(5, { rows: 80, groups: 2, scores: 12 });
    for (let row = 0; row < table.rows; row++) if (table.sensitive[0]!.codes[row] === 1) table.label[row] = 0;
    const choices = chooseThresholds(scoreGroups(scoreCells(table), [0]), "equal_opportunity");
    expect(choices[1]!.threshold).toBe(Infinity);
  });

  it("refuses settings that cannot be", () => {
    const groups = scoreGroups(scoreCells(madeTable(1, { rows: 9, groups: 1, scores: 3 })), [0]);
    expect(() => chooseThresholds([], "single")).toThrow("no groups");
    expect(() => chooseThresholds(groups, "single", { costRatio: -1 })).toThrow("0 or more");
    expect(() => chooseThresholds(groups, "equal_accuracy", { tolerance: 2 })).toThrow("between 0 and 1");
  });
});
