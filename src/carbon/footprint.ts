/** From energy to carbon: location-based, by the yearly average of a zone. */

import type { GridBasis } from "../energy/journal.ts";
import { JOULES_PER_KWH, type Quantity } from "../quantity.ts";

/**
 * Grams CO2e of an amount of IT energy: energy x PUE x intensity. Interval: the energy's and the zone's together.
 * The method is the energy's, at best "sourced-in" by the zone: the basis names zone, year and source.
 */
export function locationBasedFootprint(
  energy: Quantity<"J">,
  grid: GridBasis,
  pue: number,
): Quantity<"gCO2e"> {
  const grams = (joules: number, intensity: number) => (joules / JOULES_PER_KWH) * pue * intensity;
  return {
    value: grams(energy.value, grid.gramsPerKwh),
    unit: "gCO2e",
    method: energy.method,
    instrument: energy.instrument,
    covers: energy.covers,
    low: grams(energy.low, grid.low),
    high: grams(energy.high, grid.high),
    basis: gridSentence(grid, pue),
  };
}

/** "342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.2". */
export function gridSentence(grid: GridBasis, pue: number): string {
  const facility = pue === 1 ? "no facility overhead (PUE 1)" : `PUE ${pue}`;
  return `${Math.round(grid.gramsPerKwh)} g/kWh, ${grid.name}, yearly ${grid.year}, ${grid.source}, location-based, ${facility}`;
}
