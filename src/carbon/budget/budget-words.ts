/** What is used of a budget, in words. Pure. */

import { formatQuantity, formatRange, formatSignificant, inUnit, pickScale } from "../../quantity.ts";
import type { BudgetLine } from "./budget.ts";

export const unitOf = ({ what }: BudgetLine): "J" | "gCO2e" => (what === "CO2e" ? "gCO2e" : "J");

/** A value of the line's unit, in the scale of its limit. */
export function amount(line: BudgetLine, value: number): string {
  const unit = unitOf(line);
  const symbol = pickScale(unit, line.limit);
  return `${formatSignificant(inUnit(unit, value, symbol), 3)} ${symbol}`;
}

/** "3.1 kg (2.9 to 3.4 kg) of 5.0 kg" */
export function usedWords(line: BudgetLine): string {
  const symbol = pickScale(unitOf(line), line.limit);
  return `${formatQuantity(line.used, symbol)} (${formatRange(line.used, symbol)}) of ${amount(line, line.limit)}`;
}
