/** Energy of each epoch, from the marks of the command and the power series. Pure. */

import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import type { Quantity } from "../../quantity.ts";

export interface EpochEnergy {
  index: number;
  /** Seconds since the start of the run. */
  from: number;
  to: number;
  energy: Quantity<"J">;
  /** A stretch in which nothing was read lies in it. */
  hasGap: boolean;
  metrics: Record<string, number>;
}

/**
 * An epoch's mark is written at its end; it began at the mark before (of an epoch or a phase) or at the run's start.
 * Between readings energy is taken to rise evenly. Each epoch has the relative range of the whole run.
 */
export function epochEnergies(run: RunSummary, series: PowerSeries): EpochEnergy[] {
  const total = run.energy.value;
  const ratio = (bound: number) => (total > 0 ? bound / total : 1);
  const epochs: EpochEnergy[] = [];
  let from = 0;
  for (const mark of run.marks) {
    if (mark.kind === "phase") from = mark.at;
    if (mark.kind !== "epoch" || mark.at <= from) continue;
    const value = Math.max(0, energyAt(series, mark.at) - energyAt(series, from));
    const began = from;
    epochs.push({
      index: mark.index ?? epochs.length + 1,
      from: began,
      to: mark.at,
      energy: {
        ...run.energy,
        value,
        low: value * ratio(run.energy.low),
        high: value * ratio(run.energy.high),
        basis: "energy between the marks of the command, evenly spread between readings",
      },
      hasGap: run.gaps.some((gap) => gap.meter === undefined && gap.from < mark.at && gap.to > began),
      metrics: mark.metrics ?? {},
    });
    from = mark.at;
  }
  return epochs;
}

/** Joules since the start at `seconds`, straight between the points of the series. */
export function energyAt(series: PowerSeries, seconds: number): number {
  let low = 0;
  let high = series.t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (series.t[middle]! < seconds) low = middle + 1;
    else high = middle;
  }
  const [t0, e0] = low === 0 ? [0, 0] : [series.t[low - 1]!, series.energy[low - 1]!];
  const t1 = series.t[low];
  const e1 = series.energy[low];
  if (t1 === undefined || e1 === undefined) return e0;
  return t1 === t0 ? e1 : e0 + ((e1 - e0) * (seconds - t0)) / (t1 - t0);
}
