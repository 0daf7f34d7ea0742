/** A run's ledger entry as accounts and budgets take it. Pure. */

import type { Activity } from "../carbon/accounting/activity.ts";
import type { RunSummary } from "../energy/run.ts";
import type { Quantity } from "../quantity.ts";
import type { RunBody } from "./entry.ts";

export function activityOf(body: RunBody, entry?: string): Activity {
  const metered = body.meters.length > 0;
  const joules = (record: RunBody["energy"]) => record as Quantity<"J">;
  return {
    run: body.run,
    name: body.name,
    host: body.host,
    ...(entry === undefined ? {} : { entry }),
    startedAt: Date.parse(body.startedAt),
    durationSeconds: body.durationSeconds,
    state: body.state,
    // Where nothing was metered the energy is not zero but unknown.
    ...(metered ? { energy: joules(body.energy), machineEnergy: joules(body.machineEnergy) } : {}),
    pue: body.pue,
    ...(body.grid ? { grid: body.grid } : {}),
    accelerators: body.meters
      .filter(({ id }) => id.startsWith("nvml"))
      .map(({ label, energy }) => `${label}, ${energy.instrument}`),
  };
}

/** A run that may still be going on, as far as it is known. */
export function activityOfSummary(summary: RunSummary): Activity {
  const metered = summary.meters.some(({ seconds }) => seconds > 0);
  return {
    run: summary.id,
    name: summary.name,
    host: summary.host,
    startedAt: summary.startedAt,
    durationSeconds: summary.duration,
    state: summary.state,
    ...(metered ? { energy: summary.energy, machineEnergy: summary.machineEnergy } : {}),
    pue: summary.pue,
    ...(summary.grid ? { grid: summary.grid } : {}),
    accelerators: [],
  };
}
