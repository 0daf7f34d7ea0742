/** A day as it usually goes, for when there is no forecast. Pure. */

import type { IntensitySeries, Slot } from "./series.ts";

const DAY = 86_400_000;
/** Slots of a day that are told apart: an hour each. */
const HOUR = 3_600_000;

/**
 * The series continued from `from` to `to` by what its past figures were at the same hour of the day (UTC): the mean, with
 * the lowest and highest as the range, which is never narrower than that of a forecast: one day does not tell how days
 * differ. Every slot is labelled "typical". Undefined where an hour of the day was never seen.
 */
export function typicalDay<S extends IntensitySeries>(series: S, from: number, to: number): S | undefined {
  const past = series.slots.filter(({ kind }) => kind === "actual" || kind === "estimated");
  const hours = Array.from({ length: DAY / HOUR }, () => ({ weight: 0, sum: 0, low: Infinity, high: 0 }));
  for (const slot of past) {
    for (let at = slot.from; at < slot.to; ) {
      const end = Math.min(slot.to, (Math.floor(at / HOUR) + 1) * HOUR);
      const hour = hours[Math.floor((at % DAY) / HOUR)]!;
      hour.weight += end - at;
      hour.sum += slot.gramsPerKwh * (end - at);
      hour.low = Math.min(hour.low, slot.gramsPerKwh);
      hour.high = Math.max(hour.high, slot.gramsPerKwh);
      at = end;
    }
  }
  if (hours.some(({ weight }) => weight === 0)) return undefined;
  const { relative: least } = series.error;
  const slots: Slot[] = [];
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / HOUR) + 1) * HOUR);
    const { sum, weight, low, high } = hours[Math.floor((at % DAY) / HOUR)]!;
    const mean = sum / weight;
    slots.push({
      ...{ from: at, to: end, gramsPerKwh: mean, kind: "typical" },
      low: Math.min(low, mean * (1 - least)),
      high: Math.max(high, mean * (1 + least)),
    });
    at = end;
  }
  const days = Math.max(1, Math.round(hours.reduce((all, { weight }) => all + weight, 0) / DAY));
  const seen = `${days} ${days === 1 ? "day" : "days"}`;
  const spread = spreadOf(slots);
  return {
    ...series,
    resolution: HOUR,
    error: {
      relative: spread,
      how:
        spread > least + 1e-9
          ? `how far the hours of ${seen} lie from their mean`
          : `assumed: ${seen} of figures do not tell how days differ ([grid] forecast-error changes it)`,
    },
    notices: [
      ...series.notices,
      `a typical day, not a forecast: the mean of each hour over ${seen} of ${series.source}`,
    ],
    slots,
  };
}

/** Mean half-width of the slots' ranges, as a part of their figures. */
function spreadOf(slots: readonly Slot[]): number {
  const widths = slots
    .filter(({ gramsPerKwh }) => gramsPerKwh > 0)
    .map(({ gramsPerKwh, low, high }) => (high - low) / 2 / gramsPerKwh);
  return widths.length === 0 ? 0 : widths.reduce((all, width) => all + width, 0) / widths.length;
}
