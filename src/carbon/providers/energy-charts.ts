/** European countries, by Energy-Charts of Fraunhofer ISE (ENTSO-E's data): quarter-hours with a forecast, no key. */

import * as z from "zod/mini";
import {
  type AverageSeries,
  forecastErrorOf,
  type Point,
  resolutionOf,
  slotsOf,
} from "../intensity/series.ts";
import {
  type AverageProvider,
  errorOf,
  type IntensityRequest,
  type ProviderAccess,
  readAnswer,
} from "./provider.ts";

const figures = z.array(z.nullable(z.number()));
const answer = z.object({
  unix_seconds: z.array(z.number()),
  co2eq: z.nullish(figures),
  co2eq_forecast: z.nullish(figures),
  deprecated: z.optional(z.boolean()),
});

const label = "Energy-Charts";
const HOUR = 3_600_000;

export const energyCharts: AverageProvider = {
  name: "energy-charts",
  label,
  basis: "average",
  baseUrl: "https://api.energy-charts.info",
  licence: "Energy-Charts (Fraunhofer ISE), CC BY 4.0; data of ENTSO-E",
  secrets: [],
  placeHelp: 'a European country such as "DE"',
  placeNeeded: true,
  horizonHours: 48,
  fetch: fetchSeries,
};

async function fetchSeries(request: IntensityRequest, access: ProviderAccess): Promise<AverageSeries> {
  const country = request.place!.trim().toLowerCase();
  const query = new URLSearchParams({
    country,
    start: new Date(request.from).toISOString().slice(0, 16).concat("Z"),
    end: new Date(request.to).toISOString().slice(0, 16).concat("Z"),
  });
  const {
    unix_seconds: seconds,
    co2eq,
    co2eq_forecast: forecasts,
    deprecated,
  } = readAnswer(label, answer, await access.getJson(`/co2eq?${query}`));
  const pairs: { forecast: number; actual: number }[] = [];
  const points = seconds.flatMap((second, index): Point[] => {
    const actual = co2eq?.[index];
    const forecast = forecasts?.[index];
    if (typeof actual === "number" && typeof forecast === "number") pairs.push({ forecast, actual });
    if (typeof actual === "number") return [{ at: second * 1000, gramsPerKwh: actual, kind: "actual" }];
    if (typeof forecast !== "number") return [];
    return [{ at: second * 1000, gramsPerKwh: forecast, kind: "forecast" }];
  });
  const resolution = resolutionOf(
    seconds.map((second) => second * 1000),
    HOUR,
  );
  const hours = Math.round((pairs.length * resolution) / HOUR);
  const error = errorOf(forecastErrorOf(pairs), hours, request.assumedError, label);
  return {
    basis: "average",
    zone: country.toUpperCase(),
    name: country.toUpperCase(),
    factors: "not stated",
    source: label,
    fetchedAt: request.now,
    resolution,
    error,
    notices: deprecated
      ? [`${label} says that this way to ask it goes away; a newer Fairwatt may ask otherwise`]
      : [],
    slots: slotsOf(points, resolution, error.relative),
  };
}
