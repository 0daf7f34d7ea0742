/** Totals over the lifetime, and from how many units on one candidate needs less than another. Pure. */

export interface Amount {
  value: number;
  low: number;
  high: number;
}

/** A fixed part, and one for each 1,000 units. */
export interface Course {
  once: Amount;
  per1000: Amount;
}

/** T = once + units x per unit; ends of ranges add up. */
export function totalOver({ once, per1000 }: Course, units: number): Amount {
  const at = (end: keyof Amount) => once[end] + (units / 1000) * per1000[end];
  return { value: at("value"), low: at("low"), high: at("high") };
}

export type BreakEven =
  /** `before` needs less up to so many units, `after` beyond them. `high` is null where the ranges allow it to be never. */
  | { kind: "crosses"; before: string; after: string; units: number; low: number; high: number | null }
  /** One needs less from the first unit on. */
  | { kind: "always"; less: string }
  | { kind: "same" };

/**
 * N = (once_b - once_a) / (unit_a - unit_b), where that is above 0. Its range takes the ends of all four ranges against each
 * other.
 */
export function breakEven(a: { name: string } & Course, b: { name: string } & Course): BreakEven {
  const saved = (a.per1000.value - b.per1000.value) / 1000;
  const more = b.once.value - a.once.value;
  if (saved === 0 && more === 0) return { kind: "same" };
  const units = saved === 0 ? Number.POSITIVE_INFINITY : more / saved;
  if (!(units > 0) || !Number.isFinite(units)) {
    const aIsLess = more > 0 || (more === 0 && saved < 0);
    return { kind: "always", less: aIsLess ? a.name : b.name };
  }
  // `before` needs less once, `after` less for each unit.
  const [before, after] = more > 0 ? [a, b] : [b, a];
  const gapOnce = { low: after.once.low - before.once.high, high: after.once.high - before.once.low };
  const gapUnit = {
    low: (before.per1000.low - after.per1000.high) / 1000,
    high: (before.per1000.high - after.per1000.low) / 1000,
  };
  return {
    kind: "crosses",
    before: before.name,
    after: after.name,
    units,
    low: Math.max(0, gapOnce.low) / gapUnit.high,
    high: gapUnit.low > 0 ? gapOnce.high / gapUnit.low : null,
  };
}
