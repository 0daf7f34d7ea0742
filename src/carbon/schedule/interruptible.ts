/** The cheapest hours for a run that can be stopped and resumed. Pure. */

import { clipSlots, type Slot } from "../intensity/series.ts";
import { Cost } from "./cost.ts";

/** When it runs, in time order. Unix ms. */
export interface Part {
  from: number;
  to: number;
}

export interface BestParts {
  parts: Part[];
  /** Mean intensity over all of the running, with the time that resuming takes, g/kWh. */
  mean: number;
  /** Running time with what resuming takes, ms. */
  running: number;
}

/**
 * Without cost of resuming: the slots in the order of their intensity, of equals the earlier, until the work is done; the last
 * of them in part, beside a neighbour that runs where there is one.
 */
export function cheapestSlots(
  slots: readonly Slot[],
  duration: number,
  earliest: number,
  latestEnd: number,
): BestParts | undefined {
  const usable = clipSlots(slots, earliest, latestEnd);
  const order = usable
    .map((slot, index) => ({ slot, index }))
    .sort((a, b) => a.slot.gramsPerKwh - b.slot.gramsPerKwh || a.slot.from - b.slot.from);
  const taken = new Map<number, number>();
  let left = duration;
  let carbon = 0;
  for (const { slot, index } of order) {
    if (left <= 0) break;
    const ms = Math.min(left, slot.to - slot.from);
    taken.set(index, ms);
    carbon += ms * slot.gramsPerKwh;
    left -= ms;
  }
  if (left > 0 || !(duration > 0)) return undefined;
  const parts: Part[] = [];
  for (const [index, ms] of [...taken].sort(([a], [b]) => a - b)) {
    const { from, to } = usable[index]!;
    const late = taken.has(index + 1) && !taken.has(index - 1);
    addPart(parts, late ? { from: to - ms, to } : { from, to: from + ms });
  }
  return { parts, mean: carbon / duration, running: duration };
}

/** Joins it with the part before where they touch. */
function addPart(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (last && last.to === part.from) last.to = part.to;
  else parts.push({ ...part });
}

/** States that the dynamic programme may have; a choice in each takes a byte. */
const MOST_CELLS = 10_000_000;
const MINUTE = 60_000;

const BEFORE = 0;
const RUNNING = 1;
const PAUSED = 2;
const WAIT = 0;
const GO = 1;

/**
 * With a cost of resuming: each part after the first begins with `overhead` ms of running that do no work. Dynamic programming
 * over steps of time, with the work that is left and whether it runs as the state. The step is a minute, or as much more as a
 * long time needs; duration and overhead are rounded up to whole steps.
 */
export function cheapestParts(
  slots: readonly Slot[],
  duration: number,
  overhead: number,
  earliest: number,
  latestEnd: number,
): BestParts | undefined {
  if (overhead <= 0) return cheapestSlots(slots, duration, earliest, latestEnd);
  const span = latestEnd - earliest;
  let step = MINUTE;
  while (Math.floor(span / step) * Math.ceil(duration / step) * 3 > MOST_CELLS) step += MINUTE;
  const steps = Math.floor(span / step);
  const work = Math.ceil(duration / step);
  const resume = Math.ceil(overhead / step);
  if (work > steps || work === 0) return undefined;
  const cost = new Cost(slots);
  const at = (index: number) => earliest + index * step;
  const prices = Array.from({ length: steps }, (_, i) => cost.mean(at(i), at(i + 1)) ?? Infinity);
  const choices = solve(prices, work, resume);
  if (!choices) return undefined;
  const parts: Part[] = [];
  let carbon = 0;
  let running = 0;
  const run = (from: number, to: number) => {
    addPart(parts, { from: at(from), to: at(to) });
    for (let i = from; i < to; i++) carbon += prices[i]!;
    running += to - from;
  };
  let mode = BEFORE;
  for (let t = 0, left = work; left > 0; ) {
    if (choices[(t * (work + 1) + left) * 3 + mode] === WAIT) {
      mode = mode === BEFORE ? BEFORE : PAUSED;
      t++;
      continue;
    }
    const before = mode === PAUSED ? resume : 0;
    run(t, t + before + 1);
    t += before + 1;
    left--;
    mode = RUNNING;
  }
  return { parts, mean: carbon / running, running: running * step };
}

/** The choice in each state (step, work left, mode); undefined where the work cannot be done. */
function solve(prices: readonly number[], work: number, resume: number): Uint8Array | undefined {
  const steps = prices.length;
  const width = work + 1;
  const choices = new Uint8Array(steps * width * 3);
  // Costs of the steps after this one, as far as a resume reaches.
  const layers = resume + 2;
  const costs = Array.from({ length: layers }, () => new Float64Array(width * 3).fill(Infinity));
  const layer = (t: number) => costs[t % layers]!;
  layer(steps).fill(0, 0, 3);
  for (let t = steps - 1; t >= 0; t--) {
    const here = layer(t);
    const next = layer(t + 1);
    let resumed = 0;
    for (let i = 0; i <= resume; i++) resumed += t + i < steps ? prices[t + i]! : Infinity;
    const after = t + resume + 1 <= steps ? layer(t + resume + 1) : undefined;
    here.fill(0, 0, 3);
    for (let left = 1; left <= work; left++) {
      const go = prices[t]! + next[(left - 1) * 3 + RUNNING]!;
      const again = after ? resumed + after[(left - 1) * 3 + RUNNING]! : Infinity;
      const paused = next[left * 3 + PAUSED]!;
      const options = [
        [next[left * 3 + BEFORE]!, go],
        [paused, go],
        [paused, again],
      ] as const;
      for (let mode = 0; mode < 3; mode++) {
        const [wait, start] = options[mode]!;
        // Of equals the earlier start, and no interruption that gains nothing.
        const goes = start <= wait * (1 + 1e-12);
        here[left * 3 + mode] = goes ? start : wait;
        choices[(t * width + left) * 3 + mode] = goes ? GO : WAIT;
      }
    }
  }
  return Number.isFinite(layer(0)[work * 3 + BEFORE]!) ? choices : undefined;
}
