/**
 * What `fairwatt calibrate` finds out about one machine: what each meter shows when nothing runs, how power follows load,
 * and how well meters of the same thing agree. Pure.
 */

import type { MeterDescriptor, PowerCurve, PowerModel, Reading } from "./meters/meter.ts";
import { MACHINE, overlaps, partsOf } from "./meters/scopes.ts";
import { counterStep, isRejected, powerStep } from "./step.ts";

interface CalibrationSample {
  /** Monotonic seconds. */
  mono: number;
  readings: Readonly<Record<string, Reading>>;
  /** CPU seconds so far, of the machine or of the container. */
  busy?: number;
}

/** Samples of a time with one steady load, in order. */
export interface Phase {
  /** Threads that were kept busy. */
  threads: number;
  samples: readonly CalibrationSample[];
}

interface Fit {
  /** "cpu", or "machine" where only a meter of the whole machine was there. */
  part: "cpu" | "machine";
  /** What it was measured with: "RAPL package (powercap)". */
  instrument: string;
  /** Relative error of the curve: the instrument's, and how much power varied at one load. */
  error: number;
  cpus: number;
  curve: PowerCurve;
}

interface Comparison {
  /** Ids without what changes from one process to the next. */
  a: string;
  b: string;
  labels: readonly [string, string];
  /** Mean power by `a` divided by that of `b`, over all phases. */
  ratio: number;
  /** "same": both measure the same thing. "within": a is the sum of what lies in b, so it cannot be above 1. */
  kind: "same" | "within";
}

export interface Calibration {
  v: 1;
  /** ISO 8601. */
  at: string;
  /** Hash of what identifies the machine. */
  machine: string;
  seconds: number;
  idle: { id: string; label: string; watts: number }[];
  fits: Fit[];
  comparisons: Comparison[];
}

/** An id that is the same in every process: perf events carry the pid of who opened them. */
export function stableId(id: string): string {
  return id.replace(/@\d+$/, "");
}

/** Seconds of each phase that are left out: power and fans follow a load late. */
const SETTLE = 2;

interface Power {
  watts: number;
  /** Standard deviation of the steps, relative. */
  spread: number;
}

export function analyse(
  meters: readonly MeterDescriptor[],
  phases: readonly Phase[],
  cpus: number,
): Pick<Calibration, "idle" | "fits" | "comparisons"> {
  const power = phases.map(
    (phase) => new Map(meters.map((meter) => [meter.id, powerOf(meter, phase.samples)] as const)),
  );
  const idlePhase = idleLoad(phases, cpus) <= MOST_IDLE ? phases.findIndex(isIdle) : -1;
  const idle = meters.flatMap(({ id, label }) => {
    const found = power[idlePhase]?.get(id);
    return found ? [{ id: stableId(id), label, watts: round(found.watts) }] : [];
  });
  const fits = fitOf(meters, phases, power, cpus);
  return { idle, fits: fits ? [fits] : [], comparisons: compare(meters, power) };
}

const isIdle = ({ threads }: Phase) => threads === 0;

/** With more of the CPUs busy than this, a machine is not idle. */
export const MOST_IDLE = 0.1;

/** Part of the CPUs that other programs kept busy while the machine was to be idle, 0 to 1. */
export function idleLoad(phases: readonly Phase[], cpus: number): number {
  const idle = phases.find(isIdle);
  return idle ? loadOf(idle, cpus) : 1;
}

function settled(samples: readonly CalibrationSample[]): CalibrationSample[] {
  const start = samples[0]?.mono ?? 0;
  return samples.filter(({ mono }) => mono >= start + SETTLE);
}

function powerOf(meter: MeterDescriptor, samples: readonly CalibrationSample[]): Power | undefined {
  const steps: { joules: number; seconds: number }[] = [];
  let last: { mono: number; raw: number } | undefined;
  for (const { mono, readings } of settled(samples)) {
    const raw = readings[meter.id];
    if (raw === null || raw === undefined) {
      last = undefined;
      continue;
    }
    if (last && mono > last.mono) {
      const seconds = mono - last.mono;
      const step =
        meter.kind === "counter"
          ? counterStep(meter, last.raw, raw, seconds)
          : powerStep(meter, last.raw, raw, seconds, seconds);
      if (!isRejected(step)) steps.push({ joules: step.value, seconds });
    }
    last = { mono, raw };
  }
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  if (seconds === 0) return undefined;
  const watts = steps.reduce((sum, step) => sum + step.joules, 0) / seconds;
  const variance =
    steps.reduce((sum, step) => sum + (step.joules / step.seconds - watts) ** 2, 0) / steps.length;
  return { watts, spread: watts > 0 ? Math.sqrt(variance) / watts : 0 };
}

/** Part of `cpus` that was busy, 0 to 1. */
function loadOf({ threads, samples }: Phase, cpus: number): number {
  const [first, last] = [settled(samples)[0], samples.at(-1)];
  const busy =
    first?.busy === undefined || last?.busy === undefined || last.mono <= first.mono
      ? threads
      : (last.busy - first.busy) / (last.mono - first.mono);
  return Math.min(1, Math.max(0, busy / cpus));
}

