/** CodeCarbon's emissions.csv, and its file of tasks, of all versions: columns are found by name. */

import { JOULES_PER_KWH } from "../../quantity.ts";
import { CODECARBON_ALWAYS } from "./codecarbon-columns.ts";
import { type ForeignReader, numberOf, plausible, type ReadRecord, sourced, timeOf } from "./reader.ts";
import { headingOf, readTable, tornWords } from "./table.ts";

type Row = Record<string, string>;

/** Up to 40 % against wall meters over hundreds of runs: Fischer 2025, arXiv:2509.22092. */
const PUBLISHED_ERROR = 0.4;

export const codecarbonReader: ForeignReader = {
  tool: "CodeCarbon",
  recognises: (text) => {
    const columns = headingOf(text);
    return CODECARBON_ALWAYS.every((column) => columns.includes(column));
  },
  read(text) {
    const { rows, torn } = readTable(text);
    const problems = tornWords(torn);
    const versions = new Set(rows.map((row) => row.codecarbon_version).filter(Boolean));
    const records: ReadRecord[] = [];
    for (const group of groupsOf(rows)) {
      const row = group.at(-1)!;
      const wrong = ["duration", "emissions", "energy_consumed"].flatMap(
        (column) => plausible(column, numberOf(row[column])) ?? [],
      );
      if (wrong.length > 0) problems.push(`the row of ${row.timestamp} is left out: ${wrong.join(", ")}`);
      else records.push(recordOf(row, group.length));
    }
    return {
      tool: "CodeCarbon",
      ...(versions.size > 0 && { toolVersion: [...versions].join(", ") }),
      toolMethod:
        "RAPL, NVML and a model of memory where it could read them, else load models; the file does not say which part was read and which was modelled",
      records,
      problems,
    };
  },
};

/** Rows of one run, of one task: CodeCarbon writes another row with the sum so far each time it is flushed. */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  rows.forEach((row, index) => {
    const key = keyOf(row) ?? `#${index}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  });
  return [...groups.values()].map((group) =>
    group.sort((a, b) => (numberOf(a.duration) ?? 0) - (numberOf(b.duration) ?? 0)),
  );
}

/** The first versions wrote no id of the run. */
function keyOf(row: Row): string | undefined {
  const id = row.run_id || (row.codecarbon_version === undefined ? undefined : row.experiment_id);
  return id ? [id, row.task_name].filter(Boolean).join("/") : undefined;
}

function recordOf(row: Row, flushes: number): ReadRecord {
  const pue = numberOf(row.pue) ?? 1;
  const kwh = numberOf(row.energy_consumed);
  const kg = numberOf(row.emissions);
  const mode = row.tracking_mode === "process" ? "the process" : "the whole machine";
  const place = [row.country_name, row.region].filter(Boolean).join(", ");
  const notices = [
    ...(row.tracking_mode ? [`tracking mode ${row.tracking_mode}`] : []),
    ...(pue !== 1 ? [`its energy is multiplied by a PUE of ${pue}, which is taken out again here`] : []),
    ...(flushes > 1 ? [`${flushes} rows of this run, each with the sum so far: the last one counts`] : []),
  ];
  const words = { instrument: "CodeCarbon", covers: [mode], error: PUBLISHED_ERROR };
  return {
    key: keyOf(row) ?? `${row.timestamp}/${row.project_name}`,
    name: row.task_name ? `${row.project_name}: ${row.task_name}` : row.project_name || "codecarbon",
    time: timeOf(row.timestamp),
    timeIs: "end",
    durationSeconds: numberOf(row.duration),
    energy: sourced("J", kwh === null ? null : (kwh * JOULES_PER_KWH) / (pue > 0 ? pue : 1), {
      ...words,
      basis:
        "energy_consumed of emissions.csv; up to 40 % off against wall meters (Fischer 2025, arXiv:2509.22092)",
    }),
    footprint: sourced("gCO2e", kg === null ? null : kg * 1000, {
      ...words,
      basis: `emissions of emissions.csv, with the intensity that CodeCarbon took for ${place || "a place that it does not tell"}`,
    }),
    ...(notices.length > 0 && { notices }),
    source: row,
  };
}
