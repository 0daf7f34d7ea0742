/** Order and filter of the runs table. Pure. */

import type { RunRow } from "../protocol.ts";

export type SortColumn =
  | "when"
  | "name"
  | "commit"
  | "duration"
  | "energy"
  | "footprint"
  | "change"
  | "outcome"
  | "metric"
  | "ledger";

const VALUES: Record<SortColumn, (row: RunRow) => number | string | null> = {
  when: (row) => row.startedAt,
  name: (row) => row.name,
  commit: (row) => row.commit || null,
  duration: (row) => row.duration,
  energy: (row) => row.energy.value,
  footprint: (row) => row.footprint?.value ?? null,
  change: (row) => row.change?.fraction ?? null,
  outcome: (row) => row.outcome,
  metric: (row) => row.metric?.value ?? null,
  ledger: (row) => row.ledger,
};

export const isSortColumn = (name: string): name is SortColumn => Object.hasOwn(VALUES, name);

/** Sorted copy. What is not known comes last in both directions; ties keep the newest first. */
export function sortRuns(rows: readonly RunRow[], column: SortColumn, descending: boolean): RunRow[] {
  const read = VALUES[column];
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [read(one), read(other)];
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1;
    } else {
      const order =
        typeof a === "number" && typeof b === "number"
          ? a - b
          : String(a).localeCompare(String(b), undefined, { numeric: true });
      if (order !== 0) return order * sign;
    }
    return other.startedAt - one.startedAt;
  });
}

/** Rows whose name, commit or outcome holds every word of the filter. */
export function filterRuns(rows: readonly RunRow[], filter: string): RunRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = `${row.name} ${row.commit} ${row.outcome}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
