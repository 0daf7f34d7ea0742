/** WattTime v3: marginal emissions of a region, five-minute steps, up to three days ahead. For when to run only. */

import * as z from "zod/mini";
import { type MarginalSeries, type Point, slotsOf } from "../intensity/series.ts";
import {
  errorOf,
  hoursAhead,
  type IntensityRequest,
  looksAhead,
  type MarginalProvider,
  oddAnswer,
  type ProviderAccess,
  readAnswer,
  timeOf,
} from "./provider.ts";

const label = "WattTime";
const WATTTIME_SECRETS = ["WATTTIME_USER", "WATTTIME_PASSWORD"] as const;
/** lb/MWh -> g/kWh: the pound in kilograms. */
const GRAMS_PER_KWH = 0.45359237;
const FIVE_MINUTES = 300_000;

const login = z.object({ token: z.string() });
const series = z.object({
  data: z.array(z.object({ point_time: z.string(), value: z.number() })),
  meta: z.object({
    region: z.optional(z.string()),
    units: z.optional(z.string()),
    data_point_period_seconds: z.optional(z.number()),
    warnings: z.nullish(z.array(z.object({ message: z.optional(z.string()) }))),
  }),
});

export const wattTime: MarginalProvider = {
  name: "watttime",
  label,
  basis: "marginal",
  baseUrl: "https://api.watttime.org",
  licence: "WattTime",
  secrets: WATTTIME_SECRETS,
  getKey: "an account is made by https://docs.watttime.org",
  placeHelp: 'a region such as "CAISO_NORTH", the only one of a free account',
  placeNeeded: true,
  horizonHours: 72,
  fetch: fetchSeries,
};

async function fetchSeries(request: IntensityRequest, access: ProviderAccess): Promise<MarginalSeries> {
  const region = request.place!.trim();
  const [user, password] = await Promise.all(WATTTIME_SECRETS.map((name) => access.secret(name)));
  const basic = btoa(String.fromCodePoint(...new TextEncoder().encode(`${user}:${password}`)));
  const { token } = readAnswer(
    label,
    login,
    await access.getJson("/login", { authorization: `Basic ${basic}` }),
  );
  const headers = { authorization: `Bearer ${token}` };
  const points: Point[] = [];
  const notices: string[] = [];
  let resolution = FIVE_MINUTES;
  const ask = async (path: string, kind: Point["kind"], more: Record<string, string>) => {
    const query = new URLSearchParams({ region, signal_type: "co2_moer", ...more });
    const { data, meta } = readAnswer(label, series, await access.getJson(`${path}?${query}`, headers));
    if (meta.units !== undefined && meta.units !== "lbs_co2_per_mwh") {
      throw oddAnswer(label, `unit ${meta.units.slice(0, 40)}`);
    }
    resolution = (meta.data_point_period_seconds ?? FIVE_MINUTES / 1000) * 1000;
    for (const { message } of meta.warnings ?? [])
      if (message) notices.push(`${label}: ${message.slice(0, 200)}`);
    points.push(
      ...data.map(({ point_time, value }) => ({
        at: timeOf(point_time, label),
        gramsPerKwh: value * GRAMS_PER_KWH,
        kind,
      })),
    );
  };
  const { from, to, now } = request;
  if (looksAhead(request)) {
    await ask("/v3/forecast", "forecast", { horizon_hours: String(Math.min(72, hoursAhead(request))) });
  } else {
    await ask("/v3/historical", "actual", {
      start: new Date(from).toISOString(),
      end: new Date(to).toISOString(),
    });
  }
  const error = errorOf(undefined, 0, request.assumedError, label);
  return {
    basis: "marginal",
    zone: region,
    name: region,
    factors: "direct",
    source: label,
    fetchedAt: now,
    resolution,
    error,
    notices: [...new Set(notices)],
    slots: slotsOf(points, resolution, error.relative),
  };
}
