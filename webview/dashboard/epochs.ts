/** Energy per epoch, and what the epochs still to come may take. Pure. */

import { energyAt } from "../charts/series-buffer.ts";
import type { MarkView } from "../protocol.ts";

export interface Epoch {
  index: number;
  /** Seconds since the run's start. */
  from: number;
  to: number;
  joules: number;
  metrics: Record<string, number>;
}

/**
 * An epoch mark stands at the epoch's end. The epoch begins at the mark before it (an epoch's or a phase's), the first
 * at the start of the run: so evaluation between two epochs that has its own phase mark is left out.
 */
export function epochsOf(
  marks: readonly MarkView[],
  t: readonly number[],
  energy: readonly number[],
): Epoch[] {
  const epochs: Epoch[] = [];
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    if (mark.kind === "phase") from = mark.at;
    if (mark.kind !== "epoch") continue;
    const joules = energyAt(t, energy, mark.at) - energyAt(t, energy, from);
    epochs.push({
      index: mark.index ?? epochs.length + 1,
      from,
      to: mark.at,
      joules,
      metrics: mark.metrics ?? {},
    });
    from = mark.at;
  }
  return epochs;
}

/** Metrics that any epoch reports, in the order in which they first appear. */
export function metricNames(epochs: readonly Epoch[]): string[] {
  return [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.metrics)))];
}

export interface Forecast {
  joules: number;
  low: number;
  high: number;
  /** Seconds from the last epoch's end to the run's. */
  seconds: number;
  left: number;
  /** Epochs it is taken from. */
  from: number;
}

const RECENT = 10;

/**
 * Energy of the whole run if each epoch left takes what the last ones did: the mean, and the least and the most that
 * one of them took. `atLastEpoch` is the run's energy at the end of the last one. Null before the second epoch, and when nobody said how many there will be.
 */
export function forecast(
  epochs: readonly Epoch[],
  total: number | null,
  atLastEpoch: number,
): Forecast | null {
  const last = epochs.at(-1);
  if (!last || total === null || epochs.length < 2) return null;
  const left = total - last.index;
  if (left <= 0) return null;
  const recent = epochs.slice(1).slice(-RECENT);
  const costs = recent.map((epoch) => epoch.joules);
  const mean = costs.reduce((a, b) => a + b, 0) / costs.length;
  const seconds = (recent.reduce((sum, epoch) => sum + epoch.to - epoch.from, 0) / recent.length) * left;
  return {
    joules: atLastEpoch + mean * left,
    low: atLastEpoch + Math.min(...costs) * left,
    high: atLastEpoch + Math.max(...costs) * left,
    seconds,
    left,
    from: recent.length,
  };
}
