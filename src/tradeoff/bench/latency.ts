/** Quantiles of latencies. Pure. */

import { quantile } from "../../fairness/statistics/quantile.ts";

export interface LatencySummary {
  /** Seconds. */
  p50: number;
  p95: number;
  p99: number;
  count: number;
  method: string;
}

/** @param measured how a latency was taken, for the method; undefined where there are none */
export function latencySummary(seconds: readonly number[], measured: string): LatencySummary | undefined {
  if (seconds.length === 0) return undefined;
  const sorted = Float64Array.from(seconds).sort();
  const few = seconds.length < 1000 ? "; with fewer than 1,000 of them p99 rests on the slowest few" : "";
  return {
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    count: seconds.length,
    method: `${measured}; quantiles of all ${seconds.length} in the steady state, linear interpolation (type 7)${few}`,
  };
}
