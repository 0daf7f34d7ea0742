/** What runs used, as tables: devices and hours, energy by phase, factors. Pure. */

import type { GridBasis } from "../../energy/journal.ts";
import { formatDuration, formatSignificant, inUnit, pickScale } from "../../quantity.ts";
import { type RecordedRun, totalOf } from "../evidence.ts";
import type { BarFigure, Block, BlockTable } from "./blocks.ts";
import { hours, ranged, shortly } from "./figures.ts";
import type { PhaseRuns } from "./phases.ts";

export const countedRuns = (count: number): string => (count === 1 ? "1 run" : `${count} runs`);

/** Annex IV 2(c): what was used for how long. */
export function computeTable(phases: readonly PhaseRuns[]): BlockTable {
  return {
    caption: "Computational resources by phase, from the ledger's runs.",
    columns: [
      { title: "Phase" },
      { title: "Runs", align: "right" },
      { title: "Wall time", align: "right" },
      { title: "Devices, with their hours" },
      { title: "Memory of the machines" },
    ],
    rows: phases.map(({ phase, runs }) => [
      phase,
      String(runs.length),
      formatDuration(totalOf(runs).seconds),
      deviceWords(runs),
      memoryWords(runs),
    ]),
  };
}

/** "1 x NVIDIA H100: 3.2 h; AMD EPYC 9354: 3.2 h", the most used first. */
export function deviceWords(runs: readonly RecordedRun[]): string {
  const used = deviceSeconds(runs);
  if (used.size === 0) return "no device was recorded";
  return [...used]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([device, time]) => `${device}: ${hours(time)}`)
    .join("; ");
}

/** Device -> seconds of one unit times units. A GPU is known by its meter, a processor by what the system says. */
function deviceSeconds(runs: readonly RecordedRun[]): Map<string, number> {
  const used = new Map<string, number>();
  const add = (device: string, seconds: number) => used.set(device, (used.get(device) ?? 0) + seconds);
  for (const { body } of runs) {
    if (body.hardware) {
      const cpus = body.hardware.logicalCpus;
      add(`${body.hardware.cpu} (${cpus} logical ${cpus === 1 ? "CPU" : "CPUs"})`, body.durationSeconds);
    }
    const gpus = new Map<string, number>();
    for (const gpu of new Set(gpuNames(body))) {
      gpus.set(gpu, gpuNames(body).filter((name) => name === gpu).length);
    }
    for (const [gpu, count] of gpus) add(`${count} x ${gpu}`, body.durationSeconds * count);
  }
  return used;
}

/** Model names of the GPUs whose meters were counted, one for each unit. */
export function gpuNames({ meters }: RecordedRun["body"]): string[] {
  return meters
    .filter(({ id, label }) => /^nvml:|gpu/i.test(id) || /^GPU/.test(label))
    .map(({ energy, label }) => /,\s*([^,]+)$/.exec(energy.instrument)?.[1] ?? label);
}

function memoryWords(runs: readonly RecordedRun[]): string {
  const sizes = runs.flatMap(({ body }) => (body.hardware ? [body.hardware.memoryBytes] : []));
  const distinct = [...new Set(sizes.map((bytes) => `${Math.round(bytes / 2 ** 30)} GiB`))].sort();
  return distinct.length > 0 ? `${distinct.join(", ")} installed` : "not recorded";
}

/** Energy and footprint by phase, with a figure where there is more than one bar. */
export function energyBlocks(phases: readonly PhaseRuns[]): Block[] {
  const totals = phases.map(({ phase, runs }) => ({ phase, total: totalOf(runs) }));
  const largest = Math.max(0, ...totals.map(({ total: { energy } }) => energy?.value ?? 0));
  // All bars of a figure have one unit.
  const symbol = largest < 3600 ? pickScale("J", largest) : "kWh";
  const scaled = (joules: number) => inUnit("J", joules, symbol);
  const bars: BarFigure["bars"] = totals.flatMap(({ phase, total: { energy } }) =>
    energy
      ? [
          {
            label: phase,
            value: scaled(energy.value),
            low: scaled(energy.low),
            high: scaled(energy.high),
            text: shortly(energy, symbol),
          },
        ]
      : [],
  );
  return [
    {
      table: {
        caption:
          "IT energy and location-based CO2e by phase. What no meter covered is not inside and is named below.",
        columns: [
          { title: "Phase" },
          { title: "Runs", align: "right" },
          { title: "of which not finished", align: "right" },
          { title: "IT energy, range" },
          { title: "Method" },
          { title: "CO2e, range" },
          { title: "Not inside" },
        ],
        rows: totals.map(({ phase, total }) => [
          phase,
          String(total.runs),
          String(total.unfinished),
          ranged(total.energy, "kWh"),
          total.energy?.method ?? "",
          ranged(total.footprint, "kg"),
          outsideWords(total),
        ]),
      },
    },
    ...(bars.length > 1 ? [{ bars: { title: "IT energy by phase", unit: symbol, bars } }] : []),
  ];
}

export function outsideWords({ unmetered, unplaced }: { unmetered: number; unplaced: number }): string {
  return [
    unmetered > 0 ? `energy of ${unmetered} that no meter was read in` : "",
    unplaced > 0 ? `CO2e of ${unplaced} whose grid zone is not known` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

/** Components that some run had no meter for. */
export function notCoveredWords(runs: readonly RecordedRun[]): string {
  const parts = [...new Set(runs.flatMap(({ body }) => body.notCovered))].sort();
  return parts.length > 0 ? parts.join(", ") : "nothing that is known";
}

/** Intensities and PUE that the footprints were computed with, each once. */
export function factorTable(runs: readonly RecordedRun[]): BlockTable | null {
  const seen = new Map<string, { grid: GridBasis; pue: number; runs: number }>();
  for (const { body } of runs) {
    if (!body.grid) continue;
    const key = JSON.stringify([body.grid.zone, body.grid.year, body.grid.gramsPerKwh, body.pue]);
    const entry = seen.get(key);
    if (entry) entry.runs++;
    else seen.set(key, { grid: body.grid, pue: body.pue, runs: 1 });
  }
  if (seen.size === 0) return null;
  return {
    caption: "Factors. CO2e, location-based = IT energy x PUE x intensity of the zone (yearly average).",
    columns: [
      { title: "Zone" },
      { title: "g/kWh", align: "right" },
      { title: "Range", align: "right" },
      { title: "Year", align: "right" },
      { title: "Publisher" },
      { title: "PUE", align: "right" },
      { title: "Zone chosen by" },
      { title: "Runs", align: "right" },
    ],
    rows: [...seen.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { grid, pue, runs }]) => [
        `${grid.name} (${grid.zone})`,
        formatSignificant(grid.gramsPerKwh, 3),
        `${formatSignificant(grid.low, 3)} to ${formatSignificant(grid.high, 3)}`,
        String(grid.year),
        grid.source,
        String(pue),
        grid.chosenBy,
        String(runs),
      ]),
  };
}
