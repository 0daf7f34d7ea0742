/** The words for a run that status bar, tree and messages share. Pure: no editor, no clock of its own. */

import { locationBasedFootprint } from "../../carbon/footprint.ts";
import type { RunState, RunSummary } from "../../energy/run.ts";
import { formatDuration, formatQuantity, formatRange, pickScale, type Quantity } from "../../quantity.ts";
import type { Translate } from "../words.ts";

/** Units kept while a run is shown, so that the text does not jump. */
export interface KeptUnits {
  energy: string;
  carbon?: string;
}

/** A run's footprint, or undefined while nobody has said in which grid zone the machine is. Grams CO2e. */
export function footprintOf(run: RunSummary): Quantity<"gCO2e"> | undefined {
  return run.grid ? locationBasedFootprint(run.energy, run.grid, run.pue) : undefined;
}

/** Remembers the unit in which each run was first shown; a larger one is taken only well past where it would be. */
export class UnitKeeper {
  private readonly kept = new Map<string, KeptUnits>();

  unitsOf(key: string, energy: Quantity<"J">, carbon: Quantity<"gCO2e"> | undefined): KeptUnits {
    const before = this.kept.get(key);
    const units: KeptUnits = {
      energy: keepUnit("J", energy.value, before?.energy),
      carbon: carbon ? keepUnit("gCO2e", carbon.value, before?.carbon) : undefined,
    };
    // Nothing has been counted yet: the unit of the first real figure is the one to keep.
    if (energy.value > 0) this.kept.set(key, units);
    return units;
  }

  forget(key: string): void {
    this.kept.delete(key);
  }
}

/** Above this many of a unit, the next larger one is taken even while the run is shown. */
const OUTGROWN = 2_000;

/** Base units (J, g) in one of these. */
const UNIT_SIZES: Record<string, number> = {
  mWh: 3.6,
  Wh: 3_600,
  kWh: 3_600_000,
  mg: 0.001,
  g: 1,
  kg: 1_000,
};

function keepUnit(unit: "J" | "gCO2e", value: number, before: string | undefined): string {
  const best = pickScale(unit, value);
  if (before === undefined || before === best) return best;
  const size = UNIT_SIZES[before];
  return size === undefined || value / size < OUTGROWN ? before : best;
}

/** "≈13 Wh · ≈6 g · ≈85 W"; parts that are not known are left out. */
export function figures(
  energy: Quantity<"J">,
  carbon: Quantity<"gCO2e"> | undefined,
  units: KeptUnits,
  power?: Quantity<"W"> | null,
): string {
  const parts = [formatQuantity(energy, units.energy)];
  if (carbon) parts.push(formatQuantity(carbon, units.carbon));
  if (power) parts.push(formatQuantity(power, power.value < 1 ? undefined : pickWatts(power.value)));
  return parts.join(" · ");
}

function pickWatts(value: number): string {
  return value >= 10_000 ? "kW" : "W";
}

/** "38.1 Wh (37.2 to 39.0 Wh), measured: RAPL package". */
export function energyWithRange(quantity: Quantity, t: Translate): string {
  return t(
    "{0} ({1}), {2}: {3}",
    formatQuantity(quantity),
    formatRange(quantity),
    methodWord(quantity.method, t),
    quantity.instrument || t("no meter"),
  );
}

/** False where all of a run is worked out. A run that hardly loads a metered part may be mostly estimated all the same. */
export function readsMeter(run: RunSummary): boolean {
  return run.meters.some(({ meter }) => meter.method === "measured");
}

export function methodWord(method: Quantity["method"], t: Translate): string {
  switch (method) {
    case "measured":
      return t("measured");
    case "modelled":
      return t("modelled");
    case "estimated":
      return t("estimated");
    case "sourced":
      return t("sourced");
  }
}

export function stateWord(state: RunState, t: Translate): string {
  switch (state) {
    case "running":
      return t("running");
    case "finished":
      return t("finished");
    case "failed":
      return t("failed");
    case "stopped":
      return t("stopped");
    case "interrupted":
      return t("interrupted");
  }
}

/** Codicon of each state, without `$()`. */
export const STATE_ICONS: Record<RunState, string> = {
  running: "pulse",
  finished: "check",
  failed: "error",
  stopped: "circle-slash",
  interrupted: "debug-disconnect",
};

/** Minutes and hours in a word a person says: "41 min", "3 h 5 min", seconds below two minutes. */
export function formatElapsed(seconds: number, t: Translate): string {
  if (seconds < 120) return seconds < 10 ? formatDuration(seconds) : t("{0} s", Math.round(seconds));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("{0} min", minutes);
  return t("{0} h {1} min", Math.floor(minutes / 60), minutes % 60);
}

/** How the run ended where that needs saying: "exit code 3", "signal SIGKILL", the reason of an interruption. */
export function endingOf(run: RunSummary, t: Translate): string | undefined {
  if (run.state === "failed" && run.signal) return t("signal {0}", run.signal);
  if (run.state === "failed" && run.exitCode !== null) return t("exit code {0}", run.exitCode);
  return run.stateReason;
}
