/** Bootstrap intervals of any statistics of a table's counts (Efron 1979; BCa: Efron 1987). */

import { normalCdf, normalQuantile } from "./distributions.ts";
import { DEFAULT_LEVEL, type Interval } from "./interval.ts";
import { quantile } from "./quantile.ts";
import type { Resampler } from "./resample.ts";

/** Values of several statistics of outcome counts (cells x 4); NaN where one is not estimable. */
export type Statistics = (counts: Float64Array) => ArrayLike<number>;

export interface BootstrapOptions {
  replicates: number;
  level?: number;
  method: "bca" | "percentile";
  /** For the text: "stratified by cell, seed 1". */
  note: string;
  signal?: AbortSignal;
}

export interface BootstrapResult {
  /** Of the table as it is. */
  value: number;
  /** null where too few replicates were estimable, or none differed. */
  interval: Interval | null;
  /** Why there is none, or why it is not the one asked for. */
  remark?: string;
  /** Replicates in which the statistic could be computed. */
  estimable: number;
}

/** With more replicates than this part not estimable, the rest would tell of another table. */
const MAX_NOT_ESTIMABLE = 0.05;

/** One result per statistic. Throws an AbortError when `signal` aborts. */
export function bootstrap(
  resampler: Resampler,
  statistics: Statistics,
  options: BootstrapOptions,
): BootstrapResult[] {
  const observed = Float64Array.from(statistics(resampler.observed));
  const counts = new Float64Array(resampler.observed.length);
  const replicates = Array.from(observed, () => new Float64Array(options.replicates));
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    if (replicate % 64 === 0) options.signal?.throwIfAborted();
    resampler.draw(counts);
    const values = statistics(counts);
    for (let at = 0; at < observed.length; at++) replicates[at]![replicate] = values[at]!;
  }
  const accelerations =
    options.method === "bca" ? accelerationsOf(resampler, statistics, observed.length) : [];
  return Array.from(observed, (value, at) => summarize(value, replicates[at]!, accelerations[at], options));
}

function summarize(
  value: number,
  replicates: Float64Array,
  acceleration: number | undefined,
  options: BootstrapOptions,
): BootstrapResult {
  const sorted = replicates.filter((each) => Number.isFinite(each)).sort();
  const estimable = sorted.length;
  if (!Number.isFinite(value)) return { value, interval: null, remark: "not estimable", estimable };
  if (estimable < replicates.length * (1 - MAX_NOT_ESTIMABLE)) {
    const remark = `not estimable in ${replicates.length - estimable} of ${replicates.length} replicates`;
    return { value, interval: null, remark, estimable };
  }
  if (sorted[0] === sorted[estimable - 1])
    return { value, interval: null, remark: "every replicate has the same value", estimable };
  const level = options.level ?? DEFAULT_LEVEL;
  const tail = (1 - level) / 2;
  const about = `${options.replicates.toLocaleString("en")} replicates, ${options.note}`;
  const limits = (low: number, high: number, method: string): Interval => ({
    low: quantile(sorted, low),
    high: quantile(sorted, high),
    level,
    method,
  });
  const percentile = () => limits(tail, 1 - tail, `percentile bootstrap, ${about}`);
  if (acceleration === undefined) return { value, interval: percentile(), estimable };
  const bias = normalQuantile(partBelow(sorted, value));
  const corrected = (p: number) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const low = corrected(tail);
  const high = corrected(1 - tail);
  const isDefined = Number.isFinite(bias) && Number.isFinite(acceleration) && low < high;
  const bca = isDefined ? limits(low, high, `BCa bootstrap, ${about}`) : undefined;
  if (bca && bca.low <= value && value <= bca.high) return { value, interval: bca, estimable };
  const remark =
    "BCa does not hold here (the value is at the edge of its replicates); percentile instead, widened to the value";
  const interval = percentile();
  // The largest gap of resampled tables is larger than that of the table, most of all where that has none.
  interval.low = Math.min(interval.low, value);
  interval.high = Math.max(interval.high, value);
  return { value, interval, remark, estimable };
}

/** Part of the replicates below the value; those equal to it count half. */
function partBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  let equal = 0;
  for (const each of sorted) {
    if (each < value) below++;
    else if (each === value) equal++;
    else break;
  }
  return (below + equal / 2) / sorted.length;
}

/** Acceleration of each statistic from the jackknife: sum d^3 / (6 (sum d^2)^1.5), d = mean minus the value without a row. */
function accelerationsOf(resampler: Resampler, statistics: Statistics, size: number): number[] {
  const values: Float64Array[] = [];
  const multiplicities: number[] = [];
  resampler.leaveOneOut((counts, rows) => {
    values.push(Float64Array.from(statistics(counts)));
    multiplicities.push(rows);
  });
  return Array.from({ length: size }, (_, at) => {
    let n = 0;
    let sum = 0;
    for (const [index, each] of values.entries()) {
      if (!Number.isFinite(each[at]!)) continue;
      n += multiplicities[index]!;
      sum += multiplicities[index]! * each[at]!;
    }
    const mean = sum / n;
    let squares = 0;
    let cubes = 0;
    for (const [index, each] of values.entries()) {
      const distance = mean - each[at]!;
      if (!Number.isFinite(distance)) continue;
      squares += multiplicities[index]! * distance ** 2;
      cubes += multiplicities[index]! * distance ** 3;
    }
    return squares === 0 ? Number.NaN : cubes / (6 * squares ** 1.5);
  });
}