function fitOf(
  meters: readonly MeterDescriptor[],
  phases: readonly Phase[],
  power: readonly ReadonlyMap<string, Power | undefined>[],
  cpus: number,
): Fit | undefined {
  const measured = meters.filter(({ kind, counted }) => kind !== "model" && counted);
  const isWhole = (meter: MeterDescriptor) => partsOf(meter).includes(MACHINE);
  const ofCpu = measured.filter((meter) => !isWhole(meter) && overlaps(meter, { component: "cpu" }));
  const used = ofCpu.length > 0 ? ofCpu : measured.filter(isWhole);
  if (used.length === 0) return undefined;
  const points = phases.flatMap((phase, i) => {
    const found = used.map(({ id }) => power[i]?.get(id));
    if (found.some((one) => one === undefined)) return [];
    const watts = found.reduce((sum, one) => sum + (one?.watts ?? 0), 0);
    const spread = Math.max(...found.map((one) => one?.spread ?? 0));
    return [{ load: loadOf(phase, cpus), watts, spread }];
  });
  if (points.length < 2) return undefined;
  const error =
    Math.max(...used.map((meter) => meter.error)) + Math.max(...points.map(({ spread }) => spread));
  return {
    part: ofCpu.length > 0 ? "cpu" : "machine",
    instrument: [...new Set(used.map(({ instrument }) => instrument))].join(", "),
    error: round(Math.min(0.9, error)),
    cpus,
    curve: rising(points),
  };
}

/** Points by load; power that falls while load rises was noise. */
function rising(points: readonly { load: number; watts: number }[]): PowerCurve {
  let most = 0;
  return [...points]
    .sort((a, b) => a.load - b.load)
    .map(({ load, watts }) => {
      most = Math.max(most, watts);
      return [round(load), round(most)] as const;
    });
}

function compare(
  meters: readonly MeterDescriptor[],
  power: readonly ReadonlyMap<string, Power | undefined>[],
): Comparison[] {
  const mean = (ids: readonly string[]) => {
    const phases = power.flatMap((phase) => {
      const found = ids.map((id) => phase.get(id)?.watts);
      return found.includes(undefined) ? [] : [found.reduce<number>((sum, watts) => sum + (watts ?? 0), 0)];
    });
    return phases.length === power.length
      ? phases.reduce((sum, watts) => sum + watts, 0) / phases.length
      : undefined;
  };
  const comparisons: Comparison[] = [];
  const add = (kind: Comparison["kind"], a: MeterDescriptor[], b: MeterDescriptor) => {
    const [ofA, ofB] = [mean(a.map(({ id }) => id)), mean([b.id])];
    if (!a[0] || ofA === undefined || !ofB) return;
    comparisons.push({
      a: a.map(({ id }) => stableId(id)).join("+"),
      b: stableId(b.id),
      labels: [a.map(nameOf).join(" + "), nameOf(b)],
      ratio: round(ofA / ofB),
      kind,
    });
  };
  for (const meter of meters) {
    const check = meters.find(({ id }) => id === meter.crossCheck);
    if (check) add("same", [meter], check);
  }
  const parts = meters.filter(
    (meter) => meter.counted && meter.kind !== "model" && !partsOf(meter).includes(MACHINE),
  );
  for (const whole of meters.filter((meter) => meter.kind !== "model" && partsOf(meter).includes(MACHINE))) {
    add("within", parts, whole);
  }
  return comparisons;
}

const nameOf = ({ label, instrument }: MeterDescriptor) => `${label} by ${instrument}`;

const round = (value: number) => Math.round(value * 10_000) / 10_000;

/** How far two meters of a comparison contradict each other, relative; 0 where they do not. */
export function contradiction({ kind, ratio }: Comparison): number {
  return kind === "same" ? Math.abs(ratio - 1) : Math.max(0, ratio - 1);
}

/** A load model from a fit, with the fit's error as its band. */
export function modelOf(fit: Fit): PowerModel {
  const times = (factor: number): PowerCurve =>
    fit.curve.map(([load, watts]) => [load, round(watts * factor)]);
  return {
    kind: "cpu-load",
    cpus: fit.cpus,
    low: times(1 - fit.error),
    mid: fit.curve,
    high: times(1 + fit.error),
  };
}

/** A meter with what was measured here: its idle power, and a wider error where another meter contradicted it. */
export function calibrated(meter: MeterDescriptor, calibration: Calibration): MeterDescriptor {
  if (meter.kind === "model") return meter;
  const id = stableId(meter.id);
  const idle = calibration.idle.find((entry) => entry.id === id);
  const day = calibration.at.slice(0, 10);
  const against = calibration.comparisons
    .filter(({ a, b }) => b === id || a.split("+").includes(id))
    .map((comparison) => ({ difference: contradiction(comparison), comparison }))
    .sort((x, y) => y.difference - x.difference)[0];
  const isWider = against !== undefined && against.difference > meter.error;
  return {
    ...meter,
    ...(idle ? { idle: { watts: idle.watts, at: day } } : {}),
    ...(isWider
      ? {
          error: Math.min(0.95, against.difference),
          errorSource: `${meter.errorSource}; measured here on ${day}: ${against.comparison.labels.join(" and ")} differed by ${Math.round(100 * against.difference)} %`,
        }
      : {}),
  };
}
