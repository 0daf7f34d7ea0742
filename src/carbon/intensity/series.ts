/** The carbon intensity of a grid over time: piecewise constant, in gCO2e/kWh. Pure. */

/** What a slot's figure is. "typical": what the same hour of other days had, not a forecast. */
export type SlotKind = "actual" | "estimated" | "forecast" | "typical";

/** A stretch of time with one figure. Unix milliseconds, `to` is not in it. low <= gramsPerKwh <= high. */
export interface Slot {
  from: number;
  to: number;
  gramsPerKwh: number;
  low: number;
  high: number;
  kind: SlotKind;
}

interface SeriesFacts {
  /** The provider's name of the place: "GB", "FR", "CAISO_NORTH". */
  zone: string;
  /** The place in words. */
  name: string;
  factors: "lifecycle" | "direct" | "not stated";
  /** Who publishes it: "NESO Carbon Intensity API". */
  source: string;
  /** Unix milliseconds. */
  fetchedAt: number;
  /** Shortest slot, ms. */
  resolution: number;
  /** Half-width of the error of its forecast, as a part of the figure, and how it was found, one sentence. */
  error: { relative: number; how: string };
  /** What a person should know before using it. */
  notices: string[];
  /** In time order, none overlapping; there may be gaps. */
  slots: readonly Slot[];
}

/** What a kilowatt-hour of the whole mix emits: footprints are counted with it. */
export interface AverageSeries extends SeriesFacts {
  basis: "average";
}

/** What one kilowatt-hour more or less changes: says when to run, and never goes into a footprint. */
export interface MarginalSeries extends SeriesFacts {
  basis: "marginal";
}

export type IntensitySeries = AverageSeries | MarginalSeries;

/** One figure of a provider, beginning at `at`. */
export interface Point {
  at: number;
  gramsPerKwh: number;
  kind: SlotKind;
  /** Where it ends; absent: at the next point, at most one resolution later. */
  until?: number;
}

/**
 * Slots of points in any order. Of two points at one time the later in the list counts. A forecast's range is the error
 * either way; measured figures are as they are.
 */
export function slotsOf(points: readonly Point[], resolution: number, forecastError: number): Slot[] {
  const byTime = new Map<number, Point>();
  for (const point of points) {
    if (Number.isFinite(point.at) && Number.isFinite(point.gramsPerKwh) && point.gramsPerKwh >= 0) {
      byTime.set(point.at, point);
    }
  }
  const sorted = [...byTime.values()].sort((a, b) => a.at - b.at);
  return sorted.map((point, index) => {
    const { at, gramsPerKwh, kind } = point;
    const next = sorted[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const error = kind === "forecast" ? forecastError : 0;
    return {
      from: at,
      to: Math.min(next, point.until ?? at + resolution),
      gramsPerKwh,
      low: gramsPerKwh * (1 - error),
      high: gramsPerKwh * (1 + error),
      kind,
    };
  });
}

/** The smallest distance between two of these times that occurs, ms; `otherwise` where there are fewer than two. */
export function resolutionOf(times: readonly number[], otherwise: number): number {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) least = Math.min(least, sorted[i]! - sorted[i - 1]!);
  return Number.isFinite(least) ? least : otherwise;
}

/** The parts of the slots within [from, to). */
export function clipSlots(slots: readonly Slot[], from: number, to: number): Slot[] {
  const inside: Slot[] = [];
  for (const slot of slots) {
    const start = Math.max(slot.from, from);
    const end = Math.min(slot.to, to);
    if (start < end) inside.push({ ...slot, from: start, to: end });
  }
  return inside;
}

/**
 * How far off forecasts were where it can be told by now: nine in ten of the slots that have both figures were nearer than
 * this, as a part of the forecast. Undefined below 8 pairs.
 */
export function forecastErrorOf(pairs: readonly { forecast: number; actual: number }[]): number | undefined {
  const errors = pairs
    .filter(({ forecast }) => forecast > 0)
    .map(({ forecast, actual }) => Math.abs(actual - forecast) / forecast)
    .sort((a, b) => a - b);
  return errors.length < 8 ? undefined : errors[Math.ceil(0.9 * errors.length) - 1];
}
