/** Whether a run will pass the budget: before it starts by earlier runs of its name, while it goes on by its mean power. Pure. */

import { type Quantity, scaleQuantity } from "../../quantity.ts";
import type { Activity } from "../accounting/activity.ts";
import {
  type BudgetLine,
  type BudgetSettings,
  type BudgetState,
  budgetState,
  isOver,
  type LimitState,
} from "./budget.ts";
import type { Period } from "./period.ts";

export interface BudgetForecast {
  /** What the run is expected to use. */
  energy: Quantity<"J">;
  /** The budget when it has ended. */
  after: BudgetState;
  /** Limits that the run is forecast to pass, or may pass, and that were not in that state before. */
  passes: { what: "CO2e" | "energy"; state: LimitState }[];
}

/**
 * The run that is about to start, by those of its name: mean of their energy, from the lowest to the highest of their ranges.
 * Undefined where none of them has energy.
 */
export function expectedRun(
  activities: readonly Activity[],
  name: string,
  now: number,
): Activity | undefined {
  const earlier = activities.filter((run) => run.name === name && run.energy && run.state === "finished");
  const newest = earlier.at(-1);
  if (!newest?.energy) return undefined;
  const energies = earlier.map(({ energy }) => energy!);
  const mean = energies.reduce((sum, { value }) => sum + value, 0) / energies.length;
  const seconds = earlier.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0) / earlier.length;
  return {
    ...newest,
    run: "forecast",
    startedAt: now,
    durationSeconds: seconds,
    energy: {
      ...newest.energy,
      value: mean,
      low: Math.min(...energies.map(({ low }) => low)),
      high: Math.max(...energies.map(({ high }) => high)),
      method: "estimated",
      basis: `mean of ${earlier.length} earlier ${earlier.length === 1 ? "run" : "runs"} called "${name}"`,
    },
  };
}

export interface BudgetOutlook {
  /** Limits that are passed already; nothing is forecast then. */
  already: BudgetLine[];
  /** Limits that the run will or may pass, as they are when it has ended. */
  passes: BudgetLine[];
  period: Period;
}

/** What a run of this name that starts now does to the budget, by earlier runs of the name. */
export function budgetOutlook(
  activities: readonly Activity[],
  name: string,
  settings: BudgetSettings,
  now: number,
): BudgetOutlook {
  const { period, lines } = budgetState(activities, settings, now);
  const already = lines.filter(({ state }) => isOver(state));
  const expected = already.length > 0 ? undefined : expectedRun(activities, name, now);
  const forecast = expected && forecastBudget(activities, expected, settings, now);
  const passes = (forecast?.passes ?? []).map(
    ({ what }) => forecast!.after.lines.find((line) => line.what === what)!,
  );
  return { already, passes, period };
}

/** A run that goes on, as it will have ended: its mean power over `seconds` in all; its own energy where that is unknown. */
export function projectedRun(live: Activity, seconds: number | undefined): Activity {
  const { energy, durationSeconds } = live;
  if (!energy || seconds === undefined || durationSeconds <= 0 || seconds <= durationSeconds) return live;
  const factor = seconds / durationSeconds;
  const basis = `its mean power so far over ${Math.round(seconds)} s; ${energy.basis}`;
  return {
    ...live,
    durationSeconds: seconds,
    energy: { ...scaleQuantity(energy, factor, "J", basis), method: "estimated" },
  };
}

/** The budget with and without the run. `run` may be in `activities` already: it is then counted once, as it is here. */
export function forecastBudget(
  activities: readonly Activity[],
  run: Activity,
  settings: BudgetSettings,
  now: number,
): BudgetForecast | undefined {
  if (!run.energy) return undefined;
  const others = activities.filter((other) => other.run !== run.run);
  const before = budgetState(others, settings, now);
  const after = budgetState([...others, run], settings, now);
  const passes = after.lines.flatMap(({ what, state }, index) =>
    state !== "within" && state !== before.lines[index]?.state ? [{ what, state }] : [],
  );
  return { energy: run.energy, after, passes };
}
