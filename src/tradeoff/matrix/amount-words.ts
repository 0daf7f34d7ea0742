/** Values with their ranges in words that a person can read at any size. Pure. */

import { formatSignificant, inUnit, pickScale } from "../../quantity.ts";
import type { Valued } from "../candidate.ts";
import type { Amount } from "./lifetime.ts";

const DIGITS = 3;
/** Below this, and from this on, zeros hide what a number says. */
const SMALL = 0.001;
const LARGE = 1e7;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const three = (value: number) => (value === 0 ? "0" : formatSignificant(value, DIGITS));

/** "1.2 (1.1 to 1.3)", or the value alone where it has no range; "1.03 (0.379 to 2.67) × 10⁻⁶" where it is very small. */
export function ranged({ value, low, high }: Amount | Valued): string {
  const size = Math.abs(value === 0 ? (high ?? 0) : value);
  const power = powerOf(size);
  const text = (each: number) => three(each / 10 ** power);
  const words =
    low === null || high === null || (low === value && high === value)
      ? text(value)
      : `${text(value)} (${text(low)} to ${text(high)})`;
  return power === 0 ? words : `${words} ${timesPower(power)}`;
}

/** Of ten, a multiple of three: what a number is divided by so that it has no row of zeros; 0 where it has none. */
export const powerOf = (size: number): number =>
  size === 0 || (size >= SMALL && size < LARGE) ? 0 : Math.floor(Math.log10(size) / 3) * 3;

/** "× 10⁻⁶" */
export const timesPower = (power: number): string => `× 10${superscript(power)}`;

/** In the unit that its value is read best in: "55.3 mWh (19.2 to 144 mWh)". `value` in joules or grams. */
export function scaledRange(unit: "J" | "gCO2e", { value, low, high }: Amount): string {
  if (value === 0 && low === 0 && high === 0) return "0";
  const symbol = pickScale(unit, value);
  const text = (each: number) => three(inUnit(unit, each, symbol));
  return low === value && high === value
    ? `${text(value)} ${symbol}`
    : `${text(value)} ${symbol} (${text(low)} to ${text(high)} ${symbol})`;
}

const superscript = (power: number) =>
  `${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
