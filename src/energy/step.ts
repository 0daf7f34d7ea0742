/** From two readings of a meter to the energy between them, or to the reason why they cannot be trusted. */

import type { MeterDescriptor, PowerCurve, PowerModel } from "./meters/meter.ts";

/** Energy of one step: joules, with the interval that the instrument's error allows. */
export interface Step {
  value: number;
  low: number;
  high: number;
  /** Set when the counter may have wrapped more often than once: the value is the least it can be. */
  uncertain?: string;
}

export interface RejectedStep {
  reason: string;
}

/** Counters are refreshed late (RAPL 1 ms, NVML up to 100 ms), so a step may hold this much more time than it lasted. */
const COUNTER_LAG = 0.2;

/**
 * Energy between two readings of a counter, `dt` seconds apart.
 * Rising and plausible: taken. Falling: one wrap if the wrapped step is plausible, else the counter was restarted and the
 * step is rejected. A step so long that the counter could have wrapped unseen keeps its least value and a wide interval.
 */
export function counterStep(
  meter: MeterDescriptor,
  last: number,
  now: number,
  dt: number,
): Step | RejectedStep {
  const ceiling = (meter.maxPower * (dt + COUNTER_LAG)) / meter.unit;
  let delta = now - last;
  let wrapped = false;
  if (delta < 0) {
    if (meter.wrapsAt === undefined) return { reason: "the counter went back and was taken as restarted" };
    delta += meter.wrapsAt;
    wrapped = true;
  }
  if (delta < 0 || delta > ceiling) {
    return {
      reason: wrapped
        ? "the counter was restarted"
        : `the counter rose by more than ${Math.round(meter.maxPower)} W could`,
    };
  }
  const joules = delta * meter.unit;
  const step: Step = {
    value: joules,
    low: joules * (1 - meter.error),
    high: joules * (1 + meter.error),
  };
  if (meter.wrapsAt !== undefined) {
    const unseenWraps = Math.floor((ceiling - delta) / meter.wrapsAt);
    if (unseenWraps > 0) {
      step.high += unseenWraps * meter.wrapsAt * meter.unit;
      step.uncertain = `not read for ${Math.round(dt)} s, in which the counter may have wrapped unseen; the least is shown`;
    }
  }
  return step;
}

/** Energy between two power readings by the trapezoid. `longest`: seconds over which power must not be interpolated. */
export function powerStep(
  meter: MeterDescriptor,
  last: number,
  now: number,
  dt: number,
  longest: number,
): Step | RejectedStep {
  if (dt > longest) return { reason: `no power reading for ${Math.round(dt)} s` };
  const watts = ((last + now) / 2) * meter.unit;
  if (now < 0 || now * meter.unit > meter.maxPower) {
    return { reason: `a reading above ${Math.round(meter.maxPower)} W` };
  }
  const joules = watts * dt;
  return { value: joules, low: joules * (1 - meter.error), high: joules * (1 + meter.error) };
}

/** Energy by a load model. `busySeconds`: CPU seconds used in the step, undefined when unknown. */
export function modelStep(
  model: PowerModel,
  dt: number,
  busySeconds: number | undefined,
): Step | RejectedStep {
  let load = 0;
  if (model.kind === "cpu-load") {
    if (busySeconds === undefined || busySeconds < 0) return { reason: "the CPU load was not known" };
    load = Math.min(1, busySeconds / (dt * model.cpus));
  }
  return {
    value: wattsAt(model.mid, load) * dt,
    low: wattsAt(model.low, load) * dt,
    high: wattsAt(model.high, load) * dt,
  };
}

/** Watts of a curve at a load: straight lines between its points, flat outside them. */
export function wattsAt(curve: PowerCurve, load: number): number {
  const first = curve[0];
  if (!first) return 0;
  if (load <= first[0]) return first[1];
  for (let i = 1; i < curve.length; i++) {
    const [x1, y1] = curve[i]!;
    if (load > x1) continue;
    const [x0, y0] = curve[i - 1]!;
    return x1 === x0 ? y1 : y0 + ((y1 - y0) * (load - x0)) / (x1 - x0);
  }
  return curve.at(-1)![1];
}

export function isRejected(step: Step | RejectedStep): step is RejectedStep {
  return "reason" in step;
}
