/** Electricity Maps, v4 and the older v3: averages by consumption, hourly. Needs a key; a forecast needs a paid one. */

import * as z from "zod/mini";
import { type AverageSeries, type Point, resolutionOf, slotsOf } from "../intensity/series.ts";
import {
  type AverageProvider,
  errorOf,
  type IntensityRequest,
  looksAhead,
  type ProviderAccess,
  ProviderFault,
  readAnswer,
  timeOf,
} from "./provider.ts";

const label = "Electricity Maps";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ELECTRICITY_MAPS_SECRET = "ELECTRICITYMAPS_API_TOKEN";

const figure = z.object({
  carbonIntensity: z.nullable(z.number()),
  datetime: z.string(),
  isEstimated: z.nullish(z.boolean()),
});
const past = z.object({
  zone: z.optional(z.string()),
  history: z.optional(z.array(figure)),
  data: z.optional(z.array(figure)),
});
const ahead = z.object({ zone: z.optional(z.string()), forecast: z.array(figure) });
type Figure = z.infer<typeof figure>;

const facts = {
  basis: "average",
  label,
  secrets: [ELECTRICITY_MAPS_SECRET],
  getKey: "a key is made at https://app.electricitymaps.com",
  placeHelp: 'a zone such as "FR" or "US-CAL-CISO"; a free key has one zone',
  placeNeeded: true,
  horizonHours: 72,
  licence: "Electricity Maps, ODbL; a free key is for non-commercial use",
} as const;

export const electricityMaps: AverageProvider = {
  ...facts,
  name: "electricity-maps",
  baseUrl: "https://api.electricitymaps.com/v4",
  fetch: (request, access) => fetchSeries(request, access, { disableCallerLookup: "true" }),
};

export const electricityMapsV3: AverageProvider = {
  ...facts,
  name: "electricity-maps-v3",
  baseUrl: "https://api.electricitymaps.com/v3",
  fetch: (request, access) => fetchSeries(request, access, { shouldUseFallbackCallerLookup: "false" }),
};

/** `noLookup`: the version's way to say that the caller's address must not be taken for a place. */
async function fetchSeries(
  request: IntensityRequest,
  access: ProviderAccess,
  noLookup: Record<string, string>,
): Promise<AverageSeries> {
  const headers = { "auth-token": await access.secret(ELECTRICITY_MAPS_SECRET) };
  const zone = request.place!.trim();
  const factors = request.factors ?? "lifecycle";
  const common = { zone, emissionFactorType: factors, ...noLookup };
  const get = <T extends z.ZodMiniType>(schema: T, path: string, more: Record<string, string> = {}) =>
    access
      .getJson(`${path}?${new URLSearchParams({ ...common, ...more })}`, headers)
      .then((answer) => readAnswer(label, schema, answer));
  const { from, to, now } = request;
  const notices: string[] = [];
  const points: Point[] = [];
  if (from < now) {
    // The last day is in every plan; what lies before is not.
    const { history, data } =
      from >= now - DAY
        ? await get(past, "/carbon-intensity/history")
        : await get(past, "/carbon-intensity/past-range", {
            start: new Date(from).toISOString(),
            end: new Date(Math.min(to, now)).toISOString(),
          });
    points.push(...(history ?? data ?? []).flatMap(pastPoint));
  }
  if (looksAhead(request)) {
    try {
      const { forecast } = await get(ahead, "/carbon-intensity/forecast", {
        horizonHours: String(horizonFor((to - now) / HOUR)),
      });
      points.push(...forecast.flatMap((one) => pointOf(one, "forecast")));
    } catch (error) {
      // A free key has no forecast: the past day still says how a day goes.
      if (!(error instanceof ProviderFault) || error.kind !== "plan" || points.length === 0) throw error;
      notices.push(error.message);
    }
  }
  const resolution = resolutionOf(
    points.map(({ at }) => at),
    HOUR,
  );
  const error = errorOf(undefined, 0, request.assumedError, label);
  return {
    basis: "average",
    zone,
    name: zone,
    factors,
    source: label,
    fetchedAt: now,
    resolution,
    error,
    notices,
    slots: slotsOf(points, resolution, error.relative),
  };
}

const pastPoint = (one: Figure) => pointOf(one, one.isEstimated ? "estimated" : "actual");

function pointOf({ carbonIntensity, datetime }: Figure, kind: Point["kind"]): Point[] {
  return carbonIntensity === null
    ? []
    : [{ at: timeOf(datetime, label), gramsPerKwh: carbonIntensity, kind }];
}

/** The API knows four horizons. */
const horizonFor = (hours: number): number => [6, 24, 48, 72].find((horizon) => hours <= horizon) ?? 72;
