/** The running total of one meter: what the device used, and the run's part of it. */

import type { Quantity } from "../quantity.ts";
import type { MeterDescriptor } from "./meters/meter.ts";
import type { MeterEnergy } from "./run.ts";
import { counterStep, isRejected, modelStep, powerStep, type RejectedStep, type Step } from "./step.ts";

/** What a host's processes had used by one moment. CPU seconds are cumulative, `undefined` where unknown. */
export interface Usage {
  mono: number;
  busy?: number;
  slice?: number;
  tree?: number;
  /** The run's part of memory in use, 0 to 1: of the machine's, and of the container's. */
  memoryShare?: number;
  sliceMemoryShare?: number;
  /** The run's part of a GPU since the sample before, by meter id. */
  gpu?: Readonly<Record<string, number>>;
}

interface Total {
  value: number;
  low: number;
  high: number;
}

/** Result of offering a reading: the accepted step with the run's part of it, or why there is none. */
export interface Offered {
  dt: number;
  from: number;
  runJoules?: number;
  rejected?: string;
  uncertain?: string;
}

const WHOLE = 1;

export class MeterAccount {
  private readonly machine: Total = { value: 0, low: 0, high: 0 };
  private readonly run: Total = { value: 0, low: 0, high: 0 };
  private last: { raw: number; at: Usage } | undefined;
  /** Share x seconds of the samples since `last`, for shares that are known per sample only. */
  private shareSeconds = 0;
  private sharedSeconds = 0;
  private wholeBecause: string | undefined;
  /** CPU seconds of the run above all that was busy in the step that they were seen in: they belong to the next. */
  private late = 0;
  seconds = 0;
  power: number | null = null;

  constructor(
    readonly meter: MeterDescriptor,
    private readonly wholeMachine: boolean,
    private readonly longestPowerStep: number,
  ) {}

  /** Takes the meter's reading in one sample. Models have no reading: pass 0. */
  offer(raw: number | null, at: Usage, previous: Usage | undefined): Offered | undefined {
    this.noteShare(at, previous);
    if (raw === null) return undefined;
    const last = this.last;
    if (!last) {
      this.restart(raw, at);
      return undefined;
    }
    const dt = at.mono - last.at.mono;
    if (dt <= 0) return undefined;
    const step = this.step(last, raw, at, dt);
    const from = last.at.mono;
    if (isRejected(step)) {
      this.restart(raw, at);
      this.power = null;
      return { dt, from, rejected: step.reason };
    }
    const share = this.share(last.at, at);
    this.restart(raw, at);
    add(this.machine, step, 1);
    add(this.run, step, share);
    this.seconds += dt;
    const runJoules = step.value * share;
    this.power = runJoules / dt;
    return { dt, from, runJoules, uncertain: step.uncertain };
  }

  /** Begins anew at this reading and adds nothing: another meter counts, or there is nothing that may be bridged. */
  stepOver(raw: number | null, at: Usage): void {
    this.last = undefined;
    this.power = null;
    if (raw !== null) this.restart(raw, at);
  }

  private step(last: { raw: number; at: Usage }, raw: number, at: Usage, dt: number): Step | RejectedStep {
    const meter = this.meter;
    if (meter.kind === "counter") return counterStep(meter, last.raw, raw, dt);
    if (meter.kind === "power") return powerStep(meter, last.raw, raw, dt, this.longestPowerStep);
    if (!meter.model) return { reason: "the model has no curve" };
    const inContainer = at.slice !== undefined && last.at.slice !== undefined;
    const busy = inContainer ? difference(at.slice, last.at.slice) : difference(at.busy, last.at.busy);
    return modelStep(meter.model, dt, busy);
  }

  private restart(raw: number, at: Usage): void {
    this.last = { raw, at };
    this.shareSeconds = 0;
    this.sharedSeconds = 0;
  }

