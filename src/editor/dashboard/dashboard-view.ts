/** From a folded run to what the dashboard shows of it. Pure: the same run and words always give the same view. */

import type {
  ComponentRow,
  GapView,
  PageStrings,
  RunDetail,
  RunRow,
  SeriesPiece,
  Shown,
} from "../../../webview/protocol.ts";
import { fill, formatMetric } from "../../../webview/protocol.ts";
import { gridSentence } from "../../carbon/footprint.ts";
import { accountEpochs } from "../../energy/epochs.ts";
import type { Gap, MeterEnergy, PowerSeries, RunSummary } from "../../energy/run.ts";
import {
  formatDuration,
  formatPercent,
  formatQuantity,
  formatRange,
  inUnit,
  JOULES_PER_KWH,
  pickScale,
  type Quantity,
} from "../../quantity.ts";
import { commandWords, energyOf, footprintOf, meanPowerOf } from "../../report/run-words.ts";
import { cellRowsOf } from "./cell-rows.ts";
import { changeAgainst } from "./comparison.ts";
import { epochViews, forecastView } from "./epoch-view.ts";
import { commitText, outcomeText } from "./run-words.ts";

export interface ViewOptions {
  strings: PageStrings;
  /** BCP 47, for dates. */
  locale: string;
  /** Keeps a live figure in one unit: "<run>.<figure>" -> symbol; written to. */
  symbols?: Map<string, string>;
}

/** A quantity of energy, power or footprint as the page shows it; `symbol` fixes the unit. */
export function show(quantity: Quantity<"J" | "W" | "gCO2e">, symbol?: string): Shown {
  const unit = symbol ?? pickScale(quantity.unit, quantity.value);
  return {
    value: quantity.value,
    low: quantity.low,
    high: quantity.high,
    symbol: unit,
    text: formatQuantity(quantity, unit),
    range: formatRange(quantity, unit),
    method: quantity.method,
    instrument: quantity.instrument,
    basis: quantity.basis,
  };
}

/**
 * The unit a live figure keeps: the one it had, unless the number in it has grown past four digits or has fallen below
 * a tenth, where keeping it would be harder to read than one jump.
 */
export function steadySymbol(unit: "J" | "W" | "gCO2e", value: number, previous?: string): string {
  const best = pickScale(unit, value);
  if (previous === undefined || best === previous || value === 0) return previous ?? best;
  const inPrevious = Math.abs(inUnit(unit, value, previous));
  return inPrevious >= 0.1 && inPrevious < 10_000 ? previous : best;
}

function showSteady(quantity: Quantity<"J" | "W" | "gCO2e">, key: string, options: ViewOptions): Shown {
  const symbol = steadySymbol(quantity.unit, quantity.value, options.symbols?.get(key));
  options.symbols?.set(key, symbol);
  return show(quantity, symbol);
}

/** A run that no meter read has no energy, which is not zero. */
function showEnergy(run: RunSummary, options: ViewOptions): Shown {
  const energy = energyOf(run);
  return energy ? showSteady(energy, `${run.id}.energy`, options) : notMetered(run.energy, options.strings);
}

const notMetered = (energy: Quantity<"J">, strings: PageStrings): Shown => ({
  ...show(energy),
  text: strings["compare.notMetered"],
  range: "",
});

