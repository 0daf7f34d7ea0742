import { describe, expect, it } from "vitest";
import type { Activity } from "../../../../src/carbon/accounting/activity.ts";
import { type BudgetSettings, budgetState } from "../../../../src/carbon/budget/budget.ts";
import { expectedRun, forecastBudget, projectedRun } from "../../../../src/carbon/budget/forecast.ts";
import { periodAt } from "../../../../src/carbon/budget/period.ts";
import type { BudgetConfig } from "../../../../src/config/carbon-settings.ts";

const KWH = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 9);

/** 100 g for each kWh, and 10 % either way. */
const run = (id: string, kwh: number, more: Partial<Activity> = {}): Activity => ({
  run: id,
  name: "train",
  host: "h",
  startedAt: Date.UTC(2026, 10, 3),
  durationSeconds: 3600,
  state: "finished",
  energy: {
    value: kwh * KWH,
    unit: "J",
    method: "measured",
    instrument: "RAPL",
    covers: ["CPU"],
    low: kwh * KWH * 0.9,
    high: kwh * KWH * 1.1,
    basis: "all of it measured",
  },
  pue: 1,
  grid: {
    zone: "X",
    name: "X",
    gramsPerKwh: 100,
    low: 100,
    high: 100,
    year: 2024,
    source: "s",
    chosenBy: "--zone",
  },
  accelerators: [],
  ...more,
});
const budget = (more: Partial<BudgetConfig>): BudgetSettings => ({
  budget: { period: "month", method: "location-based", ...more },
});

describe("periods", () => {
  it("are of the calendar, UTC", () => {
    expect(periodAt("month", NOW)).toEqual({
      kind: "month",
      name: "2026-11",
      from: Date.UTC(2026, 10, 1),
      to: Date.UTC(2026, 11, 1),
    });
    expect(periodAt("quarter", NOW)).toMatchObject({
      name: "2026 Q4",
      from: Date.UTC(2026, 9, 1),
      to: Date.UTC(2027, 0, 1),
    });
    expect(periodAt("year", Date.UTC(2026, 11, 31, 23, 59))).toMatchObject({
      name: "2026",
      to: Date.UTC(2027, 0, 1),
    });
  });
});

describe("budgetState", () => {
  it("counts the runs of the period, and what is left after each", () => {
    const old = run("old", 50, { startedAt: Date.UTC(2026, 9, 31, 23) });
    const state = budgetState(
      [run("b", 2, { startedAt: Date.UTC(2026, 10, 5) }), old, run("a", 1)],
      budget({ kgco2e: 1, kwh: 5 }),
      NOW,
    );
    expect(state.lines.map(({ what, limit, left, state: is }) => [what, limit, left, is])).toEqual([
      ["CO2e", 1000, 700, "within"],
      ["energy", 5 * KWH, 2 * KWH, "within"],
    ]);
    expect(state.burnDown.map(({ run: id, grams, joules }) => [id, grams, joules / KWH])).toEqual([
      ["a", 100, 1],
      ["b", 300, 3],
    ]);
    expect(state.notices).toEqual([]);
  });

  it("tells passed from what only the range reaches over", () => {
    const is = (kwh: number) => budgetState([run("a", kwh)], budget({ kwh: 10 }), NOW).lines[0]!.state;
    expect([9, 9.5, 10.5, 11.2].map(is)).toEqual(["within", "may", "likely", "passed"]);
  });

  it("names runs that have no CO2e: a budget is not kept by not knowing", () => {
    const state = budgetState([run("a", 1, { grid: undefined }), run("b", 1)], budget({ kgco2e: 1 }), NOW);
    expect(state.notices).toEqual(["1 of 2 runs have no CO2e (no meter or no zone): they are not in it"]);
    expect(budgetState([], budget({}), NOW).notices[0]).toMatch(/sets no limit/);
  });

  it("takes the project's share of a target envelope", () => {
    const envelope = {
      "base-kg": 1_000_000,
      "base-year": 2020,
      "yearly-reduction": 0.042,
      "ai-share": 0.05,
      "project-share": 0.1,
    };
    const year = budgetState([], budget({ period: "year", envelope }), NOW).lines[0]!;
    expect(year.limit / 1000).toBeCloseTo(3740, 6);
    expect(year.limitBasis).toMatch(
      /^the project's share of the organisation's target envelope: 1000000 kg of 2020 x 0\.748 x 0\.05 x 0\.1/,
    );
    const month = budgetState([], budget({ envelope, "approved-by": "Ada" }), NOW).lines[0]!;
    expect(month.limit / 1000).toBeCloseTo(3740 / 12, 6);
    expect(month.limitBasis).toMatch(/12 periods, approved by Ada$/);
    const late = budgetState(
      [],
      budget({ period: "year", envelope: { ...envelope, "base-year": 1990 } }),
      NOW,
    );
    expect(late.lines[0]!.limit).toBe(0);
  });

  it("counts by the market-based figure where that is the budget's method", () => {
    const instruments = { "residual-mix": { "g-per-kwh": 600, year: 2024, source: "AIB" } };
    const settings = budget({ kgco2e: 1, method: "market-based" });
    expect(budgetState([run("a", 1)], { ...settings, instruments }, NOW).lines[0]!.used.value).toBeCloseTo(
      600,
      6,
    );
    expect(budgetState([run("a", 1)], settings, NOW)).toMatchObject({
      lines: [{ used: { value: 100 } }],
      notices: [expect.stringMatching(/no instruments are declared/)],
    });
  });
});

describe("forecasts", () => {
  it("before the run go by earlier ones of its name that finished", () => {
    const earlier = [
      run("a", 2),
      run("b", 4),
      run("c", 90, { name: "other" }),
      run("d", 90, { state: "stopped" }),
    ];
    const expected = expectedRun(earlier, "train", NOW)!;
    expect(expected.energy).toMatchObject({
      value: 3 * KWH,
      method: "estimated",
      basis: 'mean of 2 earlier runs called "train"',
    });
    expect(expected.energy!.low).toBeCloseTo(1.8 * KWH, 6);
    expect(expected.energy!.high).toBeCloseTo(4.4 * KWH, 6);
    expect(expectedRun(earlier, "nobody", NOW)).toBeUndefined();
  });

  it("say which limits the run passes that are not passed already", () => {
    const earlier = [run("a", 4)];
    const passes = (kwh: number) =>
      forecastBudget(earlier, expectedRun(earlier, "train", NOW)!, budget({ kwh, kgco2e: 100 }), NOW)!.passes;
    expect(passes(20)).toEqual([]);
    expect(passes(8.5)).toEqual([{ what: "energy", state: "may" }]);
    expect(passes(7)).toEqual([{ what: "energy", state: "passed" }]);
    expect(passes(3)).toEqual([]);
  });

  it("while it goes on take its mean power, and count it once", () => {
    const live = run("live", 1, { startedAt: NOW - 3_600_000, state: "running" });
    expect(projectedRun(live, 4 * 3600).energy!.value).toBeCloseTo(4 * KWH, 6);
    expect(projectedRun(live, undefined)).toBe(live);
    expect(projectedRun(live, 60)).toBe(live);
    const forecast = forecastBudget([live], projectedRun(live, 4 * 3600), budget({ kwh: 3 }), NOW)!;
    expect(forecast.passes).toEqual([{ what: "energy", state: "passed" }]);
    expect(forecast.after.lines[0]!.used.value).toBeCloseTo(4 * KWH, 6);
  });
});
