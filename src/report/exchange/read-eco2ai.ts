/** Eco2AI's emission.csv: a row for each run, or for each epoch of one. Older versions parted columns by tabs and wrote kWTh. */

import { JOULES_PER_KWH } from "../../quantity.ts";
import { type ForeignReader, numberOf, plausible, type ReadRecord, sourced, timeOf } from "./reader.ts";
import { headingOf, readTable, tornWords } from "./table.ts";

const ENERGY = /^power_consumption\(/;
const CARBON = /^CO2_emissions\(/;
const DURATION = /^duration\(/;

export const eco2aiReader: ForeignReader = {
  tool: "Eco2AI",
  recognises: (text) => {
    const columns = headingOf(text);
    return [ENERGY, CARBON, DURATION].every((column) => columns.some((name) => column.test(name)));
  },
  read(text) {
    const { columns, rows, torn } = readTable(text);
    const problems = tornWords(torn);
    const named = (pattern: RegExp) => columns.find((name) => pattern.test(name))!;
    const records: ReadRecord[] = [];
    rows.forEach((row, index) => {
      const kwh = numberOf(row[named(ENERGY)]);
      const kg = numberOf(row[named(CARBON)]);
      const seconds = numberOf(row[named(DURATION)]);
      const wrong = plausible("its energy", kwh) ?? plausible("its duration", seconds);
      if (wrong) {
        problems.push(`row ${index + 1} is left out: ${wrong}`);
        return;
      }
      const epoch = row.epoch && row.epoch !== "N/A" ? row.epoch.split(",")[0]!.trim() : "";
      const words = { instrument: "Eco2AI", covers: ["CPU", "GPU", "memory"] };
      records.push({
        key: [row.id ?? `#${index}`, epoch].filter(Boolean).join("/"),
        name: [row.project_name || "eco2ai", row.experiment_description, epoch].filter(Boolean).join(", "),
        time: timeOf(row.start_time),
        timeIs: "start",
        durationSeconds: seconds,
        energy: sourced("J", kwh === null ? null : kwh * JOULES_PER_KWH, {
          ...words,
          basis: `${named(ENERGY)} of emission.csv, with the PUE that Eco2AI was given (1 unless told), which the file does not say`,
        }),
        footprint: sourced("gCO2e", kg === null ? null : kg * 1000, {
          ...words,
          basis: `${named(CARBON)} of emission.csv, with the intensity that Eco2AI took for ${row["region/country"] || "a place that it does not tell"}`,
        }),
        source: row,
      });
    });
    return {
      tool: "Eco2AI",
      toolMethod:
        "CPU: rated power times load; GPU: power that NVML told every few seconds; memory: 0.375 W for each GB of its own process",
      records,
      problems,
    };
  },
};
