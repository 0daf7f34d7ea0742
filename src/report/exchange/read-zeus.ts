/** The log of Zeus' monitor: a row for each window, joules for each GPU. */

import { type ForeignReader, numberOf, plausible, type ReadRecord, sourced } from "./reader.ts";
import { headingOf, readTable, tornWords } from "./table.ts";

const GPU = /^gpu(\d+)_energy$/;

export const zeusReader: ForeignReader = {
  tool: "Zeus",
  recognises: (text) => {
    const columns = headingOf(text);
    return ["start_time", "window_name", "elapsed_time"].every((column) => columns.includes(column));
  },
  read(text, name) {
    const { columns, rows, torn } = readTable(text);
    const problems = tornWords(torn);
    const gpus = columns.filter((column) => GPU.test(column));
    const spans = rows.map((row) => spanOf(row));
    const overlapping = overlapsOf(spans);
    const records: ReadRecord[] = [];
    rows.forEach((row, index) => {
      const joules = gpus.map((column) => numberOf(row[column]));
      const wrong = joules.flatMap((each, gpu) => plausible(gpus[gpu]!, each) ?? []);
      const span = spans[index];
      if (!span || wrong.length > 0) {
        problems.push(`the window ${row.window_name} is left out: ${wrong[0] ?? "its time is not a number"}`);
        return;
      }
      records.push({
        key: `${name}/${row.start_time}/${row.window_name}`,
        name: row.window_name || "window",
        time: new Date(span.from * 1000).toISOString(),
        timeIs: "start",
        durationSeconds: span.to - span.from,
        energy:
          joules.includes(null) || joules.length === 0
            ? null
            : sourced(
                "J",
                joules.reduce<number>((sum, each) => sum + (each ?? 0), 0),
                {
                  instrument: "Zeus",
                  covers: gpus.map((column) => `GPU ${GPU.exec(column)![1]}`),
                  basis:
                    "gpu*_energy of its log: NVML energy counters, or power that was polled before Volta; whole devices; without CPU and memory",
                },
              ),
        footprint: null,
        ...(overlapping.has(index) && {
          notices: ["it overlaps another window of this file: their energies must not be added"],
        }),
        source: row,
      });
    });
    return {
      tool: "Zeus",
      toolMethod: "energy of whole GPUs between the two ends of a window; the log has neither CPU nor memory",
      records,
      problems,
    };
  },
};

interface Span {
  from: number;
  to: number;
}

/** Places of the windows that share time with another one. */
function overlapsOf(spans: readonly (Span | undefined)[]): Set<number> {
  const overlapping = new Set<number>();
  const inOrder = spans
    .flatMap((span, index) => (span ? [{ ...span, index }] : []))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  // Of the windows that began before, the one that lasts longest is the first to be met.
  let longest = inOrder[0];
  for (const span of inOrder.slice(1)) {
    if (span.from < longest!.to && longest!.from < span.to) {
      overlapping.add(span.index);
      overlapping.add(longest!.index);
    }
    if (span.to > longest!.to) longest = span;
  }
  return overlapping;
}

/** Seconds since 1970; what no calendar has (below 0, above the year 9999) is no time. */
const LAST_SECOND = 253_402_300_799;

function spanOf(row: Record<string, string>): Span | undefined {
  const [from, seconds] = [numberOf(row.start_time), numberOf(row.elapsed_time)];
  if (from === null || seconds === null || seconds < 0 || from < 0 || from > LAST_SECOND) return undefined;
  return { from, to: from + seconds };
}
