/** Points of a power chart, and how to show fewer of them without losing a peak. */

import type { PowerSeries } from "./run.ts";

/**
 * At most `maxPoints` points: time is cut into equal pieces and each keeps the points of its lowest and its highest
 * total power, so that a spike of one second stays visible in ten hours. Energy is exact at every kept point.
 */
export function decimate(series: PowerSeries, maxPoints: number): PowerSeries {
  const count = series.t.length;
  if (count <= maxPoints || maxPoints < 4) return series;
  const totals = series.t.map((_, i) =>
    series.watts.reduce((sum, row) => sum + (Number.isNaN(row.values[i]!) ? 0 : row.values[i]!), 0),
  );
  const pieces = Math.floor(maxPoints / 2) - 1;
  const keep: number[] = [0];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * count) / pieces);
    const to = Math.floor(((piece + 1) * count) / pieces);
    let lowest = from;
    let highest = from;
    for (let i = from; i < to; i++) {
      if (totals[i]! < totals[lowest]!) lowest = i;
      if (totals[i]! > totals[highest]!) highest = i;
    }
    keep.push(Math.min(lowest, highest), Math.max(lowest, highest));
  }
  keep.push(count - 1);
  const unique = [...new Set(keep)].sort((a, b) => a - b);
  const pick = (values: number[]) => unique.map((i) => values[i]!);
  return {
    t: pick(series.t),
    energy: pick(series.energy),
    watts: series.watts.map((row) => ({ ...row, values: pick(row.values) })),
  };
}

/** Mean power in `pieces` equal parts of [0, duration]: joules of each part by linear share of the steps, W. */
export function meanPower(
  steps: readonly { from: number; to: number; joules: number }[],
  duration: number,
  pieces: number,
): number[] {
  if (duration <= 0 || steps.length === 0) return [];
  const width = duration / pieces;
  const joules = new Array<number>(pieces).fill(0);
  for (const step of steps) {
    const length = step.to - step.from;
    if (length <= 0) continue;
    const first = Math.max(0, Math.floor(step.from / width));
    const last = Math.min(pieces - 1, Math.floor(step.to / width));
    for (let piece = first; piece <= last; piece++) {
      const overlap = Math.min(step.to, (piece + 1) * width) - Math.max(step.from, piece * width);
      if (overlap > 0) joules[piece]! += (step.joules * overlap) / length;
    }
  }
  return joules.map((sum) => sum / width);
}
