/** Periods of budgets: calendar months, quarters and years, UTC. Pure. */

import type { BudgetPeriod } from "../../config/carbon-settings.ts";

export interface Period {
  kind: BudgetPeriod;
  /** "2026-11", "2026 Q4", "2026". */
  name: string;
  /** Unix ms; `to` is not in it. */
  from: number;
  to: number;
}

const MONTHS: Record<BudgetPeriod, number> = { month: 1, quarter: 3, year: 12 };

/** How many of them a year has. */
export const periodsPerYear = (kind: BudgetPeriod): number => 12 / MONTHS[kind];

/** The period that holds the moment. */
export function periodAt(kind: BudgetPeriod, at: number): Period {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const months = MONTHS[kind];
  const first = Math.floor(date.getUTCMonth() / months) * months;
  const name = {
    month: `${year}-${String(first + 1).padStart(2, "0")}`,
    quarter: `${year} Q${first / 3 + 1}`,
    year: String(year),
  }[kind];
  return { kind, name, from: Date.UTC(year, first, 1), to: Date.UTC(year, first + months, 1) };
}
