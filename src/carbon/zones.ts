/** Grid zones: what a kilowatt-hour costs in carbon, by place. Pure: the tables come in as parsed JSON (./zones.node.ts). */

import * as z from "zod/mini";
import { nearest } from "../config/nearest.ts";

const figure = z.object({ gCO2ePerKWh: z.number(), year: z.number(), source: z.string() });
const place = z.extend(figure, {
  code: z.optional(z.string()),
  alpha2: z.optional(z.string()),
  alpha3: z.optional(z.string()),
  name: z.string(),
  alternatives: z.optional(z.array(figure)),
  flags: z.optional(z.array(z.string())),
});
/** data/grid-intensity.json and data/subregions.json, as far as they are used. */
export const countryTable = z.object({ countries: z.array(place), aggregates: z.array(place) });
export const subregionTable = z.object({
  usStates: z.array(place),
  caProvinces: z.array(place),
  nordicBiddingZones: z.array(place),
});
/** data/cloud-regions.json, as far as it is used. */
export const cloudTable = z.object({
  regions: z.array(
    z.object({
      provider: z.string(),
      region: z.string(),
      country: z.string(),
      location: z.optional(z.string()),
      gridZone: z.optional(z.nullable(z.string())),
      gCO2ePerKWh: z.number(),
      year: z.number(),
      intensitySource: z.string(),
      ccfGCO2ePerKWh: z.optional(z.nullable(z.number())),
      pue: z.optional(z.nullable(z.number())),
      pueSource: z.optional(z.nullable(z.string())),
    }),
  ),
  providerDefaultPue: z.record(z.string(), z.object({ pue: z.number(), source: z.string() })),
});
type Place = z.infer<typeof place>;
type CloudTable = z.infer<typeof cloudTable>;

/** A place and the yearly average intensity of its electricity, location-based, in gCO2e/kWh. */
export interface Zone {
  /** "DE", "US-CA", "CA-QC", "SE-SE3", "EU", "WORLD", "aws:eu-west-1". */
  code: string;
  name: string;
  kind: "country" | "subregion" | "aggregate" | "cloud";
  gramsPerKwh: number;
  /** All published yearly figures of the zone lie within; see `range`. */
  low: number;
  high: number;
  /** How low and high were found, one sentence. */
  range: string;
  year: number;
  /** The publisher: "Ember". */
  source: string;
  /** What a person should know before using the figure. */
  warnings: string[];
  /** Why the figure must not be used at all. */
  unusable?: string;
  /** What else people call it. */
  aliases: string[];
  /** Of a cloud region: power usage effectiveness of its data centres, by the table, and who says so. */
  pue?: { value: number; source: string };
}

/**
 * Half-width of the range, relative, below which no zone goes. Three quarters of the zones whose yearly figure two
 * publishers or two years give disagree by less than this (computed from data/grid-intensity.json; a test repeats it).
 */
export const LEAST_BAND = 0.12;
/** Figures of earlier years carry a warning. */
export const OLDEST_QUIET_YEAR = 2022;

const PUBLISHERS: Record<string, string> = {
  "ember-via-co2js": "Ember",
  "owid-via-codecarbon": "Our World in Data",
  "green-algorithms": "Green Algorithms",
  "codecarbon-mix-2023": "CodeCarbon generation mix",
  "codecarbon-nordic": "CodeCarbon, ENTSO-E generation mix",
};
/** Names that neither the tables nor ISO have. */
const ALIASES: Record<string, string[]> = { GB: ["UK", "Great Britain"], GR: ["EL"], US: ["America"] };

function toZone(place: Place, kind: Zone["kind"]): Zone {
  const code = place.code ?? place.alpha2!;
  const value = place.gCO2ePerKWh;
  const others = (place.alternatives ?? []).map((other) => other.gCO2ePerKWh);
  const low = hundredths(Math.min(value * (1 - LEAST_BAND), ...others));
  const high = hundredths(Math.max(value * (1 + LEAST_BAND), ...others));
  const flags = place.flags ?? [];
  const unusable = flags.find((flag) => flag.startsWith("unusable: "))?.slice("unusable: ".length);
  const warnings = flags.map((flag) => `${place.name}: ${flag}`);
  if (place.year < OLDEST_QUIET_YEAR) {
    warnings.push(`${place.name}: the figure is of ${place.year}; the grid has changed since`);
  }
  const spread = `${Math.round(LEAST_BAND * 100)} % either way`;
  return {
    code,
    name: place.name,
    kind,
    gramsPerKwh: value,
    low,
    high,
    range:
      others.length > 0
        ? `every published figure of the zone, at least ${spread}`
        : `${spread}: what yearly figures of two publishers usually differ by`,
    year: place.year,
    source: PUBLISHERS[place.source] ?? place.source,
    warnings: unusable ? [] : warnings,
    unusable,
    aliases: [
      place.alpha3,
      ...(ALIASES[code] ?? []),
      kind === "subregion" ? /-(..\d)$/.exec(code)?.[1] : undefined,
    ].filter((alias) => alias !== undefined),
  };
}

