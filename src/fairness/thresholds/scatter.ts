/** Rows of the table as points over two of its columns. Pure. */

import { asNumbers, type CategoryColumn, type Column } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { isName } from "./counterfactual.ts";
import { sampleRows } from "./sample-rows.ts";

/** Points that are drawn: as many as a frame has time for. */
const MOST = 5000;
/** Texts of an axis; the rest stands together behind them. */
const MOST_TEXTS = 30;
/** Numbers of so few values are spread as texts are. */
const FEW = 12;

export interface ScatterAxis {
  name: string;
  /** Texts in the order of their places 0, 1, ...; null for numbers. The last one is "" where texts are missing. */
  levels: string[] | null;
  /** How far points are spread around their place, to either side; 0: not at all. */
  spread: number;
}

export interface Scatter {
  x: ScatterAxis;
  y: ScatterAxis;
  /** Rows of the points, from 0, ascending. */
  rows: Int32Array;
  /** Numbers as they are; places of texts. */
  xs: Float64Array;
  ys: Float64Array;
  scores: Float64Array;
  /** 1: labelled positive. */
  labels: Uint8Array;
  cells: Int32Array;
  /** Rows of the table that have both values; those beyond the points are left out by chance. */
  placed: number;
  /** Rows without a number in one of the two columns. */
  missing: number;
}

/** @param cellOf cell of each row */
export function scatterOf(table: BinaryTable, cellOf: Int32Array, x: string, y: string): Scatter {
  const [across, up] = [axisOf(table, x), axisOf(table, y)];
  const whole: number[] = [];
  for (let row = 0; row < table.rows; row++)
    if (!Number.isNaN(across.places[row]!) && !Number.isNaN(up.places[row]!)) whole.push(row);
  const rows = sampleRows(Int32Array.from(whole), MOST);
  const take = (of: ArrayLike<number>) => Float64Array.from(rows, (row) => of[row]!);
  return {
    ...{ x: across.axis, y: up.axis, rows },
    ...{ xs: take(across.places), ys: take(up.places), scores: take(table.score!) },
    labels: Uint8Array.from(rows, (row) => table.label[row]!),
    cells: Int32Array.from(rows, (row) => cellOf[row]!),
    placed: whole.length,
    missing: table.rows - whole.length,
  };
}

/** What can be an axis: the score, numbers, texts, and last what only tells rows apart. */
export function scatterColumns(table: BinaryTable, score: string): string[] {
  const rank = (column: Column) => (isName(column, table.rows) ? 2 : column.kind === "number" ? 0 : 1);
  const columns = [...table.features, ...table.sensitive].sort((a, b) => rank(a) - rank(b));
  return [score, ...columns.map(({ name }) => name)];
}

function axisOf(table: BinaryTable, name: string): { axis: ScatterAxis; places: Float64Array } {
  const found: Column | undefined = [...table.sensitive, ...table.features].find(
    (each) => each.name === name,
  );
  const column = found ? (asNumbers(found) ?? found) : undefined;
  if (column?.kind === "category") return textAxis(column);
  // The score is no feature: what is not among the columns is the score.
  const places = column?.values ?? table.score!;
  const distinct = new Set<number>();
  for (const value of places) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > FEW) return { axis: { name, levels: null, spread: 0 }, places };
  }
  const sorted = [...distinct].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((value, at) => value - sorted[at]!);
  return { axis: { name, levels: null, spread: gaps.length === 0 ? 0 : 0.3 * Math.min(...gaps) }, places };
}

function textAxis({ name, codes, levels, firstMissing }: CategoryColumn) {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const frequent = [...levels.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, MOST_TEXTS);
  const shown = frequent.map((code) => levels[code]!).sort();
  const places = levels.map((level) => shown.indexOf(level));
  const others = levels.length > shown.length ? shown.push("(other)") - 1 : -1;
  const missing = firstMissing >= 0 ? shown.push("") - 1 : -1;
  return {
    axis: { name, levels: shown, spread: 0.32 },
    places: Float64Array.from(codes, (code) => {
      if (code < 0) return missing;
      return places[code]! >= 0 ? places[code]! : others;
    }),
  };
}
