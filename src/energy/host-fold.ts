/** One host's part of a run: its samples in order of time, whoever wrote them, and the energy between them. */

import type { SampleRecord, SamplerStart } from "./journal.ts";
import { MeterAccount, type Usage } from "./meter-account.ts";
import type { MeterDescriptor } from "./meters/meter.ts";
import { byTrust, overlaps } from "./meters/scopes.ts";
import type { Gap, MeterEnergy } from "./run.ts";

/** The run's energy by meter between two samples. Monotonic seconds. */
export interface Row {
  from: number;
  to: number;
  /** The wall clock at `to`, Unix seconds. */
  wall: number;
  joules: ReadonlyMap<string, number>;
}

/** Intervals after which a missing sample is a gap, and power is no longer interpolated. */
const LATE_INTERVALS = 5;
/** A wall clock that moves this much against the monotonic one was set, or the machine slept, s. */
const CLOCK_STEP = 2;

export class HostFold {
  readonly rows: Row[] = [];
  readonly gaps: Gap[] = [];
  coveredSeconds = 0;
  private readonly accounts = new Map<string, MeterAccount>();
  private readonly files = new Map<string, SamplerStart>();
  /** The samplers at work: the latest of each runner. Their overlapping meters do not add up. */
  private readonly active = new Map<number, SamplerStart>();
  private suspended: ReadonlySet<string> = new Set();
  /** Those that stand in come after those that they stand in for. */
  private ordered: [string, MeterAccount][] = [];
  /** Meters that others stand in for. */
  private readonly principals = new Set<string>();
  private readonly treeOfRunner = new Map<number, number>();
  private tree: number | undefined;
  private last: Usage | undefined;
  private lastWall: number | undefined;
  /** When samplers that ended as they should did so. */
  private readonly endedAt = new Map<string, number>();

  constructor(
    private readonly wholeMachine: boolean,
    private readonly interval: number,
  ) {}

  addSampler(start: SamplerStart, file: string): void {
    this.files.set(file, start);
    for (const meter of start.meters) {
      if (this.accounts.has(meter.id)) continue;
      this.accounts.set(meter.id, new MeterAccount(meter, this.wholeMachine, LATE_INTERVALS * this.interval));
      for (const id of meter.insteadOf ?? []) this.principals.add(id);
    }
    const waits = ([, { meter }]: [string, MeterAccount]) => Number(meter.insteadOf !== undefined);
    this.ordered = [...this.accounts].sort((a, b) => waits(a) - waits(b));
    this.active.set(start.runner, start);
    this.suspended = suspendedAmong([...this.active.values()]);
  }

  endSampler(file: string, mono: number): void {
    this.endedAt.set(file, mono);
    const ended = this.files.get(file);
    if (!ended || this.active.get(ended.runner) !== ended) return;
    this.active.delete(ended.runner);
    this.suspended = suspendedAmong([...this.active.values()]);
  }

  /** A sample at or before the latest one tells nothing new: counters are the host's, whoever reads them. */
  push(sample: SampleRecord, file: string): void {
    const previous = this.last;
    if (previous && sample.mono <= previous.mono) return;
    const usage = this.usage(sample, file);
    if (previous) this.noteTime(sample, previous.mono);
    const joules = new Map<string, number>();
    let covered = previous ? previous.mono : sample.mono;
    let rowFrom = previous?.mono ?? sample.mono;
    const listed = this.files.get(file)?.meters;
    const lists = (meter: string) => listed?.some(({ id }) => id === meter) ?? false;
    const standsAside = ({ id, insteadOf }: MeterDescriptor) =>
      this.suspended.has(id) || (insteadOf?.some((principal) => joules.has(principal)) ?? false);
    for (const [id, account] of this.ordered) {
      const { meter } = account;
      // What overlaps is decided where both are read, and by steps that both begin at the sample before.
      const isBound = this.principals.has(id) || meter.insteadOf !== undefined;
      if (isBound && ![id, ...(meter.insteadOf ?? [])].every(lists)) continue;
      const raw = meter.kind === "model" ? 0 : (sample.r[id] ?? null);
      if (standsAside(meter) || (raw === null && isBound)) {
        account.stepOver(raw, usage);
        continue;
      }
      const offered = account.offer(raw, usage, previous);
      if (!offered) continue;
      const reason = offered.rejected ?? offered.uncertain;
      if (reason) this.gaps.push({ from: offered.from, to: sample.mono, meter: account.meter.label, reason });
      if (offered.runJoules === undefined) continue;
      joules.set(id, offered.runJoules);
      if (account.meter.counted) covered = sample.mono;
      // A counter that was unreadable for a while gives the energy of the whole while at once.
      rowFrom = Math.min(rowFrom, Math.max(offered.from, this.rows.at(-1)?.to ?? offered.from));
    }
    if (joules.size > 0) this.rows.push({ from: rowFrom, to: sample.mono, wall: sample.t, joules });
    if (previous) this.coveredSeconds += covered - previous.mono;
    this.last = usage;
    this.lastWall = sample.t;
  }