const CLOUDS: Record<string, string> = { aws: "AWS", azure: "Azure", gcp: "Google Cloud" };
const GOOGLE = "google-region-carbon-2025";

/**
 * Regions of clouds, as zones. Google publishes the intensity of the grid of each of its regions; the others publish none, so
 * theirs is the country's average, and the range reaches what is known of the same part of the grid.
 */
function cloudZones(table: CloudTable, countries: readonly Zone[]): Zone[] {
  return table.regions.map((region) => {
    const { provider, country, gCO2ePerKWh: value, year } = region;
    const own = region.intensitySource === GOOGLE;
    const home = countries.find(({ aliases }) => aliases.includes(country));
    const others = [
      ...(typeof region.ccfGCO2ePerKWh === "number" ? [region.ccfGCO2ePerKWh] : []),
      ...(own
        ? []
        : table.regions
            .filter((other) => other.intensitySource === GOOGLE && other.gridZone === region.gridZone)
            .map((other) => other.gCO2ePerKWh)),
      ...(own || !home ? [] : [home.low, home.high]),
    ];
    const name = `${CLOUDS[provider] ?? provider} ${region.region} (${region.location ?? home?.name ?? country})`;
    const pue = region.pue ?? table.providerDefaultPue[provider]?.pue;
    const source = region.pue ? region.pueSource : table.providerDefaultPue[provider]?.source;
    return {
      code: `${provider}:${region.region}`,
      name,
      kind: "cloud",
      gramsPerKwh: value,
      low: hundredths(Math.min(value * (1 - LEAST_BAND), ...others)),
      high: hundredths(Math.max(value * (1 + LEAST_BAND), ...others)),
      range: "every published figure for the region, its part of the grid and its country",
      year,
      source: own
        ? "Google, grid intensity of its regions"
        : `${home?.source ?? "Ember"}, average of the country`,
      warnings: own
        ? []
        : [
            `${name}: ${CLOUDS[provider] ?? provider} publishes no figure for its regions; this is the yearly average of ${home?.name ?? country}${country === "USA" ? ", whose grids differ much" : ""}`,
          ],
      aliases: [],
      ...(pue === undefined ? {} : { pue: { value: pue, source: source ?? "not stated" } }),
    };
  });
}

/** The tables have no more digits. */
const hundredths = (grams: number): number => Math.round(grams * 100) / 100;

/** Letters and digits only, no accents, so that "Côte d'Ivoire" is found as "cote divoire". */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase();
}

/** All zones, found by code or by name. */
export class Zones {
  readonly all: readonly Zone[];
  readonly #byCode = new Map<string, Zone>();
  readonly #byName = new Map<string, Zone[]>();

  constructor(
    countries: z.infer<typeof countryTable>,
    subregions: z.infer<typeof subregionTable>,
    clouds: CloudTable,
  ) {
    const nations = countries.countries.map((place) => toZone(place, "country"));
    const states = [...subregions.usStates, ...subregions.caProvinces, ...subregions.nordicBiddingZones];
    this.all = [
      ...nations,
      ...countries.aggregates.map((place) => toZone(place, "aggregate")),
      ...states.map((place) => toZone(place, "subregion")),
      ...cloudZones(clouds, nations),
    ];
    const iso = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
    for (const zone of this.all) {
      for (const code of [zone.code, ...zone.aliases]) this.#byCode.set(fold(code), zone);
      const isoName = zone.kind === "country" ? iso.of(zone.code) : undefined;
      for (const name of new Set([zone.name, isoName ?? zone.name].map(fold))) {
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), zone]);
      }
    }
  }

  /**
   * By code (alpha-2, alpha-3, "US-CA", "SE-SE3", "WORLD", "aws:eu-west-1") or by English name, whatever the case. Undefined when nothing
   * or more than one zone is called so ("Georgia" is a country and a state).
   */
  find(text: string): Zone | undefined {
    const wanted = fold(text);
    const named = this.#byName.get(wanted) ?? [];
    return this.#byCode.get(wanted) ?? (named.length === 1 ? named[0] : undefined);
  }

  /** Zones that a text which `find` does not know may mean, nearest first, at most `count`. */
  suggest(text: string, count = 3): Zone[] {
    const wanted = fold(text);
    const exact = this.#byName.get(wanted);
    if (exact) return exact;
    const starts =
      wanted.length < 3 ? [] : [...this.#byName.keys()].filter((name) => name.startsWith(wanted));
    const names = [...nearest(wanted, this.#byName.keys(), count), ...starts].flatMap(
      (name) => this.#byName.get(name)!,
    );
    // Codes of two letters are all near each other; only the long ones tell what was meant.
    const longCodes = [...this.#byCode.keys()].filter((code) => code.length > 3);
    const coded =
      wanted.length < 4 ? [] : nearest(wanted, longCodes, count).map((code) => this.#byCode.get(code)!);
    return [...new Set([...names, ...coded])].slice(0, count);
  }
}
