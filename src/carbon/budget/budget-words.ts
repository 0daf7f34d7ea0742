/** What is used of a budget, in words. Pure. */

import { formatQuantity, formatRange, formatSignificant, inUnit, pickScale } from "../../quantity.ts";
import type { BudgetLine } from "./budget.ts";

export const unitOf = ({ what }: BudgetLine): "J" | "gCO2e" => (what === "CO2e" ? "gCO2e" : "J");

/** Below it a value in the scale of its limit is mostly zeros. */
const SMALL = 0.001;

/** The limit's scale, or that of the value where the limit's is far too large for it. */
function scaleFor(line: BudgetLine, value: number): string {
  const unit = unitOf(line);
  const symbol = pickScale(unit, line.limit);
  const size = inUnit(unit, Math.abs(value), symbol);
  return size > 0 && size < SMALL ? pickScale(unit, value) : symbol;
}

/** A value of the line's unit, in the scale of its limit where it can be read in that. */
export function amount(line: BudgetLine, value: number): string {
  const unit = unitOf(line);
  const symbol = scaleFor(line, value);
  return `${formatSignificant(inUnit(unit, value, symbol), 3)} ${symbol}`;
}

/** "3.1 kg (2.9 to 3.4 kg) of 5.0 kg" */
export function usedWords(line: BudgetLine): string {
  const symbol = scaleFor(line, line.used.value);
  return `${formatQuantity(line.used, symbol)} (${formatRange(line.used, symbol)}) of ${amount(line, line.limit)}`;
}
