/** What a run's electricity emitted by the hours in which it was used. Pure. */

import { JOULES_PER_KWH, type Quantity } from "../../quantity.ts";
import type { AverageSeries } from "./series.ts";

/** Energy used between two moments, Unix milliseconds and joules, taken as evenly spread within. */
export interface EnergyPiece {
  from: number;
  to: number;
  joules: number;
}

export interface WeightedIntensity {
  /** Mean of the intensity, each moment weighted by the energy used in it. */
  intensity: Quantity<"gCO2e/kWh">;
  /** Part of the energy that lies in hours with a figure, 0 to 1; the mean is over that part alone. */
  covered: number;
}

/**
 * The intensity of a run by the hour. Takes an average series only: marginal figures say when to run, not what a run
 * emitted. Undefined where the series has no figure for any of the energy.
 */
export function weightedIntensity(
  series: AverageSeries,
  pieces: readonly EnergyPiece[],
): WeightedIntensity | undefined {
  let value = 0;
  let low = 0;
  let high = 0;
  let covered = 0;
  let total = 0;
  const kinds = new Set<string>();
  let first = 0; // Slots before it end before the piece: both are in time order.
  for (const piece of [...pieces].sort((a, b) => a.from - b.from)) {
    total += piece.joules;
    while (first < series.slots.length && series.slots[first]!.to <= piece.from) first++;
    for (let i = first; i < series.slots.length && series.slots[i]!.from < piece.to; i++) {
      const slot = series.slots[i]!;
      const part = (Math.min(slot.to, piece.to) - Math.max(slot.from, piece.from)) / (piece.to - piece.from);
      const joules = part * piece.joules;
      if (joules <= 0) continue;
      covered += joules;
      value += joules * slot.gramsPerKwh;
      low += joules * slot.low;
      high += joules * slot.high;
      kinds.add(slot.kind);
    }
  }
  if (covered <= 0) return undefined;
  const resolution = `${Math.round(series.resolution / 60_000)}-minute figures`;
  return {
    covered: Math.min(1, covered / total),
    intensity: {
      value: value / covered,
      unit: "gCO2e/kWh",
      method: kinds.size === 1 && kinds.has("actual") ? "sourced" : "estimated",
      instrument: series.source,
      covers: [series.name],
      low: low / covered,
      high: high / covered,
      basis: `${resolution} (${[...kinds].sort().join(", ")}) of ${series.name}, average, ${factorWords(series)}, ${series.source}, weighted by the energy used in each`,
    },
  };
}

/** "life-cycle factors", "direct factors", "factors not stated". */
export function factorWords({ factors }: Pick<AverageSeries, "factors">): string {
  return factors === "lifecycle"
    ? "life-cycle factors"
    : `factors ${factors === "direct" ? "direct" : "not stated"}`;
}

/** Grams CO2e of IT energy at an intensity that was weighted by it; supplementary beside the yearly, location-based figure. */
export function footprintByTheHour(
  energy: Quantity<"J">,
  weighted: WeightedIntensity,
  pue: number,
): Quantity<"gCO2e"> {
  const { intensity } = weighted;
  const grams = (joules: number, perKwh: number) => (joules / JOULES_PER_KWH) * pue * perKwh;
  return {
    ...energy,
    unit: "gCO2e",
    value: grams(energy.value, intensity.value),
    low: grams(energy.low, intensity.low),
    high: grams(energy.high, intensity.high),
    method: energy.method === "measured" && intensity.method !== "sourced" ? "estimated" : energy.method,
    basis: `${Math.round(intensity.value)} g/kWh: ${intensity.basis}; PUE ${pue}`,
  };
}
