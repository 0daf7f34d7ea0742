/** Numbers of the explorer as texts. */

/** Rows, or weights to two decimals: "1,204", "310.25". */
export const amount = (value: number): string => (Math.round(value * 100) / 100).toLocaleString("en");

/** A rate from 0 to 1, or a difference of two. */
export const digits = (value: number): string => value.toFixed(3);

/** A threshold as a person reads it; undefined where nobody reaches it. */
export const thresholdText = (threshold: number): string | undefined =>
  Number.isFinite(threshold) ? String(Number(threshold.toPrecision(6))) : undefined;

/** Where the pointer or a key sets a threshold: a thousandth of the range, as a short number. */
export function snapped(value: number, low: number, high: number): number {
  const step = (high - low) / 1000;
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return Number((low + Math.round((value - low) / step) * step).toFixed(decimals));
}

/** What a key does to a threshold: arrows a hundredth of the range, page keys a tenth; beyond the upper end: nobody. */
export function keyed(key: string, now: number, low: number, high: number): number | undefined {
  const from = Number.isFinite(now) ? now : high;
  const steps: Record<string, number> = {
    ArrowRight: 0.01,
    ArrowUp: 0.01,
    ArrowLeft: -0.01,
    ArrowDown: -0.01,
    PageUp: 0.1,
    PageDown: -0.1,
  };
  if (key === "Home") return low;
  if (key === "End") return Infinity;
  const step = steps[key];
  if (step === undefined) return undefined;
  if (!Number.isFinite(now) && step < 0) return high;
  if (from >= high && step > 0) return Infinity;
  return snapped(Math.min(high, Math.max(low, from + step * (high - low))), low, high);
}
