/** The location-based figure: energy of the facility by the average of its grid. Pure. */

import { JOULES_PER_KWH, type Quantity, sumQuantities } from "../../quantity.ts";
import { locationBasedFootprint } from "../footprint.ts";
import { type Activity, combinedError, facilityEnergy, relativeError } from "./activity.ts";

/** One run's line of the account. */
export interface LocationLine {
  activity: Activity;
  /** IT energy x PUE. */
  facility?: Quantity<"J">;
  /** Undefined where energy or zone is not known. */
  footprint?: Quantity<"gCO2e">;
  /** Relative half-widths: of the energy, of the factor, and both together (root of the sum of squares). */
  uncertainty?: { activity: number; factor: number; combined: number };
}

export interface LocationAccount {
  lines: LocationLine[];
  /** Of the runs that have a figure. */
  total: Quantity<"gCO2e">;
  /** Relative; errors of one grid's factor and of meters of one kind are taken as the same for all runs. */
  uncertainty: { activity: number; factor: number; combined: number };
  /** The factors that were used, each once. */
  factors: {
    zone: string;
    name: string;
    gramsPerKwh: number;
    low: number;
    high: number;
    year: number;
    source: string;
  }[];
}

export function locationAccount(activities: readonly Activity[]): LocationAccount {
  const lines = activities.map((activity): LocationLine => {
    const { energy, grid, pue } = activity;
    const facility = facilityEnergy(activity);
    if (!energy || !grid) return { activity, facility };
    const footprint = locationBasedFootprint(energy, grid, pue);
    const factor = (grid.high - grid.low) / 2 / grid.gramsPerKwh;
    const own = relativeError(energy);
    return {
      activity,
      facility,
      footprint,
      uncertainty: { activity: own, factor, combined: combinedError(own, factor) },
    };
  });
  const counted = lines.flatMap(({ footprint }) => footprint ?? []);
  const total = totalOf(counted);
  const shareOf = (part: "activity" | "factor") =>
    total.value === 0
      ? 0
      : lines.reduce(
          (sum, { footprint, uncertainty }) => sum + (footprint?.value ?? 0) * (uncertainty?.[part] ?? 0),
          0,
        ) / total.value;
  const [activity, factor] = [shareOf("activity"), shareOf("factor")];
  const factors = new Map(
    activities.flatMap(({ grid, energy }) => {
      if (!grid || !energy) return [];
      const { chosenBy: _, ...rest } = grid;
      return [[JSON.stringify(rest), rest] as const];
    }),
  );
  return {
    lines,
    total,
    uncertainty: { activity, factor, combined: combinedError(activity, factor) },
    factors: [...factors.values()],
  };
}

/** A sum of footprints; its basis names the factors' zones. */
export function totalOf(parts: readonly Quantity<"gCO2e">[]): Quantity<"gCO2e"> {
  const total = sumQuantities("gCO2e", parts);
  const bases = [...new Set(parts.map(({ basis }) => basis))];
  const basis =
    bases.length > 3 ? `${bases.slice(0, 3).join("; ")}; and ${bases.length - 3} more` : bases.join("; ");
  return { ...total, basis: basis || "no run of the period has a figure" };
}

/** Grams of an amount of joules by a factor in g/kWh. */
export const gramsOf = (joules: number, perKwh: number): number => (joules / JOULES_PER_KWH) * perKwh;
