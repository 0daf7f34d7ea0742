/** The run's energy at its marks: what lies between two of them is an epoch's. */

import type { Mark } from "./run.ts";

/** The run's energy in a stretch of time, seconds since its start. */
export interface Stretch {
  from: number;
  to: number;
  joules: number;
}

/**
 * Marks with the energy used up to them. Within a step the power is taken as even; a mark behind the last sample of
 * a host has no energy yet, until the run has ended.
 *
 * @param steps of each host, in order
 */
export function withEnergy(marks: Mark[], steps: readonly (readonly Stretch[])[], hasEnded = false): Mark[] {
  if (!marks.some(needsEnergy)) return marks;
  const hosts = steps.filter((each) => each.length > 0).map((each) => new Course(each));
  if (hosts.length === 0) return marks;
  return marks.map((mark) => {
    if (!needsEnergy(mark)) return mark;
    const parts = hosts.map((host) => host.until(mark.at) ?? (hasEnded ? host.total : undefined));
    if (parts.some((part) => part === undefined)) return mark;
    return { ...mark, energy: parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) };
  });
}

/** Of steps those that tell how many there will be: a forecast is made of them. */
const needsEnergy = ({ kind, total }: Mark) =>
  kind === "epoch" || kind === "phase" || kind === "cell" || (kind === "step" && total !== undefined);

/** One host's energy over time. */
class Course {
  /** Energy before each step, J. */
  private readonly before: number[] = [];
  /** J. */
  readonly total: number;

  constructor(private readonly steps: readonly Stretch[]) {
    let joules = 0;
    for (const step of steps) {
      this.before.push(joules);
      joules += step.joules;
    }
    this.total = joules;
  }

  /** Joules up to a time; undefined behind the last step. */
  until(at: number): number | undefined {
    const { steps } = this;
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle]!.to < at) low = middle + 1;
      else high = middle;
    }
    const step = steps[low];
    if (step === undefined) return undefined;
    const seconds = step.to - step.from;
    const part = seconds > 0 ? Math.min(1, Math.max(0, (at - step.from) / seconds)) : 1;
    return this.before[low]! + step.joules * part;
  }
}
