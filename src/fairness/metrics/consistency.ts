/** Consistency: whether people who are alike are treated alike (Zemel et al. 2013, ICML, "Learning Fair Representations"). */

import type { Interval } from "../statistics/interval.ts";
import { DEFAULT_LEVEL } from "../statistics/interval.ts";
import { wilson } from "../statistics/proportion-intervals.ts";
import type { Random } from "../statistics/random.ts";
import type { Column } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";

export interface Consistency {
  /** 1 - mean over rows of |prediction - mean prediction of its nearest neighbours|: 1 is alike, 0 opposite. */
  value: number;
  /** Of the mean over all rows, where a sample was looked at; Wilson on the mean agreement. */
  interval: Interval | null;
  neighbours: number;
  /** Rows that were looked at; each is compared with all rows. */
  sampled: number;
  convention: string;
}

/** Rows whose neighbours are searched: each costs a pass over the table. */
const MAX_SAMPLED = 1000;
const MIN_SAMPLED = 50;
/** Distances of one feature between two rows: of a large table fewer rows are looked at, and the result says how many. */
const MAX_DISTANCES = 2e8;

/**
 * Neighbours by all features: numbers in standard deviations, squared; a text adds 1 where it differs; so does a missing
 * value. A row is among its own neighbours, as in AIF360 (aif360/sklearn/metrics consistency_score, k = 5). null for a table
 * without features, or with fewer rows than neighbours.
 */
export function consistency(table: BinaryTable, random: Random, neighbours = 5): Consistency | null {
  const { rows, prediction, features } = table;
  if (features.length === 0 || rows < neighbours) return null;
  const distances = features.map(distanceOf);
  const affordable = Math.max(MIN_SAMPLED, Math.floor(MAX_DISTANCES / (rows * features.length)));
  const sampled = Math.min(rows, MAX_SAMPLED, affordable);
  const nearest = new Float64Array(neighbours);
  const nearestRow = new Int32Array(neighbours);
  let agreement = 0;
  for (let turn = 0; turn < sampled; turn++) {
    const row = sampled === rows ? turn : random.index(rows);
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let other = 0; other < rows; other++) {
      let distance = 0;
      for (const each of distances) {
        distance += each(row, other);
        if (distance >= nearest[neighbours - 1]!) break;
      }
      if (distance < nearest[neighbours - 1]!) insert(nearest, nearestRow, distance, other);
    }
    let positive = 0;
    for (const other of nearestRow) positive += prediction[other]!;
    agreement += 1 - Math.abs(prediction[row]! - positive / neighbours);
  }
  return {
    value: agreement / sampled,
    // An agreement lies within [0, 1], so that its spread is at most that of a proportion: the range is on the safe side.
    interval: sampled === rows ? null : wilson({ successes: agreement, total: sampled }, DEFAULT_LEVEL),
    neighbours,
    sampled,
    convention: `${neighbours} nearest rows, itself among them; numbers in standard deviations, texts equal or not`,
  };
}

function insert(distances: Float64Array, rows: Int32Array, distance: number, row: number): void {
  let at = distances.length - 1;
  while (at > 0 && distances[at - 1]! > distance) {
    distances[at] = distances[at - 1]!;
    rows[at] = rows[at - 1]!;
    at--;
  }
  distances[at] = distance;
  rows[at] = row;
}

function distanceOf(column: Column): (a: number, b: number) => number {
  if (column.kind === "category") {
    const { codes } = column;
    return (a, b) => (codes[a] === codes[b] && codes[a]! >= 0 ? 0 : a === b ? 0 : 1);
  }
  const { values } = column;
  const present = values.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length);
  const scale = deviation > 0 ? 1 / deviation : 0;
  return (a, b) => {
    if (a === b) return 0;
    const distance = (values[a]! - values[b]!) * scale;
    return Number.isNaN(distance) ? 1 : distance * distance;
  };
}
