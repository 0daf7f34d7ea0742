/** The forecast of a live run in words, and why there is none. */

import { forecastRun, type NoForecast, type RunForecast } from "../energy/forecast.ts";
import type { RunSummary } from "../energy/run.ts";
import { formatQuantity, formatRange, type Quantity } from "../quantity.ts";
import { footprintOf } from "./run-words.ts";

/** Footprint of the whole run as forecast; null where the grid zone is not known. */
export function forecastFootprint(run: RunSummary, forecast: RunForecast): Quantity<"gCO2e"> | null {
  return footprintOf({ ...run, energy: forecast.energy });
}

/**
 * "≈38 Wh (34 to 43 Wh), ≈16 g CO2e (14 to 18 g), done 14:52 (14:45 to 15:01); 14 of 40 epochs done". A reason where there is
 * none; undefined where nobody would ask: the run has ended, or nothing tells epochs.
 *
 * @param clock Unix milliseconds to a time of day
 */
export function forecastWords(run: RunSummary, clock: (milliseconds: number) => string): string | undefined {
  const forecast = forecastRun(run);
  if (typeof forecast === "string") {
    const why = REASONS[forecast];
    return why && `none: ${why}`;
  }
  const { energy, finishAt, done, total, of } = forecast;
  const footprint = forecastFootprint(run, forecast);
  const parts = [`${formatQuantity(energy)} (${formatRange(energy)})`];
  if (footprint) parts.push(`${formatQuantity(footprint)} CO2e (${formatRange(footprint)})`);
  parts.push(`done ${clock(finishAt.value)} (${clock(finishAt.low)} to ${clock(finishAt.high)})`);
  return `${parts.join(", ")}; ${done} of ${total} ${of} done`;
}

const REASONS: Partial<Record<NoForecast, string>> = {
  "one epoch": "it begins with the second epoch",
  "first steps": "it begins after the first steps",
  "total unknown": "the command does not say how many epochs there will be",
  "several trainings": "it trains several times, and how many will follow is not known",
};
