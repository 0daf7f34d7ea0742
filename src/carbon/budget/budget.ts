/**
 * A project's own budget of a period: what is used of it, what is left, and whether a run will pass it. It is the project's own
 * limit, or its share of the organisation's target envelope; nobody validates projects or models. Pure.
 */

import type { BudgetConfig, InstrumentsConfig } from "../../config/carbon-settings.ts";
import { JOULES_PER_KWH, type Quantity, sumQuantities } from "../../quantity.ts";
import { type Activity, inPeriod } from "../accounting/activity.ts";
import { locationAccount } from "../accounting/location.ts";
import { marketAccount } from "../accounting/market.ts";
import { type Period, periodAt, periodsPerYear } from "./period.ts";

export interface BudgetSettings {
  budget: BudgetConfig;
  instruments?: InstrumentsConfig;
}

/** Against a limit: all of the range below it, the range reaching above it, the value above it, all of the range above it. */
export type LimitState = "within" | "may" | "likely" | "passed";

/** Whether the figure itself, not only its range, is above the limit. */
export const isOver = (state: LimitState): boolean => state === "likely" || state === "passed";

/** One of the limits. */
export interface BudgetLine {
  what: "CO2e" | "energy";
  /** gCO2e or J. */
  limit: number;
  /** How the limit came to be. */
  limitBasis: string;
  used: Quantity<"gCO2e"> | Quantity<"J">;
  /** limit - used; below 0 when passed. */
  left: number;
  state: LimitState;
}

export interface BudgetState {
  period: Period;
  lines: BudgetLine[];
  /** What was used after each run of the period, in time order: a burn-down. Grams and joules since the period began. */
  burnDown: { run: string; at: number; grams: number; joules: number }[];
  notices: string[];
}

/** What is used of the budget in the period that holds `now`. IT energy counts for kWh, the facility's for CO2e. */
export function budgetState(
  activities: readonly Activity[],
  settings: BudgetSettings,
  now: number,
): BudgetState {
  const { budget } = settings;
  const period = periodAt(budget.period, now);
  const within = [...inPeriod(activities, period.from, period.to)].sort((a, b) => a.startedAt - b.startedAt);
  const notices: string[] = [];
  const lines: BudgetLine[] = [];
  const limit = gramsLimit(budget, period);
  if (limit) {
    const used = footprintOf(within, settings, notices);
    lines.push(lineOf("CO2e", limit.grams, limit.basis, used));
    const unknown = within.filter(({ energy, grid }) => !energy || !grid).length;
    if (unknown > 0)
      notices.push(
        `${unknown} of ${within.length} runs have no CO2e (no meter or no zone): they are not in it`,
      );
  }
  if (budget.kwh !== undefined) {
    const used = sumQuantities(
      "J",
      within.flatMap(({ energy }) => energy ?? []),
    );
    lines.push(lineOf("energy", budget.kwh * JOULES_PER_KWH, "kwh under [budget]", used));
  }
  if (lines.length === 0) notices.push("[budget] sets no limit: write kgco2e, kwh or an envelope");
  let grams = 0;
  let joules = 0;
  const burnDown = within.map((activity) => {
    grams += locationAccount([activity]).total.value;
    joules += activity.energy?.value ?? 0;
    return { run: activity.run, at: activity.startedAt, grams, joules };
  });
  return { period, lines, burnDown, notices };
}

function footprintOf(
  activities: readonly Activity[],
  { budget, instruments }: BudgetSettings,
  notices: string[],
): Quantity<"gCO2e"> {
  const market = budget.method === "market-based" ? marketAccount(activities, instruments) : undefined;
  if (market) {
    notices.push(...market.notices);
    return market.total;
  }
  if (budget.method === "market-based") {
    notices.push("no instruments are declared: the location-based figure counts against the budget");
  }
  return locationAccount(activities).total;
}

function lineOf(
  what: BudgetLine["what"],
  limit: number,
  limitBasis: string,
  used: BudgetLine["used"],
): BudgetLine {
  const state =
    used.low > limit ? "passed" : used.value > limit ? "likely" : used.high > limit ? "may" : "within";
  return { what, limit, limitBasis, used, left: limit - used.value, state };
}

/** Grams of the period: as given, or the project's share of the target envelope of the period's year. */
function gramsLimit(budget: BudgetConfig, period: Period): { grams: number; basis: string } | undefined {
  const approved = budget["approved-by"] ? `, approved by ${budget["approved-by"]}` : "";
  if (budget.kgco2e !== undefined) {
    return { grams: budget.kgco2e * 1000, basis: `kgco2e under [budget]${approved}` };
  }
  const { envelope } = budget;
  if (!envelope) return undefined;
  const year = new Date(period.from).getUTCFullYear();
  const kept = Math.max(0, 1 - envelope["yearly-reduction"] * (year - envelope["base-year"]));
  const kg =
    (envelope["base-kg"] * kept * envelope["ai-share"] * envelope["project-share"]) /
    periodsPerYear(period.kind);
  return {
    grams: kg * 1000,
    basis: `the project's share of the organisation's target envelope: ${envelope["base-kg"]} kg of ${envelope["base-year"]} x ${kept.toPrecision(3)} x ${envelope["ai-share"]} x ${envelope["project-share"]} / ${periodsPerYear(period.kind)} periods${approved}`,
  };
}
