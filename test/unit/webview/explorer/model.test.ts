import { describe, expect, it } from "vitest";
import { scoreCells } from "../../../../src/fairness/thresholds/score-cells.ts";
import { costAt } from "../../../../src/fairness/thresholds/strategy.ts";
import { cellOf, groupingsOf, Model } from "../../../../webview/explorer/model.ts";
import { keyed, snapped, thresholdText } from "../../../../webview/explorer/numbers.ts";
import { hostMessage, pageMessage, pageState } from "../../../../webview/explorer/protocol.ts";
import { EMPTY_STATE } from "../../../../webview/explorer/state.ts";
import { madeTable } from "../../fairness/thresholds/made-tables.ts";

const SETTINGS = { costRatio: 1, tolerance: 0.02, mode: "exact" as const };

function model(rows: number, groups: number, attributes: number[] = [0]): Model {
  const made = new Model();
  made.regroup(scoreCells(madeTable(4, { rows, groups, scores: 60 })), attributes, "everyone");
  return made;
}

describe("what the explorer shows", () => {
  it("counts all rows once, by groups and as one", () => {
    const sum = (made: Model) =>
      made.groups.reduce((rows, _, index) => {
        const { tp, fp, fn, tn } = made.confusion(index);
        return rows + tp + fp + fn + tn;
      }, 0);
    expect(sum(model(300, 3))).toBe(300);
    const everyone = model(300, 3, []);
    expect(everyone.groups.map(({ name }) => name)).toEqual(["everyone"]);
    expect(sum(everyone)).toBe(300);
  });

  it("moves one threshold, or all of them, and what is sent of each cell follows", () => {
    const made = model(300, 3);
    made.choose("single", SETTINGS, new Map());
    const before = made.choices.map(({ threshold }) => threshold);
    made.move(1, 0.9, false);
    expect(made.choices.map(({ threshold }) => threshold)).toEqual([before[0], 0.9, before[2]]);
    expect([...made.cellThresholds()]).toEqual([before[0], 0.9, before[2]]);
    made.move(0, Infinity, true);
    expect([...made.cellThresholds()]).toEqual([Infinity, Infinity, Infinity]);
    expect(made.confusion(2)).toMatchObject({ tp: 0, fp: 0 });
  });

  it("takes thresholds set by hand where they are named", () => {
    const made = model(300, 2);
    made.choose("custom", SETTINGS, new Map([["g1", 0.25]]));
    expect(made.choices.map(({ threshold }) => threshold)).toEqual([0.5, 0.25]);
  });

  it("adds up the cost, and finds the gap among groups that are large enough", () => {
    const made = model(300, 2);
    made.choose("group", { ...SETTINGS, costRatio: 3 }, new Map());
    const { cost, fp, fn } = made.cost(3);
    expect(cost).toBe(3 * fp + fn);
    expect(cost).toBe(
      made.groups.reduce((sum, group, index) => sum + costAt(group, made.choices[index]!.cut, 3), 0),
    );
    const [a, b] = [made.rate(0, "selection_rate").value!, made.rate(1, "selection_rate").value!];
    expect(made.measure("demographic_parity").difference).toBeCloseTo(Math.abs(a - b), 12);
    // Twelve rows a group: none of their rates decides anything.
    const small = model(24, 2);
    expect(small.rate(0, "selection_rate").small).toMatch(/fewer than 30/);
    expect(small.measure("demographic_parity").difference).toBeNull();
  });

  it("draws the largest groups, in their order", () => {
    const made = model(400, 9);
    const drawn = made.drawn(4);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    expect(drawn).toHaveLength(4);
    expect(made.drawn(12)).toHaveLength(9);
  });
});

describe("thresholds by pointer and keys", () => {
  it("snap to a thousandth of the range, in short numbers", () => {
    expect(snapped(0.123456, 0, 1)).toBe(0.123);
    expect(snapped(512.34, 300, 850)).toBe(512.3);
    expect(snapped(0.1 + 0.2, 0, 1)).toBe(0.3);
  });

  it("step by hundredths and tenths, to both ends and to nobody", () => {
    expect(keyed("ArrowRight", 0.5, 0, 1)).toBe(0.51);
    expect(keyed("PageDown", 0.55, 0, 1)).toBe(0.45);
    expect(keyed("ArrowLeft", 0, 0, 1)).toBe(0);
    expect(keyed("Home", 0.5, 0, 1)).toBe(0);
    expect(keyed("End", 0.5, 0, 1)).toBe(Infinity);
    expect(keyed("ArrowUp", 1, 0, 1)).toBe(Infinity);
    expect(keyed("ArrowDown", Infinity, 0, 1)).toBe(1);
    expect(keyed("a", 0.5, 0, 1)).toBeUndefined();
    expect(thresholdText(Infinity)).toBeUndefined();
  });
});

describe("groupings", () => {
  it("are each attribute, all together, and everyone", () => {
    expect(groupingsOf(["sex", "age"])).toEqual([["sex"], ["age"], ["sex", "age"], []]);
    expect(groupingsOf(["sex"])).toEqual([["sex"], []]);
  });
});

describe("what the two sides say", () => {
  it("keeps counts as they are, weights only where there are some", () => {
    const [cell] = scoreCells(madeTable(2, { rows: 40, groups: 1, scores: 9 }));
    const { scores, rowPositives, rowNegatives } = cell!.counts;
    const sent = { key: ["g0"], firstRow: 0, scores, rowPositives, rowNegatives, weights: null };
    const message = { type: "facet", feature: "f", cells: [sent] };
    const parsed = hostMessage.parse(message) as typeof message;
    expect(cellOf(parsed.cells[0]!).counts).toEqual(cell!.counts);
    expect(cellOf(parsed.cells[0]!).counts.positives).toBe(rowPositives);
    expect(hostMessage.safeParse({ ...message, cells: [{ ...sent, scores: [1] }] }).success).toBe(false);
  });

  it("takes nothing else from the page", () => {
    expect(pageMessage.safeParse({ type: "command", command: "anything" }).success).toBe(false);
    expect(pageMessage.safeParse({ type: "facet", feature: "age" }).success).toBe(true);
    expect(pageState.safeParse(EMPTY_STATE).success).toBe(true);
    expect(pageState.safeParse({ ...EMPTY_STATE, v: 2 }).success).toBe(false);
  });
});
