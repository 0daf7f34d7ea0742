/** Great Britain, by NESO's Carbon Intensity API: half-hours, two days ahead, no key. api.carbonintensity.org.uk */

import * as z from "zod/mini";
import { type AverageSeries, forecastErrorOf, type Point, slotsOf } from "../intensity/series.ts";
import {
  type AverageProvider,
  errorOf,
  type IntensityRequest,
  looksAhead,
  type ProviderAccess,
  readAnswer,
  timeOf,
} from "./provider.ts";

const HALF_HOUR = 1_800_000;
const DAY = 86_400_000;
/** The most that one request may ask for. */
const LONGEST = 13 * DAY;

const period = z.object({
  from: z.string(),
  to: z.string(),
  intensity: z.object({ forecast: z.nullish(z.number()), actual: z.nullish(z.number()) }),
});
const national = z.object({ data: z.array(period) });
const place = z.object({ shortname: z.optional(z.string()), data: z.array(period) });
/** For one place `data` is an object in some answers and a list in others. */
const regional = z.object({ data: z.union([place, z.array(place)]) });

type Period = z.infer<typeof period>;

const label = "NESO Carbon Intensity API";

export const ukCarbonIntensity: AverageProvider = {
  name: "uk-carbon-intensity",
  label,
  basis: "average",
  baseUrl: "https://api.carbonintensity.org.uk",
  licence: "NESO Carbon Intensity API, CC BY 4.0",
  secrets: [],
  placeHelp: 'nothing for all of Great Britain, or the first part of a postcode such as "SW1"',
  placeNeeded: false,
  horizonHours: 48,
  fetch: fetchSeries,
};

async function fetchSeries(request: IntensityRequest, access: ProviderAccess): Promise<AverageSeries> {
  const { place: wanted, from, to, now } = request;
  const postcode = wanted?.trim().toUpperCase();
  const near = postcode && !["GB", "UK"].includes(postcode) ? postcode : undefined;
  const periods: Period[] = [];
  let name = "Great Britain";
  const ask = async (path: string) => {
    if (!near) {
      periods.push(...readAnswer(label, national, await access.getJson(`/intensity/${path}`)).data);
      return;
    }
    const { data } = readAnswer(
      label,
      regional,
      await access.getJson(`/regional/intensity/${path}/postcode/${encodeURIComponent(near)}`),
    );
    for (const one of Array.isArray(data) ? data : [data]) {
      if (one.shortname) name = `${one.shortname} (${near})`;
      periods.push(...one.data);
    }
  };
  for (let start = from; start < Math.min(to, now); start += LONGEST) {
    await ask(`${minute(start)}/${minute(Math.min(to, now, start + LONGEST))}`);
  }
  if (looksAhead(request)) await ask(`${minute(now)}/fw48h`);
  const pairs = periods.flatMap(({ intensity: { forecast, actual } }) =>
    typeof forecast === "number" && typeof actual === "number" ? [{ forecast, actual }] : [],
  );
  const hours = Math.round(pairs.length / 2);
  const error = errorOf(forecastErrorOf(pairs), hours, request.assumedError, label);
  const points = periods.flatMap(({ from: start, to: end, intensity }): Point[] => {
    const at = timeOf(start, label);
    const until = timeOf(end, label);
    // A half-hour that goes on has an actual figure that still changes; the API leaves it out. Regions have forecasts only.
    if (typeof intensity.actual === "number")
      return [{ at, until, gramsPerKwh: intensity.actual, kind: "actual" }];
    if (typeof intensity.forecast !== "number") return [];
    return [{ at, until, gramsPerKwh: intensity.forecast, kind: "forecast" }];
  });
  return {
    basis: "average",
    zone: near ?? "GB",
    name,
    factors: "direct",
    source: label,
    fetchedAt: now,
    resolution: HALF_HOUR,
    error,
    notices: near ? [`${name}: figures of a region are forecasts, also those of hours that are over`] : [],
    slots: slotsOf(points, HALF_HOUR, error.relative),
  };
}

/** "2026-11-22T09:30Z", as the API wants it. */
const minute = (time: number): string => `${new Date(time).toISOString().slice(0, 16)}Z`;
