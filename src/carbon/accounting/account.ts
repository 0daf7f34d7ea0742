/**
 * A project's account of a period. Location-based, market-based and SCI are three numbers that are never added, nor netted with
 * offsets. Pure: documents are written from it.
 */

import type { HostingConfig, InstrumentsConfig, SciConfig } from "../../config/carbon-settings.ts";
import { type Quantity, sumQuantities } from "../../quantity.ts";
import { type Activity, inPeriod } from "./activity.ts";
import { type Placement, placementOf } from "./hosting.ts";
import { type LocationAccount, locationAccount } from "./location.ts";
import { type MarketAccount, marketAccount } from "./market.ts";
import { type EmbodiedTable, type SciAccount, sciAccount } from "./sci.ts";
import { waterOf } from "./water.ts";

export interface AccountSettings {
  hosting?: HostingConfig;
  instruments?: InstrumentsConfig;
  sci?: SciConfig;
  embodied: EmbodiedTable;
  /** PUE of a cloud's region by the tables, by zone; to warn where a run counted none. */
  regionPue?: (zone: string) => { value: number; source: string } | undefined;
}

export interface Account {
  /** Unix ms; runs that began in [from, to). */
  from: number;
  to: number;
  /** Where it belongs in an inventory; undefined while `[hosting]` does not say who runs the machines. */
  placement?: Placement;
  /** Sum of the runs, without and with the facility's overhead. */
  itEnergy: Quantity<"J">;
  facilityEnergy: Quantity<"J">;
  location: LocationAccount;
  /** Undefined where no instruments are declared, or where the footprint is not scope 2; `marketWhyNot` says which. */
  market?: MarketAccount;
  marketWhyNot?: string;
  sci: SciAccount;
  water?: Quantity<"L">;
  /** Ids of runs without a figure, and why. */
  withoutEnergy: string[];
  withoutZone: string[];
  notices: string[];
}

export function makeAccount(
  all: readonly Activity[],
  period: { from: number; to: number },
  settings: AccountSettings,
): Account {
  const activities = inPeriod(all, period.from, period.to);
  const location = locationAccount(activities);
  const placement = placementOf(settings.hosting);
  const energies = activities.flatMap(({ energy }) => energy ?? []);
  const itEnergy = sumQuantities("J", energies);
  const facility = sumQuantities(
    "J",
    location.lines.flatMap((line) => line.facility ?? []),
  );
  const scope3 = placement?.scope === 3;
  const market = scope3 ? undefined : marketAccount(activities, settings.instruments);
  const water = energies.length > 0 ? waterOf(itEnergy, settings.hosting) : undefined;
  const withoutEnergy = activities.filter(({ energy }) => !energy).map(({ run }) => run);
  const withoutZone = activities.filter(({ energy, grid }) => energy && !grid).map(({ run }) => run);
  return {
    ...period,
    ...(placement ? { placement } : {}),
    itEnergy,
    facilityEnergy: facility,
    location,
    ...(market ? { market } : { marketWhyNot: whyNoMarket(scope3, settings) }),
    sci: sciAccount(location, settings.sci, settings.embodied),
    ...(water ? { water } : {}),
    withoutEnergy,
    withoutZone,
    notices: [
      ...noticesOf(activities, placement, withoutEnergy, withoutZone),
      ...pueNotices(activities, settings),
    ],
  };
}

function whyNoMarket(scope3: boolean, { instruments }: AccountSettings): string {
  if (!scope3) return "no contractual instruments are declared: one figure, the location-based one";
  return `instruments are for electricity that the organisation buys (scope 2); these machines are in scope 3${instruments?.held ? ": those declared were not used" : ""}`;
}

function noticesOf(
  activities: readonly Activity[],
  placement: Placement | undefined,
  withoutEnergy: readonly string[],
  withoutZone: readonly string[],
): string[] {
  const notices: string[] = [];
  const runs = (count: number) => `${count} ${count === 1 ? "run" : "runs"}`;
  if (!placement && activities.length > 0) {
    notices.push("scope and category are not known: say who runs the machines, kind under [hosting]");
  }
  if (withoutEnergy.length > 0) notices.push(`${runs(withoutEnergy.length)} had no meter: in no figure`);
  if (withoutZone.length > 0) {
    notices.push(`${runs(withoutZone.length)} with energy but no grid zone: in the energy, not in the CO2e`);
  }
  return notices;
}

/** A data centre with no overhead is a setting that was forgotten. */
function pueNotices(activities: readonly Activity[], { hosting, regionPue }: AccountSettings): string[] {
  if (!hosting || hosting.kind === "own" || hosting.kind === "edge") return [];
  const bare = activities.filter(({ pue, energy }) => energy && pue === 1);
  if (bare.length === 0) return [];
  const known = bare.flatMap(({ grid }) => (grid ? (regionPue?.(grid.zone) ?? []) : []))[0];
  const hint = known ? `; for that region the table has ${known.value} (${known.source})` : "";
  return [
    `${bare.length} of the runs counted no overhead of the facility (PUE 1), which no data centre has: set pue before the next run${hint}`,
  ];
}
