/** A run as accounts see it. Pure; the ledger makes them of its entries. */

import type { GridBasis } from "../../energy/journal.ts";
import { type Quantity, scaleQuantity } from "../../quantity.ts";

export interface Activity {
  run: string;
  name: string;
  host: string;
  /** Hash of its ledger entry. */
  entry?: string;
  /** Unix ms. */
  startedAt: number;
  durationSeconds: number;
  state: string;
  /** The run's IT energy; undefined where no meter was read: that is not zero. */
  energy?: Quantity<"J">;
  /** The whole machine's in the same time. */
  machineEnergy?: Quantity<"J">;
  /** As recorded with the run. */
  pue: number;
  /** As recorded with the run; undefined where nobody had named a zone. */
  grid?: GridBasis;
  /** Accelerators that its meters read, one text for each, with the model's name in it. */
  accelerators: readonly string[];
}

/** Energy with the facility's: E_fac = E_IT x PUE. */
export function facilityEnergy(activity: Activity): Quantity<"J"> | undefined {
  const { energy, pue } = activity;
  return energy && scaleQuantity(energy, pue, "J", `${energy.basis}; PUE ${pue}`);
}

/** Those that began in [from, to), Unix ms. */
export function inPeriod(activities: readonly Activity[], from: number, to: number): Activity[] {
  return activities.filter(({ startedAt }) => startedAt >= from && startedAt < to);
}

/** Half-width of a range, as a part of the value. */
export const relativeError = ({ value, low, high }: Pick<Quantity, "value" | "low" | "high">): number =>
  value === 0 ? 0 : (high - low) / 2 / Math.abs(value);

/** Independent errors together: the root of the sum of their squares. */
export const combinedError = (...parts: readonly number[]): number => Math.hypot(...parts);
