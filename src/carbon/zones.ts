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
type Place = z.infer<typeof place>;

/** A place and the yearly average intensity of its electricity, location-based, in gCO2e/kWh. */
export interface Zone {
  /** "DE", "US-CA", "CA-QC", "SE-SE3", "EU", "WORLD". */
  code: string;
  name: string;
  kind: "country" | "subregion" | "aggregate";
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

  constructor(countries: z.infer<typeof countryTable>, subregions: z.infer<typeof subregionTable>) {
    const states = [...subregions.usStates, ...subregions.caProvinces, ...subregions.nordicBiddingZones];
    this.all = [
      ...countries.countries.map((place) => toZone(place, "country")),
      ...countries.aggregates.map((place) => toZone(place, "aggregate")),
      ...states.map((place) => toZone(place, "subregion")),
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
   * By code (alpha-2, alpha-3, "US-CA", "SE-SE3", "WORLD") or by English name, whatever the case. Undefined when nothing
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
