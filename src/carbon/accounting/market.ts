/**
 * The market-based figure: what contracts and certificates say of the electricity that was bought, and the residual mix for the
 * rest. S2_MB = sum of (E_fac - E_instrument) x CI_residual + E_instrument x CI_instrument. Never added to the location-based
 * figure, never part of SCI; offsets and credits are no instruments. Pure.
 */

import type { InstrumentConfig, InstrumentsConfig } from "../../config/carbon-settings.ts";
import { JOULES_PER_KWH, type Quantity } from "../../quantity.ts";
import type { Activity } from "./activity.ts";
import { gramsOf } from "./location.ts";

/** The order in which the Scope 2 Guidance takes them. */
const ORDER: Record<InstrumentConfig["type"], number> = { certificate: 0, contract: 1, supplier: 2 };

export interface UsedInstrument {
  instrument: InstrumentConfig;
  /** Energy of runs that it was used for, kWh; the rest of it is not used here. */
  usedKwh: number;
  /** What the quality criteria ask for and the project file does not say. */
  missing: string[];
}

export interface MarketAccount {
  total: Quantity<"gCO2e">;
  instruments: UsedInstrument[];
  /** What the energy that no instrument covers was counted with. */
  rest: { kwh: number; by: "residual mix" | "grid average"; basis: string };
  /** Runs that no figure could be found for: no instrument, no residual mix and no zone. */
  without: string[];
  notices: string[];
}

type Bound = "value" | "low" | "high";

const DAY = 86_400_000;
const kwhOf = (activity: Activity, bound: Bound): number =>
  ((activity.energy?.[bound] ?? 0) / JOULES_PER_KWH) * activity.pue;

/** Whether the instrument is of the run's time and market. */
function fits({ from, to, market }: InstrumentConfig, { startedAt, grid }: Activity): boolean {
  const inTime = startedAt >= Date.parse(from) && startedAt < Date.parse(to) + DAY;
  const zone = grid?.zone.toUpperCase();
  const wanted = market?.toUpperCase();
  return inTime && (wanted === undefined || zone === wanted || zone?.startsWith(`${wanted}-`) === true);
}

/** The account, or undefined where the project declares neither instruments nor a residual mix: there is one figure then. */
export function marketAccount(
  activities: readonly Activity[],
  config: InstrumentsConfig | undefined,
): MarketAccount | undefined {
  const held = [...(config?.held ?? [])].sort(
    (a, b) =>
      ORDER[a.type] - ORDER[b.type] || byCodePoints(a.from, b.from) || byCodePoints(a.source, b.source),
  );
  const residual = config?.["residual-mix"];
  if (held.length === 0 && !residual) return undefined;
  const runs = activities
    .filter(({ energy }) => energy !== undefined)
    .sort((a, b) => a.startedAt - b.startedAt || byCodePoints(a.run, b.run));
  const sums = { value: allocate("value"), low: allocate("low"), high: allocate("high") };
  const { used, rest, without } = sums.value;

  function allocate(bound: Bound) {
    const left = held.map(({ kwh }) => kwh);
    const usedKwh = held.map(() => 0);
    let grams = 0;
    let restKwh = 0;
    const lacking: string[] = [];
    for (const run of runs) {
      let open = kwhOf(run, bound);
      held.forEach((instrument, index) => {
        if (open <= 0 || !fits(instrument, run)) return;
        const kwh = Math.min(open, left[index]!);
        left[index]! -= kwh;
        usedKwh[index]! += kwh;
        open -= kwh;
        grams += kwh * instrument["g-per-kwh"];
      });
      if (open <= 1e-12) continue;
      const { grid } = run;
      const average = grid && { value: grid.gramsPerKwh, low: grid.low, high: grid.high }[bound];
      const factor = residual?.["g-per-kwh"] ?? average;
      if (factor === undefined) {
        lacking.push(run.run);
        continue;
      }
      restKwh += open;
      grams += gramsOf(open * JOULES_PER_KWH, factor);
    }
    return { grams, used: usedKwh, rest: restKwh, without: lacking };
  }

  const notices: string[] = [];
  if (!residual) {
    notices.push(
      "no residual mix is declared: energy that no instrument covers is counted by the grid average, which counts what others claimed a second time",
    );
  }
  if (without.length > 0) {
    notices.push(`${without.length} runs have neither instrument, residual mix nor zone and are left out`);
  }
  const instruments = held.map((instrument, index): UsedInstrument => {
    const missing = (["id", "tracking-system", "retired-on", "vintage", "market"] as const).filter(
      (key) => instrument[key] === undefined && (instrument.type === "certificate" || key === "market"),
    );
    return { instrument, usedKwh: used[index]!, missing: [...missing] };
  });
  for (const { instrument, missing } of instruments) {
    if (missing.length > 0) {
      notices.push(
        `${instrument.type} "${instrument.source}" does not say its ${missing.join(", ")}: the quality criteria ask for them`,
      );
    }
  }
  for (const instrument of held) {
    if (runs.length > 0 && !runs.some((run) => fits(instrument, run))) {
      notices.push(
        `${instrument.type} "${instrument.source}" fits none of these runs: its from, to or market is of others`,
      );
    }
  }
  const inUse = used.filter((kwh) => kwh > 0).length;
  const methods = runs.map(({ energy }) => energy!.method);
  const measured = methods.length > 0 && methods.every((method) => method === "measured");
  const covered = used.reduce((sum, kwh) => sum + kwh, 0);
  const by = residual
    ? `residual mix ${residual["g-per-kwh"]} g/kWh, ${residual.year}, ${residual.source}`
    : "grid average of each run's zone";
  return {
    total: {
      value: sums.value.grams,
      unit: "gCO2e",
      method: measured ? "measured" : (methods.find((method) => method !== "measured") ?? "estimated"),
      instrument: [...new Set(runs.map(({ energy }) => energy!.instrument))].join(", "),
      covers: [...new Set(runs.flatMap(({ energy }) => energy!.covers))],
      low: Math.min(sums.value.grams, sums.low.grams),
      high: Math.max(sums.value.grams, sums.high.grams),
      basis: `market-based: ${covered.toPrecision(3)} kWh by ${inUse} ${inUse === 1 ? "instrument" : "instruments"}, ${rest.toPrecision(3)} kWh by ${by}`,
    },
    instruments,
    rest: { kwh: rest, by: residual ? "residual mix" : "grid average", basis: by },
    without,
    notices,
  };
}

/** The same on every machine, whatever its language. */
const byCodePoints = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
