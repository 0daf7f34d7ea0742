/** When a run was paused, and what it used then. Pure. */

import { formatDuration, formatQuantity, type Quantity } from "../quantity.ts";
import type { PauseRecord } from "./journal.ts";
import { type Stretch, withEnergy } from "./mark-energy.ts";
import type { Mark, Pause } from "./run.ts";

/**
 * Pauses in seconds since the start; one that has no end goes to `duration`.
 *
 * @param start of the run on the monotonic clock
 * @param steps of each host, in order
 */
export function pausesOf(
  records: readonly PauseRecord[],
  start: number,
  duration: number,
  steps: readonly (readonly Stretch[])[],
): Pause[] {
  const pauses: Pause[] = [];
  let from: number | undefined;
  const end = (to: number) => {
    if (from === undefined) return;
    const edges: Mark[] = [from, to].map((at) => ({ at, kind: "phase" }));
    const [before, after] = withEnergy(edges, steps, true).map(({ energy }) => energy);
    pauses.push({ from, to, ...(before !== undefined && after !== undefined && { joules: after - before }) });
    from = undefined;
  };
  for (const { mono, paused } of records) {
    if (paused) from ??= mono - start;
    else end(mono - start);
  }
  end(duration);
  return pauses;
}

/** Seconds in all. */
export const pausedSeconds = (pauses: readonly Pause[] = []): number =>
  pauses.reduce((sum, { from, to }) => sum + to - from, 0);

/** "paused 2 times, for 3 h 10 min in all; 1.2 Wh of its energy is of that time" */
export function pauseNotices(pauses: readonly Pause[], energy: Quantity<"J">): string[] {
  if (pauses.length === 0) return [];
  const times = pauses.length === 1 ? "once, for" : `${pauses.length} times, for`;
  const said = `paused ${times} ${formatDuration(pausedSeconds(pauses))} in all`;
  const joules = pauses.reduce((sum, pause) => sum + (pause.joules ?? 0), 0);
  if (pauses.some((pause) => pause.joules === undefined) || energy.value <= 0) return [said];
  const ratio = joules / energy.value;
  const used = { ...energy, value: joules, low: energy.low * ratio, high: energy.high * ratio };
  return [`${said}; ${formatQuantity(used)} of its energy is of that time`];
}
