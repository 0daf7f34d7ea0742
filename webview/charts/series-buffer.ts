/** The points of one run, as they arrive in pieces. */

import type { SeriesPiece } from "../protocol.ts";

export type SeriesRow = SeriesPiece["rows"][number];

/** Bottom of the stack first: what usually draws most lies lowest and keeps still. */
const ORDER = ["gpu", "cpu", "dram", "platform"] as const;

/** Components in the fixed order in which every chart, legend and table lists them. */
export function byComponent<T extends { component: SeriesRow["component"]; label: string }>(
  rows: readonly T[],
): T[] {
  const rank = (row: T) => ORDER.indexOf(row.component);
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label, "en", { numeric: true }),
  );
}

export class SeriesBuffer {
  run: string | null = null;
  t: number[] = [];
  energy: number[] = [];
  rows: SeriesRow[] = [];
  complete = false;

  clear(run: string | null): void {
    this.run = run;
    this.t = [];
    this.energy = [];
    this.rows = [];
    this.complete = false;
  }

  /** Takes a piece. False when it does not join what is here: then the whole series must be asked for again. */
  apply(piece: SeriesPiece): boolean {
    const length = piece.t.length;
    const even = piece.energy.length === length && piece.rows.every((row) => row.values.length === length);
    if (!even) return false;
    if (piece.from === 0) {
      this.clear(piece.run);
      this.t = [...piece.t];
      this.energy = [...piece.energy];
      this.rows = byComponent(piece.rows).map((row) => ({ ...row, values: [...row.values] }));
      this.complete = piece.complete;
      return true;
    }
    if (piece.run !== this.run || piece.from !== this.t.length) return false;
    if (piece.rows.length !== this.rows.length) return false;
    for (const row of this.rows) {
      const more = piece.rows.find((candidate) => candidate.id === row.id);
      if (!more) return false;
      for (const value of more.values) row.values.push(value);
      row.low = more.low;
      row.high = more.high;
    }
    for (const t of piece.t) this.t.push(t);
    for (const joules of piece.energy) this.energy.push(joules);
    this.complete = piece.complete;
    return true;
  }
}

/** Joules from the run's start to second `at`, by straight lines between points; 0 before the first. */
export function energyAt(t: readonly number[], energy: readonly number[], at: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle]! < at) low = middle + 1;
    else high = middle;
  }
  if (low >= t.length) return energy.at(-1) ?? 0;
  const [t1, e1] = [t[low]!, energy[low]!];
  const [t0, e0] = low === 0 ? [0, 0] : [t[low - 1]!, energy[low - 1]!];
  return t1 === t0 ? e1 : e0 + ((e1 - e0) * (at - t0)) / (t1 - t0);
}
