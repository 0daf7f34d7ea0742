/** What a measured inference needed in its steady state: energy, CO2e, throughput, latency, memory. Pure. */

import { locationBasedFootprint } from "../../carbon/footprint.ts";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import type { BenchBody } from "../../ledger/entries/bench.ts";
import type { Quantity } from "../../quantity.ts";
import { latencySummary } from "./latency.ts";
import { ratioOfSums } from "./ratio.ts";
import { type Count, findSteadyState, type SteadyState } from "./steady-state.ts";

export interface BenchMeasurement {
  summary: RunSummary;
  series: PowerSeries;
  counts: readonly Count[];
  /** In the plural: "requests". */
  unit: string;
  /** Seconds of warm-up that the user named. */
  warmUp?: number;
  /** Bytes in use by the measured processes, at each sample. */
  memory: readonly number[];
  /** How a latency was taken. */
  latencyBy: string;
  /** Why energy could not be measured, where that is known before. */
  unmetered?: string;
}

export type BenchFigures = Pick<
  BenchBody,
  | "warmUp"
  | "steady"
  | "energyPer1000"
  | "footprintPer1000"
  | "pue"
  | "grid"
  | "hardware"
  | "throughput"
  | "latency"
  | "peakMemory"
> & { notices: string[] };

const PER = 1000;

/** A sentence that says what is missing, where there is no steady state: then there are no figures. */
export function measuredBench(measurement: BenchMeasurement): BenchFigures | { problem: string } {
  const { summary, series, counts, unit, warmUp, memory, latencyBy, unmetered } = measurement;
  const metered =
    unmetered === undefined && summary.meters.length > 0 && series.t.length > 1 && summary.energy.value > 0;
  const energyAt = metered ? energyCourse(series) : undefined;
  const steady = findSteadyState(counts, energyAt, {
    interval: summary.interval,
    unit,
    ...(warmUp !== undefined && { warmUp }),
    // The energy before the first reading is not known.
    ...(metered && { readFrom: series.t[0] }),
  });
  if ("problem" in steady) return steady;
  const energy = metered ? energyPer1000(steady, summary, unit) : undefined;
  const { grid, pue } = summary;
  const seconds = counts.flatMap((count) =>
    count.seconds !== undefined && count.at > steady.from && count.at <= steady.to ? [count.seconds] : [],
  );
  const latency = latencySummary(seconds, latencyBy);
  const throughput = ratioOfSums(
    steady.pieces.map(({ units }) => units),
    steady.pieces.map(({ from, to }) => to - from),
  );
  return {
    warmUp: steady.warmUp,
    steady: {
      seconds: steady.to - steady.from,
      units: steady.units,
      pieces: steady.pieces.length,
      method: steady.method,
    },
    ...(energy && { energyPer1000: energy }),
    ...(energy && grid && { footprintPer1000: locationBasedFootprint(energy, grid, pue) }),
    pue,
    ...(grid && { grid }),
    ...(summary.hardware && { hardware: summary.hardware }),
    throughput: { ...throughput, method: `95 % interval by means of ${steady.pieces.length} pieces` },
    ...(latency && { latency }),
    ...(memory.length > 0 && {
      peakMemory: {
        bytes: Math.max(...memory),
        method: `largest of ${memory.length} samples, each ${summary.interval} s: resident and not shared, all processes; not of a GPU`,
      },
    }),
    notices: noticesOf(summary, steady, memory, metered ? null : unmetered),
  };
}

/** Energy since the start at any time, J: even between two samples. */
function energyCourse({ t, energy }: PowerSeries): (seconds: number) => number {
  return (seconds) => {
    let low = 0;
    let high = t.length - 1;
    if (seconds >= t[high]!) return energy[high]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (t[middle]! < seconds) low = middle + 1;
      else high = middle;
    }
    const [from, before] = low === 0 ? [0, 0] : [t[low - 1]!, energy[low - 1]!];
    const part = t[low]! > from ? Math.max(0, (seconds - from) / (t[low]! - from)) : 1;
    return before + (energy[low]! - before) * part;
  };
}

function energyPer1000(steady: SteadyState, { energy }: RunSummary, unit: string): Quantity<"J"> {
  const { value, low, high } = ratioOfSums(
    steady.pieces.map(({ joules }) => joules ?? 0),
    steady.pieces.map(({ units }) => units),
  );
  return {
    ...energy,
    value: value * PER,
    // The meters' error and the scatter between pieces, both at their worst.
    low: (low * PER * energy.low) / energy.value,
    high: (high * PER * energy.high) / energy.value,
    basis: `per 1,000 ${unit}: ${energy.basis}; ${steady.units} ${unit} in ${(steady.to - steady.from).toFixed(1)} s of steady state, scatter between ${steady.pieces.length} pieces at 95 % and the meters' own range`,
  };
}

function noticesOf(
  summary: RunSummary,
  { from, to }: SteadyState,
  memory: readonly number[],
  unmetered: string | undefined | null,
): string[] {
  const notices = [...summary.notices];
  if (unmetered !== null)
    notices.push(unmetered ?? "energy was not measured: no meter gave readings; fairwatt doctor says why");
  else {
    for (const gap of summary.gaps)
      if (gap.to > from && gap.from < to)
        notices.push(`a gap lies in the steady state, and the power in it is taken as even: ${gap.reason}`);
    if (!summary.grid)
      notices.push('no CO2e: the grid zone is not known; name it with --zone or zone = "..."');
    notices.push(`not covered by the energy: ${summary.notCovered.join(", ")}`);
  }
  if (memory.length === 0)
    notices.push("memory was not measured: no process of this machine that is the model alone, or no Linux");
  return notices;
}
