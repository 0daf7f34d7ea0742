/** A run's epochs and its forecast, as the dashboard shows them. Pure. */

import type { EpochView, ForecastView, PageStrings } from "../../../webview/protocol.ts";
import { fill } from "../../../webview/protocol.ts";
import { type EpochEnergy, epochLabel } from "../../energy/epochs.ts";
import { forecastRun, type NoForecast } from "../../energy/forecast.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity, formatRange, scaleQuantity } from "../../quantity.ts";
import { forecastFootprint } from "../../report/forecast-words.ts";

export function epochViews(epochs: readonly EpochEnergy[]): EpochView[] {
  return epochs.map((epoch) => ({
    index: epoch.index,
    label: epochLabel(epoch, epochs),
    from: epoch.from,
    to: epoch.to,
    joules: epoch.energy.value,
    perThousand: epoch.samples
      ? formatQuantity(scaleQuantity(epoch.energy, 1_000 / epoch.samples, "J", ""))
      : null,
    metrics: epoch.metrics,
  }));
}

/** Null where nothing is forecast and nobody would ask why. `symbol`: the unit in which the run's energy is shown. */
export function forecastView(run: RunSummary, symbol: string, strings: PageStrings): ForecastView | null {
  const forecast = forecastRun(run);
  if (typeof forecast === "string") {
    const why = reasonOf(forecast, strings);
    return why === undefined ? null : { why };
  }
  const { energy, finishAt, done, total, of } = forecast;
  const footprint = forecastFootprint(run, forecast);
  const range = [formatRange(energy, symbol)];
  if (footprint) range.push(`${formatQuantity(footprint)} CO2e (${formatRange(footprint)})`);
  return {
    text: formatQuantity(energy, symbol),
    range: range.join(" · "),
    finishAt,
    note: fill(strings[of === "epochs" ? "figure.forecastBasis" : "figure.forecastBySteps"], done, total),
    basis: energy.basis,
  };
}

function reasonOf(reason: NoForecast, strings: PageStrings): string | undefined {
  switch (reason) {
    case "one epoch":
      return strings["figure.noForecastYet"];
    case "first steps":
      return strings["figure.noForecastSteps"];
    case "total unknown":
      return strings["figure.noForecastTotal"];
    case "several trainings":
      return strings["figure.noForecastSeveral"];
    case "ended":
    case "no epochs":
    case "trained":
      return undefined;
  }
}
