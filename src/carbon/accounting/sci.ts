/**
 * Software carbon intensity (ISO/IEC 21031:2024): SCI = ((E x I) + M) per R. E is the facility's energy, I the location-based
 * intensity: no instrument, no market-based factor and no offset lowers it. M = TE x TiR/EL x RR/ToR for each piece of
 * hardware. Not to be added to scope 3 category 2, which counts all of the making in the year of purchase. Pure.
 */

import * as z from "zod/mini";
import type { SciConfig } from "../../config/carbon-settings.ts";
import { type Quantity, scaleQuantity, sumQuantities } from "../../quantity.ts";
import type { Activity } from "./activity.ts";
import type { LocationAccount } from "./location.ts";

/** data/embodied.json */
export const embodiedTable = z.object({
  note: z.string(),
  accelerators: z.array(
    z.object({
      name: z.string(),
      match: z.string(),
      kg: z.number(),
      lowKg: z.number(),
      highKg: z.number(),
      source: z.string(),
    }),
  ),
  lifespan: z.object({ years: z.number(), lowYears: z.number(), highYears: z.number(), source: z.string() }),
});
export type EmbodiedTable = z.infer<typeof embodiedTable>;

/** One term of M. */
export interface EmbodiedTerm {
  name: string;
  /** TE, gCO2e. */
  totalGrams: number;
  /** TiR: hours that the runs reserved it. EL: expected life in hours. */
  reservedHours: number;
  lifespanHours: number;
  /** RR/ToR. */
  share: number;
  value: Quantity<"gCO2e">;
}

export interface SciAccount {
  /** O = E x I. */
  operational: Quantity<"gCO2e">;
  /** M; undefined where no hardware is known: it is not zero. */
  embodied?: Quantity<"gCO2e">;
  terms: EmbodiedTerm[];
  /** O + M, without M where it is not known. */
  total: Quantity<"gCO2e">;
  /** gCO2e for one unit; undefined while the project does not say how many. */
  score?: Quantity<"gCO2e">;
  /** R: what a unit is, and how many. */
  unit?: string;
  units?: number;
  persona?: "consumer" | "provider";
  notices: string[];
}

const HOURS_PER_YEAR = 8760;
/** A maker's own figure and life are seldom nearer than this; used where the project gives no range. */
const DECLARED_ERROR = 0.3;

export function sciAccount(
  location: LocationAccount,
  config: SciConfig | undefined,
  table: EmbodiedTable,
): SciAccount {
  const activities = location.lines.map(({ activity }) => activity);
  const terms = config?.hardware ? declaredTerms(activities, config) : sourcedTerms(activities, table);
  const operational = { ...location.total, basis: `O = E x I: ${location.total.basis}` };
  const embodied =
    terms.length > 0
      ? {
          ...sumQuantities(
            "gCO2e",
            terms.map(({ value }) => value),
          ),
          basis: "M = TE x TiR/EL x RR/ToR, summed over the hardware",
        }
      : undefined;
  const total = {
    ...sumQuantities("gCO2e", embodied ? [operational, embodied] : [operational]),
    basis: embodied ? "O + M" : "O alone: M is not known",
  };
  const { unit, units, persona } = config ?? {};
  const score =
    units === undefined
      ? undefined
      : scaleQuantity(total, 1 / units, "gCO2e", `(${total.basis}) / ${units} ${unit ?? "units"}`);
  return {
    operational,
    ...(embodied ? { embodied } : {}),
    terms,
    total,
    ...(score ? { score } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(units === undefined ? {} : { units }),
    ...(persona === undefined ? {} : { persona }),
    notices: noticesOf(activities, terms, config, table),
  };
}

function noticesOf(
  activities: readonly Activity[],
  terms: readonly EmbodiedTerm[],
  config: SciConfig | undefined,
  table: EmbodiedTable,
): string[] {
  const notices: string[] = [];
  if (terms.length === 0) {
    notices.push(
      "M is not known: name the hardware under [[sci.hardware]]; the figure is of operation alone",
    );
  } else if (!config?.hardware)
    notices.push(`M is of accelerators alone, by the table that ships. ${table.note}`);
  if (config?.units === undefined) {
    notices.push("no score per unit: say what a unit is and how many there were, unit and units under [sci]");
  }
  const part = activities.some(
    ({ energy, machineEnergy }) => energy && machineEnergy && energy.value < machineEnergy.value * 0.99,
  );
  if (part) {
    notices.push(
      'E is the runs\' part of their machines; SCI asks for all that is reserved for them: attribution = "machine" counts it where they have the machine to themselves',
    );
  }
  return notices;
}

/** Terms of M for the hardware that the project names, in use for as long as `activities` last. */
export function declaredTerms(activities: readonly Use[], config: SciConfig): EmbodiedTerm[] {
  return (config.hardware ?? []).map((hardware) => {
    const used = activities.filter(({ host }) => hardware.host === undefined || host === hardware.host);
    return term({
      name: hardware.name,
      kg: { value: hardware["embodied-kg"], low: 1 - DECLARED_ERROR, high: 1 + DECLARED_ERROR },
      years: { value: hardware["lifespan-years"], low: 1, high: 1 },
      hours: hoursOf(used),
      share: hardware.share,
      source: `${hardware.source}; ${Math.round(DECLARED_ERROR * 100)} % either way assumed`,
    });
  });
}

/** The accelerators that the runs' meters read and the table knows, each used by the run alone. */
function sourcedTerms(activities: readonly Activity[], table: EmbodiedTable): EmbodiedTerm[] {
  const { lifespan } = table;
  return table.accelerators.flatMap((accelerator) => {
    const hours = activities.reduce((sum, { accelerators, durationSeconds }) => {
      const count = accelerators.filter((label) => label.toUpperCase().includes(accelerator.match)).length;
      return sum + (count * durationSeconds) / 3600;
    }, 0);
    if (hours === 0) return [];
    return [
      term({
        name: accelerator.name,
        kg: {
          value: accelerator.kg,
          low: accelerator.lowKg / accelerator.kg,
          high: accelerator.highKg / accelerator.kg,
        },
        years: {
          value: lifespan.years,
          low: lifespan.lowYears / lifespan.years,
          high: lifespan.highYears / lifespan.years,
        },
        hours,
        share: 1,
        source: `${accelerator.source}; life ${lifespan.years} years, ${lifespan.source}`,
      }),
    ];
  });
}

/** How long hardware of a host was in use; of an unknown host only hardware of any host counts. */
type Use = Pick<Activity, "durationSeconds"> & { host?: string };

const hoursOf = (activities: readonly Use[]): number =>
  activities.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0) / 3600;

interface Factor {
  value: number;
  /** Relative to the value. */
  low: number;
  high: number;
}

function term(facts: {
  name: string;
  kg: Factor;
  years: Factor;
  hours: number;
  share: number;
  source: string;
}) {
  const { name, kg, years, hours, share, source } = facts;
  const lifespanHours = years.value * HOURS_PER_YEAR;
  const value = kg.value * 1000 * (hours / lifespanHours) * share;
  return {
    name,
    totalGrams: kg.value * 1000,
    reservedHours: hours,
    lifespanHours,
    share,
    value: {
      value,
      unit: "gCO2e" as const,
      method: "sourced" as const,
      instrument: name,
      covers: [`making of ${name}`],
      low: (value * kg.low) / years.high,
      high: (value * kg.high) / years.low,
      basis: `${kg.value} kg x ${hours.toPrecision(3)} h / ${Math.round(lifespanHours)} h x ${share}; ${source}`,
    },
  };
}
