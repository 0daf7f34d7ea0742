/** What `doctor` and the editor say of a machine's meters: each one with what it reads now, or why it is not used. Pure. */

import type { Method, Quantity } from "../quantity.ts";
import { notCovered } from "./fold.ts";
import type { Hardware } from "./journal.ts";
import type { MeterDescriptor, Reading, RejectedMeter } from "./meters/meter.ts";
import { counterStep, isRejected, modelStep, powerStep, type RejectedStep, type Step } from "./step.ts";

/** One look at the machine: raw readings at its two ends, and what happened between them. */
export interface Look {
  hardware: Hardware;
  /** Limits of the control group, where they are below what the machine has. */
  limits: { cpus?: number; memoryBytes?: number };
  /** Seconds between the two readings. */
  seconds: number;
  meters: { descriptor: MeterDescriptor; first: Reading; second: Reading }[];
  rejected: RejectedMeter[];
  /** When `fairwatt calibrate` last measured this machine, and where that is kept. */
  calibration?: { at: string; file: string };
  /** CPU seconds used in that time, of the machine and of the control group; absent where unknown. */
  busy?: number;
  slice?: number;
}

export interface DoctorMeter {
  descriptor: MeterDescriptor;
  /** Mean power of the whole device over the look; null when there is none, and then why. */
  power: Quantity<"W"> | null;
  problem?: string;
}

export interface DoctorReport {
  v: 1;
  /** One sentence on what a run on this machine would be based on. */
  verdict: string;
  /** True when at least one counted meter reads hardware. */
  measured: boolean;
  seconds: number;
  hardware: Hardware;
  limits: { cpus?: number; memoryBytes?: number };
  calibration?: { at: string; file: string };
  counted: DoctorMeter[];
  /** Recorded beside the sum and never added to it. */
  uncounted: DoctorMeter[];
  rejected: RejectedMeter[];
  notCovered: string[];
}

export function doctorReport(look: Look): DoctorReport {
  const meters = settleStandIns(look.meters.map((meter) => examine(meter, look)));
  const counted = meters.filter(({ descriptor }) => descriptor.counted);
  const rejected = look.rejected;
  return {
    v: 1,
    verdict: verdictOn(counted),
    measured: counted.some(isMeasured),
    seconds: look.seconds,
    hardware: look.hardware,
    limits: look.limits,
    calibration: look.calibration,
    counted,
    uncounted: meters.filter(({ descriptor }) => !descriptor.counted),
    rejected,
    notCovered: notCovered(
      counted.map(({ descriptor }) => ({ meter: descriptor })),
      rejected,
    ),
  };
}

/** A model that stands in for a meter counts only where that meter gives no reading. */
function settleStandIns(meters: readonly DoctorMeter[]): DoctorMeter[] {
  const read = new Map(
    meters.filter(({ power }) => power !== null).map(({ descriptor: { id, label } }) => [id, label]),
  );
  return meters.map((meter) => {
    const label = meter.descriptor.insteadOf?.map((id) => read.get(id)).find((found) => found);
    if (!label) return meter;
    const uncountedReason = `stands in while ${label} gives no reading`;
    return { ...meter, descriptor: { ...meter.descriptor, counted: false, uncountedReason } };
  });
}

function examine({ descriptor, first, second }: Look["meters"][number], look: Look): DoctorMeter {
  if (descriptor.kind !== "model" && (first === null || second === null)) {
    return { descriptor, power: null, problem: "it was found, and cannot be read now" };
  }
  const step = stepOf(descriptor, first ?? 0, second ?? 0, look);
  if (isRejected(step)) return { descriptor, power: null, problem: step.reason };
  if (descriptor.kind === "counter" && first === second) {
    return { descriptor, power: null, problem: "the counter did not move" };
  }
  const { seconds } = look;
  const power: Quantity<"W"> = {
    value: step.value / seconds,
    unit: "W",
    method: descriptor.method,
    instrument: descriptor.instrument,
    covers: [descriptor.label],
    low: step.low / seconds,
    high: step.high / seconds,
    basis: descriptor.basis ?? descriptor.errorSource,
  };
  return { descriptor, power };
}

function stepOf(meter: MeterDescriptor, first: number, second: number, look: Look): Step | RejectedStep {
  const { seconds } = look;
  if (meter.kind === "counter") return counterStep(meter, first, second, seconds);
  if (meter.kind === "power") return powerStep(meter, first, second, seconds, seconds);
  if (!meter.model) return { reason: "the model has no curve" };
  return modelStep(meter.model, seconds, look.slice ?? look.busy);
}

function isMeasured({ descriptor, problem }: DoctorMeter): boolean {
  return descriptor.method === "measured" && problem === undefined;
}

function verdictOn(counted: readonly DoctorMeter[]): string {
  const named = (title: string, meters: readonly DoctorMeter[]) =>
    meters.length === 0 ? [] : [`${title}: ${meters.map(({ descriptor }) => descriptor.label).join(", ")}.`];
  const measured = counted.filter(isMeasured);
  const broken = counted.filter(({ problem }) => problem !== undefined);
  const unmetered = counted.filter((meter) => !measured.includes(meter) && !broken.includes(meter));
  const by = (method: Method) => unmetered.filter(({ descriptor }) => descriptor.method === method);
  const start =
    measured.length > 0
      ? named("Measured", measured)
      : unmetered.length > 0
        ? ["Nothing is measured here: the figures are bands of a model, not measurements."]
        : ["Nothing can be measured or modelled here: a run has no energy figure."];
  return [
    ...start,
    ...named("Modelled", by("modelled")),
    ...named("Estimated", by("estimated")),
    ...named("Found, but not working now", broken),
  ].join(" ");
}