  results(): MeterEnergy[] {
    return [...this.accounts.values()].map((account) => account.result());
  }

  /**
   * What is missing at the end, where no later reading shows it: meters that were not read any more, and the time after the
   * last sample of a sampler that never said it had ended. `end` of the run, where it has one.
   */
  openGaps(end: number | undefined): Gap[] {
    const { last } = this;
    if (!last) return [];
    const isLate = (from: number, to: number) => to - from > LATE_INTERVALS * this.interval;
    const gaps: Gap[] = [];
    for (const { meter, lastRead } of this.accounts.values()) {
      if (!meter.counted || meter.insteadOf || this.principals.has(meter.id) || lastRead === undefined)
        continue;
      const to = this.listedUntil(meter.id) ?? last.mono;
      if (isLate(lastRead, to))
        gaps.push({ from: lastRead, to, meter: meter.label, reason: "not read any more" });
    }
    const isOver = [...this.files.keys()].every((file) => this.endedAt.has(file));
    if (end !== undefined && !isOver && isLate(last.mono, end))
      gaps.push({
        from: last.mono,
        to: end,
        reason: `no sample for the last ${Math.round(end - last.mono)} s`,
      });
    return gaps;
  }

  /** When the samplers that read a meter had all ended; undefined where one did not say so. */
  private listedUntil(meter: string): number | undefined {
    let until = 0;
    for (const [file, { meters }] of this.files) {
      if (!meters.some(({ id }) => id === meter)) continue;
      const ended = this.endedAt.get(file);
      if (ended === undefined) return undefined;
      until = Math.max(until, ended);
    }
    return until;
  }

  private usage(sample: SampleRecord, file: string): Usage {
    const memory = sample.mem;
    return {
      mono: sample.mono,
      busy: sample.cpu?.busy,
      slice: sample.cpu?.slice,
      tree: this.treeSeconds(sample, file),
      memoryShare: part(memory?.tree, memory?.used),
      sliceMemoryShare: part(memory?.tree, memory?.slice),
      gpu: sample.gpu,
    };
  }

  /**
   * CPU seconds of all the run's processes on this host. Samplers of one runner continue each other's count; those of
   * different runners (ranks) add up.
   */
  private treeSeconds(sample: SampleRecord, file: string): number | undefined {
    const tree = sample.cpu?.tree;
    const runner = this.files.get(file)?.runner;
    if (tree === undefined || tree === null || runner === undefined) return undefined;
    const before = this.treeOfRunner.get(runner);
    this.treeOfRunner.set(runner, Math.max(tree, before ?? 0));
    // Before the first sample nothing is charged, so the first count of a runner is its origin.
    this.tree = (this.tree ?? 0) + (before === undefined ? 0 : Math.max(0, tree - before));
    return this.tree;
  }

  private noteTime(sample: SampleRecord, previousMono: number): void {
    const dt = sample.mono - previousMono;
    if (dt > LATE_INTERVALS * this.interval) {
      this.gaps.push({ from: previousMono, to: sample.mono, reason: `no sample for ${Math.round(dt)} s` });
    }
    if (this.lastWall === undefined) return;
    const drift = sample.t - this.lastWall - dt;
    if (Math.abs(drift) <= CLOCK_STEP) return;
    const seconds = Math.round(Math.abs(drift));
    const reason =
      drift > 0
        ? `the machine slept for ${seconds} s, or its clock was set forward`
        : `the clock was set back by ${seconds} s`;
    this.gaps.push({ from: sample.mono, to: sample.mono, reason });
  }
}

/**
 * Counted meters that must wait because another sampler at work counts a more trusted one of the same part. Within one
 * sampler the sum was settled when its meters were found.
 */
function suspendedAmong(samplers: readonly SamplerStart[]): Set<string> {
  const suspended = new Set<string>();
  if (samplers.length < 2) return suspended;
  const counted = samplers.map(({ meters }) => meters.filter((meter) => meter.counted));
  const together = (a: MeterDescriptor, b: MeterDescriptor) =>
    counted.some((meters) => [a, b].every(({ id }) => meters.some((meter) => meter.id === id)));
  const kept: MeterDescriptor[] = [];
  for (const meter of byTrust(counted.flat())) {
    if (suspended.has(meter.id) || kept.some(({ id }) => id === meter.id)) continue;
    if (kept.some((other) => overlaps(other, meter) && !together(other, meter))) suspended.add(meter.id);
    else kept.push(meter);
  }
  return suspended;
}

/** `tree` of `used` bytes, 0 to 1; undefined where either is unknown. Shared pages can make it come out above 1. */
function part(tree: number | null | undefined, used: number | undefined): number | undefined {
  if (tree === null || tree === undefined || !used) return undefined;
  return Math.min(1, tree / used);
}
