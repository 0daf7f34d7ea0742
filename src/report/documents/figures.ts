/** Numbers of documents at any size: a form's unit stays, and no row of zeros hides the figure. Pure. */

import {
  formatDuration,
  formatQuantity,
  formatRange,
  formatSignificant,
  inUnit,
  pickScale,
  type Quantity,
  significantDigits,
} from "../../quantity.ts";
import { powerOf, timesPower } from "../../tradeoff/matrix/amount-words.ts";

/** Below it a number in a fixed unit is mostly zeros. */
const SMALL = 0.001;
/** Hours below it are said as a duration, too. */
const SHORT_HOURS = 0.1;

type Scaled = "J" | "W" | "gCO2e";
const isScaled = (unit: Quantity["unit"]): unit is Scaled => unit === "J" || unit === "W" || unit === "gCO2e";

/** "13.2"; "3.65 × 10⁻⁹" where it is very small. */
export function figure(value: number, digits = 3): string {
  const power = Math.abs(value) < 1 ? powerOf(Math.abs(value)) : 0;
  return power === 0
    ? formatSignificant(value, digits)
    : `${formatSignificant(value / 10 ** power, digits)} ${timesPower(power)}`;
}

/** Value and range in `symbol`, which a form asks for; of a very small one the range is in a unit that it is read in. */
export function inFormUnit(quantity: Quantity, symbol: string): string {
  if (!isSmall(quantity, symbol))
    return `${formatQuantity(quantity, symbol)} (${formatRange(quantity, symbol)})`;
  const { unit, value } = quantity;
  const inForm = inUnit(unit as Scaled, value, symbol);
  const about = value !== 0 && (quantity.method === "modelled" || quantity.method === "estimated") ? "≈" : "";
  return `${about}${figure(inForm, significantDigits(quantity))} ${symbol}, that is ${readable(quantity)}`;
}

/** In `symbol`, or in the unit that it is read in where it is too small for that; null: "not known". */
export function ranged(quantity: Quantity | null, symbol: string): string {
  if (!quantity) return "not known";
  return isSmall(quantity, symbol)
    ? readable(quantity)
    : `${formatQuantity(quantity, symbol)} (${formatRange(quantity, symbol)})`;
}

/** The value alone, as `ranged` has it. */
export const shortly = (quantity: Quantity, symbol: string): string =>
  formatQuantity(quantity, isSmall(quantity, symbol) ? undefined : symbol);

/** "0.00142 h (5.1 s)" */
export function hours(seconds: number): string {
  const text = `${figure(seconds / 3600)} h`;
  return seconds / 3600 < SHORT_HOURS ? `${text} (${formatDuration(seconds)})` : text;
}

function isSmall({ unit, value, high }: Quantity, symbol: string): boolean {
  if (!isScaled(unit)) return false;
  const size = inUnit(unit, Math.abs(value === 0 ? high : value), symbol);
  return size > 0 && size < SMALL;
}

/** Zero with a range that goes above it is read in the range's unit. */
function readable(quantity: Quantity): string {
  const { unit, value, high } = quantity;
  const symbol = pickScale(unit as Scaled, value === 0 ? high : value);
  return `${formatQuantity(quantity, symbol)} (${formatRange(quantity, symbol)})`;
}
