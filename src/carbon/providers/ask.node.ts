/** Asks the provider that a project names: over the network only then, and first of what is kept. */

import { promises as fs } from "node:fs";
import * as path from "node:path";
import type { GridConfig } from "../../config/carbon-settings.ts";
import type { IntensitySeries } from "../intensity/series.ts";
import { CacheFile, defaultCacheFolder } from "./cache.node.ts";
import { getJson } from "./http.ts";
import { providerNamed } from "./index.ts";
import { type GridProvider, type IntensityRequest, ProviderFault } from "./provider.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Forecasts are made anew about every half hour; no service asks for more than this. */
const FRESH_MS = 15 * MINUTE;
/** Figures of days that are over are corrected for some days, and then stay. */
const SETTLED_MS = 7 * DAY;
/** Where the provider's own error cannot be computed. A day-ahead forecast of the averages of large grids is about as good. */
const ASSUMED_ERROR = 0.1;
const MAX_FILE = 64 * 1024 * 1024;

/** Replaces every provider's address: for a proxy of one's own. */
const GRID_URL_VARIABLE = "FAIRWATT_GRID_URL";

export interface AskOptions {
  grid: GridConfig;
  /** The project's folder: files are relative to it. */
  folder: string;
  /** Unix ms. */
  now?: number;
  /** A secret by its environment variable's name, asked before the environment: an editor has a store for them. */
  secret?: (name: string) => Promise<string | undefined>;
  env?: NodeJS.ProcessEnv;
  cacheFolder?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Asked {
  provider: GridProvider;
  /** Absent where there is nothing, not even something old: `problem` says why. */
  series?: IntensitySeries;
  /** ms since it was fetched. */
  age: number;
  /** A sentence: why there is none, or why what is shown is old. */
  problem?: string;
}

/** From a day ago, so that the forecast's error can be computed, to `hours` from now or as far as the provider sees. */
export function askAhead(hours: number, options: AskOptions): Promise<Asked> {
  const now = options.now ?? Date.now();
  const { horizonHours } = providerNamed(options.grid.provider);
  // The request is for whole hours, so that the next minute's question is the same one.
  const from = Math.floor(now / HOUR) * HOUR - DAY + HOUR;
  const to = Math.ceil(now / HOUR) * HOUR + Math.min(Math.ceil(hours), horizonHours) * HOUR;
  return ask(from, to, ["ahead", Math.min(Math.ceil(hours), horizonHours)], FRESH_MS, { ...options, now });
}

/** What the hours from `from` to `to` had. */
export function askPast(from: number, to: number, options: AskOptions): Promise<Asked> {
  const now = options.now ?? Date.now();
  const start = Math.floor(from / HOUR) * HOUR;
  const end = Math.min(now, Math.ceil(to / HOUR) * HOUR);
  const settled = now - end > SETTLED_MS;
  const fresh = settled ? Number.POSITIVE_INFINITY : FRESH_MS;
  return ask(start, end, ["past", start, settled || end < now ? end : "now"], fresh, { ...options, now });
}

async function ask(
  from: number,
  to: number,
  window: readonly unknown[],
  freshMs: number,
  options: AskOptions & { now: number },
): Promise<Asked> {
  const { grid, now, env = process.env } = options;
  const provider = providerNamed(grid.provider);
  const base = (env[GRID_URL_VARIABLE] || provider.baseUrl).replace(/\/+$/, "");
  const asked = [provider.name, base, grid.place, grid.factors, grid["forecast-error"], ...window];
  const cache = new CacheFile(options.cacheFolder ?? defaultCacheFolder(env), asked);
  const { series: old, notBefore } = provider.local ? {} : cache.read();
  const age = old ? now - old.fetchedAt : 0;
  if (old && age >= 0 && age < freshMs) return { provider, series: old, age };
  const request: IntensityRequest = {
    place: grid.place,
    factors: grid.factors,
    file: grid.file,
    basis: grid.basis,
    from,
    to,
    now,
    assumedError: grid["forecast-error"] ?? ASSUMED_ERROR,
  };
  let problem: string;
  try {
    if (notBefore !== undefined && notBefore > now && notBefore - now <= HOUR) {
      throw new ProviderFault(
        "limit",
        `${provider.label} asked to be left alone for ${Math.ceil((notBefore - now) / 1000)} s more`,
      );
    }
    if (provider.placeNeeded && !grid.place?.trim()) {
      throw new ProviderFault(
        "settings",
        `provider "${provider.name}" needs the place: write  place = ...  under [grid], ${provider.placeHelp}`,
      );
    }
    const series = await provider.fetch(request, accessFor(provider, base, options));
    if (series.slots.length === 0) {
      throw new ProviderFault("answer", `${provider.label} has no figures for the time that was asked for`);
    }
    if (!provider.local) cache.write({ series });
    return { provider, series, age: 0 };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof ProviderFault)) throw error;
    if (error.waitSeconds) cache.write({ series: old, notBefore: now + error.waitSeconds * 1000 });
    problem = error.message;
  }
  return { provider, series: old, age, problem };
}

function accessFor(provider: GridProvider, base: string, options: AskOptions) {
  const { env = process.env, timeoutMs, signal } = options;
  return {
    getJson: (address: string, headers?: Record<string, string>) =>
      getJson(provider, `${base}${address}`, headers, { timeoutMs, signal }),
    secret: async (name: string) => {
      const value = (await options.secret?.(name)) || env[name];
      if (value?.trim()) return value.trim();
      throw new ProviderFault(
        "key",
        `${provider.label} needs a key: set the environment variable ${name}${provider.getKey ? `; ${provider.getKey}` : ""}`,
      );
    },
    readFile: async (file: string) => {
      const full = path.resolve(options.folder, file);
      try {
        const { size } = await fs.stat(full);
        if (size > MAX_FILE)
          throw new ProviderFault("settings", `${file} is larger than ${MAX_FILE / 1048576} MiB`);
        return await fs.readFile(full, "utf8");
      } catch (error) {
        if (error instanceof ProviderFault) throw error;
        const { code } = error as NodeJS.ErrnoException;
        throw new ProviderFault(
          "settings",
          `${full} ${code === "ENOENT" ? "is not there" : `cannot be read (${code})`}; file under [grid] is relative to the project's folder`,
        );
      }
    },
  };
}
