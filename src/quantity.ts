/**
 * Units and the number record. Inside the code energy is joules, power watts, carbon grams CO2e, time seconds;
 * kWh, Wh, kg and t exist only where a number is shown. No bare number reaches a person: they see a `Quantity`.
 */

declare const unitBrand: unique symbol;
type Branded<U extends string> = number & { readonly [unitBrand]?: U };

export type Joules = Branded<"J">;
export type Watts = Branded<"W">;
export type Grams = Branded<"gCO2e">;
export type Seconds = Branded<"s">;

export const JOULES_PER_KWH = 3_600_000;

/** How a number came to be, strongest first. */
export const METHODS = ["measured", "modelled", "estimated", "sourced"] as const;
export type Method = (typeof METHODS)[number];

export type Unit = "J" | "W" | "gCO2e" | "gCO2e/kWh" | "s" | "L" | "1";

/** One number with everything a reader needs to trust or reject it. */
export interface Quantity<U extends Unit = Unit> {
  value: number;
  unit: U;
  method: Method;
  /** What produced it: "RAPL package", "NVML energy counter, H100". */
  instrument: string;
  /** What is inside the number: ["CPU package 0", "GPU 0"]. */
  covers: string[];
  /** Interval, same unit as `value`; low <= value <= high. */
  low: number;
  high: number;
  /** One sentence on how it was derived, with year and source where it was looked up. */
  basis: string;
}

/** A total counts as measured while at most this part of it is not. */
export const MEASURED_TOLERANCE = 0.05;

/**
 * Adds quantities of one unit. Lows and highs add up (errors of meters in one machine are taken as fully correlated,
 * which never narrows the interval by luck). The total is "measured" while the rest is at most MEASURED_TOLERANCE.
 */
export function sumQuantities<U extends Unit>(unit: U, parts: readonly Quantity<U>[]): Quantity<U> {
  let value = 0;
  let low = 0;
  let high = 0;
  let measured = 0;
  const byMethod = new Map<Method, number>();
  for (const part of parts) {
    value += part.value;
    low += part.low;
    high += part.high;
    if (part.method === "measured") measured += part.value;
    byMethod.set(part.method, (byMethod.get(part.method) ?? 0) + part.value);
  }
  const others = METHODS.filter((method) => method !== "measured" && byMethod.has(method));
  const allMeasured = parts.length > 0 && others.length === 0;
  const mostlyMeasured = value > 0 && measured / value >= 1 - MEASURED_TOLERANCE;
  const method: Method = allMeasured || mostlyMeasured ? "measured" : (others.at(-1) ?? "modelled");
  const basis =
    parts.length === 0
      ? "nothing was metered"
      : allMeasured
        ? "all of it measured"
        : measured > 0
          ? `${measured / value > 0.995 ? "over 99 %" : formatPercent(measured / value)} measured, the rest ${others.join(" and ")}`
          : `all of it ${others.join(" and ")}`;
  return {
    value,
    unit,
    method,
    instrument: [...new Set(parts.map((part) => part.instrument))].join(", "),
    covers: [...new Set(parts.flatMap((part) => part.covers))],
    low,
    high,
    basis,
  };
}

/** Multiplies a quantity by a known factor into another unit; the relative interval is kept. */
export function scaleQuantity<U extends Unit>(
  quantity: Quantity,
  factor: number,
  unit: U,
  basis: string,
): Quantity<U> {
  return {
    ...quantity,
    value: quantity.value * factor,
    low: quantity.low * factor,
    high: quantity.high * factor,
    unit,
    basis,
  };
}

// ---- showing -------------------------------------------------------------------------------------------------

interface Scale {
  symbol: string;
  /** Base units (J, gCO2e, W) in one of this unit. */
  size: number;
}

