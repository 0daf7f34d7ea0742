/** Whether a slice does worse than other rows: Welch's t-test from sums, so that combinations cost one pass each. */

import { intervalZ, studentTwoSided } from "../statistics/distributions.ts";
import type { Interval } from "../statistics/interval.ts";

export interface SliceStatistics {
  rows: number;
  /** Mean loss in the slice and in the rest of the table. */
  loss: number;
  restLoss: number;
  /** Of loss minus restLoss, Welch with the normal quantile. */
  interval: Interval;
  /** Difference of the means over the pooled standard deviation: 0.2 small, 0.5 medium, 0.8 large (Cohen 1988). */
  effect: number;
  /** Welch's t-test against the rest, two-sided; for combinations the largest of it and those against each part's other rows. */
  p: number;
}

/** Of the losses about the mean of all rows. */
export interface Moments {
  rows: number;
  sum: number;
  squares: number;
}

/** Gives what a slice's rows (ascending) have against all other rows. `loss`: one per row, larger is worse. */
export function testerOf(
  loss: Float64Array,
): (rows: Uint32Array) => { moments: Moments; slice: SliceStatistics } {
  const n = loss.length;
  const mean = loss.reduce((sum, value) => sum + value, 0) / n;
  // About the mean, so that sums of squares do not cancel.
  const total = loss.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const z = intervalZ(0.95);
  return (rows) => {
    let sum = 0;
    let squares = 0;
    for (const row of rows) {
      const distance = loss[row]! - mean;
      sum += distance;
      squares += distance * distance;
    }
    const moments = { rows: rows.length, sum, squares };
    const { gap, error, pooled, p, a, b } = welch(moments, {
      rows: n - rows.length,
      sum: -sum,
      squares: total - squares,
    });
    return {
      moments,
      slice: {
        rows: rows.length,
        loss: mean + a,
        restLoss: mean + b,
        interval: {
          low: gap - z * error,
          high: gap + z * error,
          level: 0.95,
          method: "Welch, normal quantile",
        },
        effect: pooled > 0 ? gap / pooled : 0,
        p,
      },
    };
  };
}

/** Welch's test of a slice against the other rows of a slice that it lies in; 1 where there are too few of them. */
export function pOfPart(slice: Moments, part: Moments): number {
  const rest = {
    rows: part.rows - slice.rows,
    sum: part.sum - slice.sum,
    squares: part.squares - slice.squares,
  };
  if (rest.rows < 2) return 1;
  const { gap, p } = welch(slice, rest);
  return gap > 0 && !Number.isNaN(p) ? p : 1;
}

function welch(one: Moments, two: Moments) {
  const a = one.sum / one.rows;
  const b = two.sum / two.rows;
  const varianceA = Math.max(0, one.squares - one.rows * a * a) / (one.rows - 1);
  const varianceB = Math.max(0, two.squares - two.rows * b * b) / (two.rows - 1);
  const error = Math.sqrt(varianceA / one.rows + varianceB / two.rows);
  const pooled = Math.sqrt(
    (varianceA * (one.rows - 1) + varianceB * (two.rows - 1)) / (one.rows + two.rows - 2),
  );
  const degrees =
    error ** 4 /
    ((varianceA / one.rows) ** 2 / (one.rows - 1) + (varianceB / two.rows) ** 2 / (two.rows - 1));
  const gap = a - b;
  const p = error > 0 && Number.isFinite(degrees) ? studentTwoSided(gap / error, degrees) : Number.NaN;
  return { a, b, gap, error, pooled, p };
}
