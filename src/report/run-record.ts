/** A run as programs read it: what `--json` prints everywhere. Version 1; keys are added, never renamed. */

import type { RunSummary } from "../energy/run.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { commitWords, energyOf, footprintOf, meanPowerOf } from "./run-words.ts";

/** Times are ISO 8601 in UTC; every number with a unit is a Quantity record in J, W or gCO2e; null: not known. `ledgerEntry`: its hash. */
export function runRecord(run: RunSummary, ledgerEntry?: string) {
  return {
    v: 1,
    fairwatt: FAIRWATT_VERSION,
    id: run.id,
    name: run.name,
    argv: run.argv,
    cwd: run.cwd,
    folder: run.folder,
    host: run.host,
    state: run.state,
    stateReason: run.stateReason ?? null,
    exitCode: run.exitCode,
    signal: run.signal,
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    durationSeconds: run.duration,
    intervalSeconds: run.interval,
    kind: run.attached ? "attached" : "command",
    attached: run.attached ?? null,
    git: run.git ?? null,
    commit: commitWords(run),
    hardware: run.hardware ?? null,
    energy: energyOf(run),
    machineEnergy: energyOf(run) && run.machineEnergy,
    meanPower: meanPowerOf(run),
    footprint: footprintOf(run),
    grid: run.grid ?? null,
    pue: run.pue,
    meters: run.meters.map(meterRecord),
    uncounted: run.uncounted.map((entry) => ({
      ...meterRecord(entry),
      reason: entry.meter.uncountedReason ?? null,
    })),
    rejected: run.rejected,
    notCovered: run.notCovered,
    coverage: run.coverage,
    gaps: run.gaps,
    marks: run.marks,
    notices: run.notices,
    ledgerEntry: ledgerEntry ?? null,
  };
}

export type RunRecord = ReturnType<typeof runRecord>;

function meterRecord({ meter, run, machine, seconds, share }: RunSummary["meters"][number]) {
  return {
    id: meter.id,
    component: meter.component,
    label: meter.label,
    method: meter.method,
    instrument: meter.instrument,
    errorSource: meter.errorSource,
    basis: meter.basis ?? null,
    energy: run,
    machineEnergy: machine,
    seconds,
    share,
  };
}
