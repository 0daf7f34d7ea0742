/** Tables as they might have come out: outcome counts of cells, drawn again from those seen. */

import { type CellCounts, type Cells, countOutcomes } from "../metrics/cells.ts";
import { OUTCOMES } from "../metrics/confusion.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import type { Random } from "./random.ts";

export interface Resampler {
  /** Weighted outcome counts of the table as it is, cells x 4. */
  observed: Float64Array;
  /** Writes the counts of one resampled table. */
  draw(counts: Float64Array): void;
  /** Calls back with the counts of the table without one row, and how many rows there are like it. */
  leaveOneOut(visit: (counts: Float64Array, rows: number) => void): void;
}

/** "cells": every cell keeps its number of rows, so that no group vanishes; "rows": all rows are drawn from all. */
export type Strata = "cells" | "rows";

/**
 * Where every row counts once, drawing rows with replacement is drawing from a multinomial distribution of the outcomes:
 * conditional binomials give the same in time that does not depend on the number of rows. Weighted rows are drawn one by one.
 * `matters`: whether any statistic reads a cell; the counts of the others are 0 (not for weighted tables).
 */
export function createResampler(
  table: BinaryTable,
  cells: Cells,
  random: Random,
  strata: Strata = "cells",
  matters: (cell: number) => boolean = () => true,
): Resampler {
  const counts = countOutcomes(table, cells);
  if (table.weights) return rowResampler(table, counts, random.index, strata);
  // What no statistic reads is not drawn: of ten thousand groups most are too small to take part.
  if (strata === "cells")
    for (let cell = 0; cell < cells.size; cell++)
      if (!matters(cell)) counts.rows.fill(0, cell * OUTCOMES, (cell + 1) * OUTCOMES);
  return countResampler(counts, random, strata);
}

function countResampler({ rows: observed }: CellCounts, random: Random, strata: Strata): Resampler {
  const width = strata === "cells" ? OUTCOMES : observed.length;
  return {
    observed,
    draw(counts) {
      for (let start = 0; start < observed.length; start += width) {
        let total = 0;
        for (let at = start; at < start + width; at++) total += observed[at]!;
        let left = total;
        for (let at = start; at < start + width; at++) {
          const seen = observed[at]!;
          const drawn = left === 0 ? 0 : random.binomial(left, seen / total);
          counts[at] = drawn;
          left -= drawn;
          total -= seen;
        }
      }
    },
    leaveOneOut(visit) {
      const counts = observed.slice();
      for (let at = 0; at < observed.length; at++) {
        if (observed[at] === 0) continue;
        counts[at]!--;
        visit(counts, observed[at]!);
        counts[at]!++;
      }
    },
  };
}

/** Draws rows by `index` (a number below n); exported for generators other than ours. */
export function rowResampler(
  table: BinaryTable,
  counts: CellCounts,
  index: (n: number) => number,
  strata: Strata,
): Resampler {
  const { cells } = counts;
  const place = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++)
    place[row] = cells.of[row]! * OUTCOMES + (1 - table.label[row]!) * 2 + (1 - table.prediction[row]!);
  const weightOf = (row: number) => (table.weights ? table.weights[row]! : 1);
  const { order, starts } =
    strata === "cells" ? byCell(cells) : { order: undefined, starts: [0, table.rows] };
  return {
    observed: counts.weights,
    draw(into) {
      into.fill(0);
      for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
        const start = starts[stratum]!;
        const size = starts[stratum + 1]! - start;
        for (let drawn = 0; drawn < size; drawn++) {
          const at = start + index(size);
          const row = order ? order[at]! : at;
          into[place[row]!]! += weightOf(row);
        }
      }
    },
    leaveOneOut(visit) {
      const alike = new Map<string, { row: number; rows: number }>();
      for (let row = 0; row < table.rows; row++) {
        const key = `${place[row]} ${weightOf(row)}`;
        const known = alike.get(key);
        if (known) known.rows++;
        else alike.set(key, { row, rows: 1 });
      }
      const without = counts.weights.slice();
      for (const { row, rows } of alike.values()) {
        const at = place[row]!;
        const before = without[at]!;
        without[at] = before - weightOf(row);
        visit(without, rows);
        without[at] = before;
      }
    },
  };
}

/** Rows in the order of their cells, and where each cell starts. */
function byCell(cells: Cells): { order: Int32Array; starts: number[] } {
  const sizes = new Int32Array(cells.size);
  for (const cell of cells.of) sizes[cell]!++;
  const starts = [0];
  for (const size of sizes) starts.push(starts.at(-1)! + size);
  const next = starts.slice();
  const order = new Int32Array(cells.of.length);
  for (const [row, cell] of cells.of.entries()) order[next[cell]!++] = row;
  return { order, starts };
}
