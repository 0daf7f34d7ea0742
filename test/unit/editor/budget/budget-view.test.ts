import { describe, expect, it } from "vitest";
import { budgetView } from "../../../../src/editor/budget/budget-view.ts";
import { untranslated as t } from "../../../../src/editor/words.ts";
import { BUDGET_NOW, sampleBudget } from "./sample-budget.ts";

describe("budgetView", () => {
  const { title, time, lines } = budgetView(sampleBudget(), BUDGET_NOW, t, "en");

  it("says what is used, left, and by which limit, in the limit's scale", () => {
    expect([title, time]).toEqual(["Budget of 2026-11", "9 days left (UTC)"]);
    expect(lines.map(({ used, left, state, over }) => ({ used, left, state, over }))).toEqual([
      {
        used: "4.8 kg (4.3 to 5.3 kg) of 50.0 kg, 10 %",
        left: "45.2 kg left",
        state: "within the budget",
        over: false,
      },
      {
        used: "12 kWh (11 to 13 kWh) of 10.0 kWh, 120 %",
        left: "2.00 kWh too much",
        state: "passed",
        over: true,
      },
    ]);
    expect(lines[0]!.basis).toMatch(/^kgco2e under \[budget\]; /);
  });

  it("burns down run by run, from the limit, with the same figures in the table", () => {
    const energy = lines[1]!;
    expect(energy.limit).toBe(10);
    expect(energy.points.map(({ at }) => new Date(at).getUTCDate())).toEqual([3, 9, 20]);
    expect(energy.points.map(({ left }) => Math.round(left))).toEqual([6, 2, -2]);
    expect(energy.table.rows.map(([, used, left]) => `${used}: ${left}`)).toEqual([
      "4.00 kWh: 6.00 kWh left",
      "8.00 kWh: 2.00 kWh left",
      "12.0 kWh: 2.00 kWh too much",
    ]);
  });

  it("keeps a table of many runs short and says so; the chart has all", () => {
    const many = budgetView(sampleBudget(Array.from({ length: 40 }, () => 5)), BUDGET_NOW, t, "en").lines[0]!;
    expect(many.points).toHaveLength(40);
    expect(many.table.rows).toHaveLength(30);
    expect(many.table.caption).toBe("CO2e: the newest 30 of 40 runs; Copy as CSV has all");
  });
});
