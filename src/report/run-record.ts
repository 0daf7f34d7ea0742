/** A run as programs read it: what `--json` prints everywhere. Version 1; keys are added, never renamed. */

import { accountEpochs } from "../energy/epochs.ts";
import { forecastRun } from "../energy/forecast.ts";
import type { RunSummary } from "../energy/run.ts";
import { scaleQuantity } from "../quantity.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { forecastFootprint } from "./forecast-words.ts";
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
    ...epochRecord(run),
    notices: run.notices,
    ledgerEntry: ledgerEntry ?? null,
  };
}

/** Epochs with `outsideEpochs` add up to `energy`; `forecast` is of the whole run, and a reason where there is none. */
function epochRecord(run: RunSummary) {
  const { epochs, outside } = accountEpochs(run);
  const forecast = forecastRun(run);
  const iso = (at: number) => new Date(at).toISOString();
  return {
    epochs: epochs.map(({ from, to, until: _, ...epoch }) => ({
      ...epoch,
      fromSeconds: from,
      toSeconds: to,
      energyPerSample: epoch.samples
        ? scaleQuantity(
            epoch.energy,
            1 / epoch.samples,
            "J",
            "energy of the epoch by the rows that it trained on",
          )
        : null,
    })),
    outsideEpochs: epochs.length > 0 ? outside : null,
    forecast:
      typeof forecast === "string"
        ? null
        : {
            energy: forecast.energy,
            footprint: forecastFootprint(run, forecast),
            finishAt: iso(forecast.finishAt.value),
            finishAtEarliest: iso(forecast.finishAt.low),
            finishAtLatest: iso(forecast.finishAt.high),
            of: forecast.of,
            done: forecast.done,
            total: forecast.total,
          },
    noForecast: typeof forecast === "string" ? forecast : null,
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
