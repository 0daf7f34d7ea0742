/** Runs as rows of CodeCarbon's emissions.csv, all 38 columns. What is not known stays empty, as CodeCarbon's readers expect. */

import Papa from "papaparse";
import type { RunSummary } from "../../energy/run.ts";
import { JOULES_PER_KWH } from "../../quantity.ts";
import { energyOf, footprintOf } from "../run-words.ts";
import { CODECARBON_COLUMNS, type CodecarbonColumn } from "./codecarbon-columns.ts";

export interface Country {
  name: string;
  /** ISO 3166-1 alpha-3 */
  alpha3?: string;
}

export interface CodecarbonContext {
  /** Version of Fairwatt. */
  fairwatt: string;
  /** The country of a grid zone. */
  countryOf: (zone: string) => Country | undefined;
}

type Cells = Partial<Record<CodecarbonColumn, string | number>>;

/** With the heading. Times are UTC; CodeCarbon's have no zone. */
export function codecarbonCsv(runs: readonly RunSummary[], context: CodecarbonContext): string {
  const rows = runs.map((run) => {
    const cells = cellsOf(run, context);
    return CODECARBON_COLUMNS.map((column) => cells[column] ?? "");
  });
  return `${Papa.unparse({ fields: [...CODECARBON_COLUMNS], data: rows }, { newline: "\n" })}\n`;
}

function cellsOf(run: RunSummary, { fairwatt, countryOf }: CodecarbonContext): Cells {
  const energy = energyOf(run);
  const footprint = footprintOf(run);
  const country = run.grid && countryOf(run.grid.zone);
  const { hardware, duration, pue } = run;
  const gpus = run.meters.filter(({ meter }) => meter.component === "gpu");
  const kg = footprint && footprint.value / 1000;
  const wholeMachine =
    run.meters.length > 0 && run.meters.every(({ share }) => share.includes("set to the whole machine"));
  return {
    timestamp: new Date(run.endedAt ?? run.startedAt + duration * 1000).toISOString().slice(0, 19),
    project_name: run.name,
    run_id: run.id,
    duration,
    ...(kg !== null && { emissions: kg, ...(duration > 0 && { emissions_rate: kg / duration }) }),
    ...componentCells(run),
    // CodeCarbon multiplies the PUE into its energies.
    ...(energy && { energy_consumed: (energy.value * pue) / JOULES_PER_KWH }),
    ...(country && {
      country_name: country.name,
      ...(country.alpha3 !== undefined && { country_iso_code: country.alpha3 }),
    }),
    ...(run.grid?.zone.includes("-") && { region: run.grid.name }),
    ...(hardware && {
      os: hardware.os,
      cpu_count: hardware.logicalCpus,
      cpu_model: hardware.cpu,
      ram_total_size: hardware.memoryBytes / 2 ** 30,
    }),
    codecarbon_version: `Fairwatt ${fairwatt}`,
    gpu_count: gpus.length,
    gpu_model: gpus.map(({ meter }) => meter.label).join(", "),
    tracking_mode: wholeMachine ? "machine" : "process",
    pue,
  };
}

/** Energy and mean power of each component; empty where a meter covers several at once, and where none covers it. */
function componentCells(run: RunSummary): Cells {
  const cells: Cells = {};
  const columns = { cpu: "cpu", gpu: "gpu", dram: "ram" } as const;
  for (const [component, column] of Object.entries(columns)) {
    const meters = run.meters.filter(({ meter }) => meter.component === component);
    if (meters.length === 0) continue;
    const joules = meters.reduce((sum, meter) => sum + meter.run.value, 0) * run.pue;
    cells[`${column}_energy` as CodecarbonColumn] = joules / JOULES_PER_KWH;
    if (run.duration > 0) cells[`${column}_power` as CodecarbonColumn] = joules / run.duration;
  }
  return cells;
}