  private noteShare(at: Usage, previous: Usage | undefined): void {
    const dt = previous ? at.mono - previous.mono : 0;
    if (dt <= 0) return;
    const share =
      this.meter.attribution === "resident-memory"
        ? ((this.meter.kind === "model" ? at.sliceMemoryShare : undefined) ?? at.memoryShare)
        : this.meter.attribution === "gpu-process"
          ? at.gpu?.[this.meter.id]
          : undefined;
    if (share === undefined) return;
    this.shareSeconds += Math.min(1, Math.max(0, share)) * dt;
    this.sharedSeconds += dt;
  }

  /** The run's part of the device between two moments, 0 to 1. */
  private share(from: Usage, to: Usage): number {
    if (this.wholeMachine) return this.whole("attribution is set to the whole machine");
    switch (this.meter.attribution) {
      case "whole":
        return this.whole("the device cannot be divided");
      case "cpu-time": {
        const tree = difference(to.tree, from.tree);
        if (tree === undefined) return this.whole("the run's processes cannot be told apart here");
        const inSlice = this.meter.kind === "model" && to.slice !== undefined;
        const busy = inSlice ? difference(to.slice, from.slice) : difference(to.busy, from.busy);
        const used = Math.max(0, tree) + this.late;
        this.late = lateSeconds(used, busy, to.mono - from.mono);
        if (used === 0) return 0;
        // Both clocks tick in steps of about 10 ms, so the part can come out above the whole.
        return Math.min(1, used / Math.max(busy ?? 0, used));
      }
      case "resident-memory":
        if (this.sharedSeconds === 0) return this.whole("the run's memory cannot be told apart here");
        return this.shareSeconds / this.sharedSeconds;
      case "gpu-process":
        if (this.sharedSeconds === 0) return this.whole("the driver does not tell which process used it");
        return this.shareSeconds / this.sharedSeconds;
    }
  }

  /** What of the device's energy it would have used idle, by this machine's own baseline. */
  private idleWords(): string {
    const { idle } = this.meter;
    if (!idle) return "";
    const joules = Math.round(idle.watts * this.seconds);
    return `; idle it would have used ${joules} J (${idle.watts} W, measured here on ${idle.at})`;
  }

  private whole(because: string): number {
    this.wholeBecause = because;
    return WHOLE;
  }

  /** When it was last read, on the monotonic clock; undefined where it never was, or another meter counts instead. */
  get lastRead(): number | undefined {
    return this.last?.at.mono;
  }

  get machineJoules(): number {
    return this.machine.value;
  }

  result(): MeterEnergy {
    const { meter } = this;
    const share = this.wholeBecause ? `all of it: ${this.wholeBecause}` : SHARES[meter.attribution];
    const quantity = (total: Total, basis: string): Quantity<"J"> => ({
      ...total,
      unit: "J",
      method: meter.method,
      instrument: meter.instrument,
      covers: [meter.label],
      basis,
    });
    const source = meter.basis ?? `error ${Math.round(meter.error * 100)} %: ${meter.errorSource}`;
    return {
      meter,
      run: quantity(this.run, `${share}; ${source}`),
      machine: quantity(this.machine, `${source}${this.idleWords()}`),
      power: this.power,
      seconds: this.seconds,
      share,
    };
  }
}

const SHARES = {
  "cpu-time": "share of busy CPU time",
  "resident-memory": "share of memory in use",
  "gpu-process": "share of the device's use by process",
  whole: "all of it",
} as const;

/** CPU time is seen up to this much later than the machine's, s: a process that has just been found, or is looked at in turns. */
const LATEST = 1;

function lateSeconds(used: number, busy: number | undefined, dt: number): number {
  if (!busy || busy < 0) return 0;
  return Math.min(Math.max(0, used - busy), (busy / dt) * LATEST);
}

function add(total: Total, step: Step, share: number): void {
  total.value += step.value * share;
  total.low += step.low * share;
  total.high += step.high * share;
}

function difference(now: number | undefined, last: number | undefined): number | undefined {
  return now === undefined || last === undefined ? undefined : now - last;
}
