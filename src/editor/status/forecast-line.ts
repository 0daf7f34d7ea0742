/** The forecast of a live run as a sentence of the status bar's tooltip. Pure but for the clock that it is given. */

import { forecastRun, type NoForecast } from "../../energy/forecast.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity, formatRange } from "../../quantity.ts";
import { forecastFootprint } from "../../report/forecast-words.ts";
import type { Translate } from "../words.ts";

/** Undefined where nothing is forecast and nobody would ask why. `clock`: Unix milliseconds to a time of day. */
export function forecastLine(
  run: RunSummary,
  clock: (milliseconds: number) => string,
  t: Translate,
): string | undefined {
  const forecast = forecastRun(run);
  if (typeof forecast === "string") return reasonLine(forecast, t);
  const { energy, finishAt, done, total, of } = forecast;
  const footprint = forecastFootprint(run, forecast);
  const figures = [
    `${formatQuantity(energy)} (${formatRange(energy)})`,
    ...(footprint ? [`${formatQuantity(footprint)} CO2e (${formatRange(footprint)})`] : []),
  ];
  const words = [
    figures.join(", "),
    clock(finishAt.value),
    clock(finishAt.low),
    clock(finishAt.high),
    done,
    total,
  ] as const;
  return of === "epochs"
    ? t("Forecast: {0}, done {1} ({2} to {3}); {4} of {5} epochs done", ...words)
    : t("Forecast: {0}, done {1} ({2} to {3}); {4} of {5} steps done", ...words);
}

function reasonLine(reason: NoForecast, t: Translate): string | undefined {
  switch (reason) {
    case "one epoch":
      return t("Forecast: begins with the second epoch");
    case "first steps":
      return t("Forecast: begins after the first steps");
    case "total unknown":
      return t("Forecast: none, the command does not say how many epochs there will be");
    case "several trainings":
      return t("Forecast: none, it trains several times, and how many will follow is not known");
    case "ended":
    case "no epochs":
    case "trained":
      return undefined;
  }
}

/** Time of day here, with the day where it is not today's: "14:52", "Sun 22 Nov, 14:52". */
export function localClock(milliseconds: number, now = Date.now()): string {
  const sameDay = new Date(milliseconds).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(undefined, {
    ...(sameDay ? {} : { weekday: "short", day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(milliseconds);
}