const SCALES: Record<"J" | "W" | "gCO2e", readonly Scale[]> = {
  J: [
    { symbol: "mWh", size: 3.6 },
    { symbol: "Wh", size: 3_600 },
    { symbol: "kWh", size: 3_600_000 },
    { symbol: "MWh", size: 3_600_000_000 },
  ],
  W: [
    { symbol: "mW", size: 0.001 },
    { symbol: "W", size: 1 },
    { symbol: "kW", size: 1_000 },
  ],
  gCO2e: [
    { symbol: "mg", size: 0.001 },
    { symbol: "g", size: 1 },
    { symbol: "kg", size: 1_000 },
    { symbol: "t", size: 1_000_000 },
  ],
};

/** The unit symbol in which a value of this size reads best, e.g. ("J", 47_520) -> "Wh". */
export function pickScale(unit: "J" | "W" | "gCO2e", value: number): string {
  const scales = SCALES[unit];
  const size = Math.abs(value);
  let picked = unit === "J" ? scales[1]! : unit === "W" ? scales[1]! : scales[1]!;
  if (size > 0) {
    picked = scales[0]!;
    for (const scale of scales) if (size >= scale.size) picked = scale;
  }
  return picked.symbol;
}

/** A value in base units expressed in the named unit, e.g. ("J", 3600, "Wh") -> 1. */
export function inUnit(unit: "J" | "W" | "gCO2e", value: number, symbol: string): number {
  const scale = SCALES[unit].find((candidate) => candidate.symbol === symbol);
  if (!scale) throw new RangeError(`${symbol} is not a unit of ${unit}`);
  return value / scale.size;
}

/** `digits` significant digits without an exponent, trailing zeros kept: (13.2004, 3) -> "13.2". */
export function formatSignificant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "not known";
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  const decimals = Math.max(0, digits - 1 - magnitude);
  const rounded = Number(value.toPrecision(digits));
  return rounded.toFixed(Math.min(decimals, 20));
}

/** Significant digits that the interval supports: 4 within 0.2 %, 3 within 5 %, else 2; never over 2 unless measured or sourced. */
export function significantDigits(quantity: Pick<Quantity, "value" | "low" | "high" | "method">): number {
  if (quantity.method === "modelled" || quantity.method === "estimated") return 2;
  const half = (quantity.high - quantity.low) / 2;
  const relative = quantity.value === 0 ? 0 : half / Math.abs(quantity.value);
  if (relative <= 0.002) return 4;
  return relative <= 0.05 ? 3 : 2;
}

function isApproximate(quantity: Pick<Quantity, "method">): boolean {
  return quantity.method === "modelled" || quantity.method === "estimated";
}

/** "13.2 Wh" or "≈13 Wh"; `symbol` fixes the unit so that a live text does not jump. */
export function formatQuantity(quantity: Quantity, symbol?: string): string {
  const prefix = isApproximate(quantity) && quantity.value !== 0 ? "≈" : "";
  const digits = significantDigits(quantity);
  if (quantity.unit === "J" || quantity.unit === "W" || quantity.unit === "gCO2e") {
    const shown = symbol ?? pickScale(quantity.unit, quantity.value);
    return `${prefix}${formatSignificant(inUnit(quantity.unit, quantity.value, shown), digits)} ${shown}`;
  }
  if (quantity.unit === "s") return formatDuration(quantity.value);
  const suffix = quantity.unit === "1" ? "" : ` ${quantity.unit.replace("CO2e", "")}`;
  return `${prefix}${formatSignificant(quantity.value, digits)}${suffix}`;
}

/** "13.0 to 13.4 Wh", in the unit of the value. */
export function formatRange(quantity: Quantity, symbol?: string): string {
  if (quantity.unit !== "J" && quantity.unit !== "W" && quantity.unit !== "gCO2e") {
    return `${formatSignificant(quantity.low, 3)} to ${formatSignificant(quantity.high, 3)}`;
  }
  const unit = quantity.unit;
  const shown = symbol ?? pickScale(unit, quantity.value);
  const digits = Math.max(2, significantDigits(quantity));
  const text = (value: number) => formatSignificant(inUnit(unit, value, shown), digits);
  return `${text(quantity.low)} to ${text(quantity.high)} ${shown}`;
}

/** Seconds as a person says them: "0.8 s", "41 s", "12:31", "3:05:09". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "not known";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, "0");
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** 0.834 -> "83 %". */
export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}
