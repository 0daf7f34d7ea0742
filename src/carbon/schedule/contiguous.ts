/** The best moment to start a run that is not interrupted. Exact, by the breakpoints of a piecewise linear function. Pure. */

import type { Slot } from "../intensity/series.ts";
import { type Bound, Cost } from "./cost.ts";

/** What a run draws for a while; watts only count against each other. */
export interface ProfilePiece {
  ms: number;
  watts: number;
}

export const durationOf = (profile: readonly ProfilePiece[]): number =>
  profile.reduce((sum, { ms }) => sum + ms, 0);

/** Two means nearer than this, as a part of them, are the same: sums of floats differ in the last digits. */
const SAME = 1e-12;

/**
 * Mean intensity of a run that starts at `start`, weighted by its power, g/kWh; undefined where the slots leave a gap.
 */
export function meanIntensity(
  cost: Cost,
  profile: readonly ProfilePiece[],
  start: number,
  bound: Bound = "gramsPerKwh",
): number | undefined {
  let carbon = 0;
  let energy = 0;
  let at = start;
  for (const { ms, watts } of profile) {
    const integral = cost.integral(at, at + ms, bound);
    if (integral === undefined) return undefined;
    carbon += watts * integral;
    energy += watts * ms;
    at += ms;
  }
  return energy > 0 ? carbon / energy : cost.mean(start, at, bound);
}

export interface BestStart {
  /** Unix ms. */
  start: number;
  end: number;
  /** g/kWh, weighted by the power. */
  mean: number;
}

/**
 * The start in [earliest, latestEnd - duration] with the lowest mean; the earliest of equals. The mean is piecewise linear
 * in the start with a breakpoint wherever an edge of the profile lies on an edge of a slot, so its minimum is at one of
 * those or at an end of the range. Undefined where no start is possible or covered by the slots.
 */
export function bestStart(
  slots: readonly Slot[],
  profile: readonly ProfilePiece[],
  earliest: number,
  latestEnd: number,
): BestStart | undefined {
  const duration = durationOf(profile);
  const latest = latestEnd - duration;
  if (!(duration > 0) || latest < earliest) return undefined;
  const offsets = [0];
  for (const { ms } of profile) offsets.push(offsets.at(-1)! + ms);
  const starts = new Set([earliest, latest]);
  for (const { from, to } of slots) {
    for (const edge of [from, to]) {
      for (const offset of offsets) {
        const start = edge - offset;
        if (start > earliest && start < latest) starts.add(start);
      }
    }
  }
  const cost = new Cost(slots);
  let best: BestStart | undefined;
  for (const start of [...starts].sort((a, b) => a - b)) {
    const mean = meanIntensity(cost, profile, start);
    if (mean === undefined) continue;
    if (!best || mean < best.mean * (1 - SAME)) best = { start, end: start + duration, mean };
  }
  return best;
}