/** One line of the runs table. `before` is the last earlier run of the same name in the same folder. */
export function runRowOf(
  run: RunSummary,
  before: RunSummary | undefined,
  ledger: string | null,
  options: ViewOptions,
): RunRow {
  const footprint = footprintOf(run);
  return {
    id: run.id,
    name: run.name,
    state: run.state,
    outcome: outcomeText(run, options.strings),
    startedAt: run.startedAt,
    when: new Intl.DateTimeFormat(options.locale, {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(run.startedAt),
    commit: commitText(run),
    duration: run.duration,
    durationText: formatDuration(run.duration),
    energy: showEnergy(run, options),
    footprint: footprint && showSteady(footprint, `${run.id}.footprint`, options),
    change: before && run.state !== "running" ? changeAgainst(before, run, options.strings) : null,
    metric: lastMetric(run),
    sparkline: run.sparkline,
    ledger,
  };
}

/** The run that `run` is compared with by itself: same name, same folder, the latest one that ended before it. */
export function runBefore(run: RunSummary, runs: readonly RunSummary[]): RunSummary | undefined {
  let found: RunSummary | undefined;
  // What was attached to is a part of a program's life, and another part each time.
  if (run.attached) return undefined;
  for (const other of runs) {
    if (other.attached) continue;
    if (other.id === run.id || other.name !== run.name || other.folder !== run.folder) continue;
    if (other.state === "running" || other.startedAt >= run.startedAt) continue;
    if (!found || other.startedAt > found.startedAt) found = other;
  }
  return found;
}

function lastMetric(run: RunSummary): RunRow["metric"] {
  const names = run.marks.flatMap((mark) => Object.keys(mark.metrics ?? {}));
  const name = names[0];
  if (name === undefined) return null;
  const last = run.marks.findLast((mark) => mark.metrics?.[name] !== undefined);
  const value = last!.metrics![name]!;
  return { name, value, text: `${name} ${formatMetric(value)}` };
}

/** One run in full. */
export function runDetailOf(run: RunSummary, options: ViewOptions): RunDetail {
  const { strings } = options;
  const footprint = footprintOf(run);
  const meanPower = meanPowerOf(run);
  const { epochs, total } = accountEpochs(run);
  const epoch = epochs.at(-1);
  const energy = showEnergy(run, options);
  const branch = run.git?.branch ? `${run.git.branch}@` : "";
  return {
    id: run.id,
    name: run.name,
    command: commandWords(run.argv),
    where: run.git ? `${branch}${commitText(run)}` : "",
    state: run.state,
    stateText: outcomeText(run, strings),
    stateReason: run.stateReason ?? null,
    startedAt: run.startedAt,
    duration: run.duration,
    elapsed: formatDuration(run.duration),
    epoch: epoch ? { index: epoch.index, total } : null,
    energy,
    machineEnergy: energyOf(run) ? show(run.machineEnergy) : notMetered(run.machineEnergy, strings),
    power: run.power && showSteady(run.power, `${run.id}.power`, options),
    meanPower: meanPower && show(meanPower),
    footprint: footprint && showSteady(footprint, `${run.id}.footprint`, options),
    gramsPerJoule: run.grid ? (run.grid.gramsPerKwh * run.pue) / JOULES_PER_KWH : null,
    zone: run.grid ? gridSentence(run.grid, run.pue) : null,
    meters: run.meters.map((meter) => componentRowOf(meter, run, options)),
    uncounted: run.uncounted.map((meter) => componentRowOf(meter, run, options, true)),
    notCovered:
      run.notCovered.length > 0 ? fill(strings["notes.notCovered"], run.notCovered.join(", ")) : null,
    gaps: run.gaps.map((gap) => gapView(gap, strings)),
    notices: run.notices,
    rejected: run.rejected.map(({ label, reason, remedy }) => ({ label, reason, remedy: remedy ?? null })),
    cells: cellRowsOf(run, strings, (energy) => show(energy)),
    marks: run.marks.filter(({ kind }) => kind === "cell" || kind === "phase"),
    epochs: epochViews(epochs),
    forecast: energyOf(run) ? forecastView(run, energy.symbol, strings) : null,
  };
}

function gapView(gap: Gap, strings: PageStrings): GapView {
  const subject = gap.meter ?? strings["notes.allMeters"];
  const [from, to] = [formatDuration(gap.from), formatDuration(gap.to)];
  return { ...gap, text: fill(strings["notes.gap"], from, to, subject, gap.reason) };
}

function componentRowOf(
  entry: MeterEnergy,
  run: RunSummary,
  options: ViewOptions,
  beside = false,
): ComponentRow {
  const { meter } = entry;
  const { strings } = options;
  const seconds = Math.max(entry.seconds, Number.EPSILON);
  const mean: Quantity<"W"> = {
    ...entry.run,
    unit: "W",
    value: entry.run.value / seconds,
    low: entry.run.low / seconds,
    high: entry.run.high / seconds,
  };
  const provenance: [string, string][] = [
    [strings["provenance.covers"], entry.run.covers.join(", ")],
    [strings["provenance.share"], entry.share],
    [strings["provenance.machine"], `${formatQuantity(entry.machine)} (${formatRange(entry.machine)})`],
    [strings["provenance.time"], `${formatDuration(entry.seconds)} / ${formatDuration(run.duration)}`],
    [strings["provenance.error"], `± ${formatPercent(meter.error)}: ${meter.errorSource}`],
    [strings["provenance.basis"], [entry.run.basis, meter.basis].filter(Boolean).join("; ")],
    [strings["provenance.meter"], meter.id],
  ];
  if (meter.uncountedReason) provenance.push([strings["provenance.uncounted"], meter.uncountedReason]);
  return {
    id: meter.id,
    label: meter.label,
    component: meter.component,
    energy: showSteady(entry.run, `${run.id}.${meter.id}`, options),
    share: beside || run.energy.value <= 0 ? null : entry.run.value / run.energy.value,
    meanPower: show(entry.seconds > 0 ? mean : { ...mean, value: 0, low: 0, high: 0 }),
    power: entry.power,
    provenance: provenance.filter(([, text]) => text !== ""),
  };
}

/** Points `from`..`to` of a series as the wire carries them: JSON has no NaN, a point that was not read is null. */
export function seriesPieceOf(
  run: RunSummary,
  series: PowerSeries,
  from: number,
  to: number,
  complete: boolean,
): SeriesPiece {
  return {
    run: run.id,
    from,
    complete,
    t: series.t.slice(from, to),
    energy: series.energy.slice(from, to),
    rows: series.watts.map((row) => {
      const entry = run.meters.find(({ meter }) => meter.id === row.id);
      const value = entry?.run.value ?? 0;
      const method = entry?.meter.method ?? "measured";
      return {
        id: row.id,
        label: row.label,
        component: row.component,
        method,
        low: value > 0 ? entry!.run.low / value : 1,
        high: value > 0 ? entry!.run.high / value : 1,
        values: row.values.slice(from, to).map((watts) => (Number.isFinite(watts) ? watts : null)),
      };
    }),
  };
}
