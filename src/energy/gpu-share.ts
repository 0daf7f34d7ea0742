/** The run's part of a GPU, by what the driver tells of the processes on it. */

import type { GpuProcesses } from "./meters/meter.ts";

/**
 * 0 to 1; undefined where it cannot be told. `inContainer`: the driver may name processes by the host's numbers, among
 * which the run's own cannot be recognised.
 */
export function gpuShare(
  { weights, ownNumbers }: GpuProcesses,
  run: { has(pid: number): boolean },
  inContainer: boolean,
): number | undefined {
  // Nobody used it: what it used at rest is not the run's.
  if (weights.size === 0) return 0;
  let ours = 0;
  let all = 0;
  let known = false;
  for (const [pid, weight] of weights) {
    all += weight;
    if (!run.has(pid)) continue;
    ours += weight;
    known = true;
  }
  if (!known && inContainer && !ownNumbers) return undefined;
  if (all > 0) return ours / all;
  return known ? 1 / weights.size : 0;
}
