/** Energy and CO2e of all trainings that a candidate needed. Pure. */

import type { RunBody } from "../ledger/entries/run.ts";
import { JOULES_PER_KWH, type Quantity, sumQuantities } from "../quantity.ts";
import type { Amount } from "./matrix/lifetime.ts";

export interface Training {
  energy: Quantity<"J"> | null;
  footprint: Quantity<"gCO2e"> | null;
  /** What is paid for: each run's energy times its PUE. */
  facilityKwh: Amount | null;
  notices: string[];
}

const nothing = <U extends "J" | "gCO2e">(unit: U): Quantity<U> => ({
  value: 0,
  unit,
  method: "sourced",
  instrument: "the project file",
  covers: [],
  low: 0,
  high: 0,
  basis: "nothing was trained, as the project file says",
});

/** @param runs undefined where one that was named is not there: then there is no sum */
export function trainingOf(runs: readonly ({ body: RunBody } | undefined)[], untrained: boolean): Training {
  if (untrained)
    return {
      energy: nothing("J"),
      footprint: nothing("gCO2e"),
      facilityKwh: { value: 0, low: 0, high: 0 },
      notices: [],
    };
  const bodies = runs.flatMap((run) => (run ? [run.body] : []));
  const unmetered = bodies.filter(({ meters }) => meters.length === 0);
  const unplaced = bodies.filter(({ footprint, meters }) => !footprint && meters.length > 0);
  const complete = bodies.length > 0 && bodies.length === runs.length && unmetered.length === 0;
  const name = ({ name: called, run }: RunBody) => `${called} ${run}`;
  const energies = bodies.map(({ energy }) => energy as Quantity<"J">);
  const kwh = (end: "value" | "low" | "high") =>
    bodies.reduce((sum, { energy, pue }) => sum + (energy[end] * pue) / JOULES_PER_KWH, 0);
  return {
    energy: complete ? sumQuantities("J", energies) : null,
    footprint:
      complete && unplaced.length === 0
        ? sumQuantities(
            "gCO2e",
            bodies.map(({ footprint }) => footprint as Quantity<"gCO2e">),
          )
        : null,
    facilityKwh: complete ? { value: kwh("value"), low: kwh("low"), high: kwh("high") } : null,
    notices: [
      ...unmetered.map((body) => `no meter was read in its training ${name(body)}`),
      ...unplaced.map((body) => `the grid zone of its training ${name(body)} is not known`),
    ],
  };
}
