import type { Activity } from "../../../../src/carbon/accounting/activity.ts";
import { type BudgetState, budgetState } from "../../../../src/carbon/budget/budget.ts";
import { JOULES_PER_KWH } from "../../../../src/quantity.ts";

export const BUDGET_NOW = Date.UTC(2026, 10, 22, 9);

/** Of 4 kWh within a tenth, at 400 g/kWh, on a day of November. */
function run(day: number): Activity {
  const joules = 4 * JOULES_PER_KWH;
  return {
    run: `R${day}`,
    name: "train",
    host: "h",
    startedAt: Date.UTC(2026, 10, day, 14, 30),
    durationSeconds: 3600,
    state: "finished",
    energy: {
      value: joules,
      unit: "J",
      method: "measured",
      instrument: "RAPL",
      covers: ["CPU"],
      low: joules * 0.9,
      high: joules * 1.1,
      basis: "RAPL package",
    },
    pue: 1,
    grid: {
      zone: "X",
      name: "X",
      gramsPerKwh: 400,
      low: 400,
      high: 400,
      year: 2024,
      source: "s",
      chosenBy: "--zone",
    },
    accelerators: [],
  };
}

/** Three runs against 50 kg, which they keep, and 10 kWh, which they pass. */
export const sampleBudget = (days = [3, 9, 20]): BudgetState =>
  budgetState(
    days.map(run),
    { budget: { period: "month", kwh: 10, kgco2e: 50, method: "location-based" } },
    BUDGET_NOW,
  );
