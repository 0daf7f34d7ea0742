/** Journals in, a run out. Pure: the same records always give the same run. */

import { formatDuration, type Quantity, sumQuantities } from "../quantity.ts";
import { HostFold, type Row } from "./host-fold.ts";
import type {
  EndRecord,
  GapRecord,
  GitState,
  Hardware,
  JournalRecord,
  MarkRecord,
  PauseRecord,
  RunnerStart,
  SamplerStart,
} from "./journal.ts";
import { type Stretch, withEnergy } from "./mark-energy.ts";
import type { Component, RejectedMeter } from "./meters/meter.ts";
import { MACHINE, overlaps, partsOf } from "./meters/scopes.ts";
import { pauseNotices, pausesOf } from "./pauses.ts";
import type { Gap, Mark, MeterEnergy, PowerSeries, RunState, RunSummary } from "./run.ts";
import { decimate, meanPower } from "./series.ts";

/** What the fold cannot know from the records: whether the runner's process (or a sampler of it) is still there. */
export interface Observation {
  /** Ignored once the runner has written its end. */
  alive: boolean;
}

const SPARKLINE_POINTS = 48;
/** Seconds after which an energy counter must agree with the power of the same device, and by how much. */
const CROSS_CHECK_AFTER = 30;
const CROSS_CHECK_TOLERANCE = 0.2;

export class RunFold {
  private runner: RunnerStart | undefined;
  private samplers: SamplerStart[] = [];
  private readonly samplerOfFile = new Map<string, SamplerStart>();
  private runnerEnd: EndRecord | undefined;
  private samplerEnd: EndRecord | undefined;
  private gitState: GitState | undefined;
  private author: string | undefined;
  private command: { pid: number; pidStart?: number } | undefined;
  private readonly hosts = new Map<string, HostFold>();
  private readonly gapRecords: GapRecord[] = [];
  private readonly pauseRecords: PauseRecord[] = [];
  private readonly markRecords: MarkRecord[] = [];
  private readonly skipped = new Map<string, number>();
  private lastMono = 0;
  private lastWall = 0;

  /** Takes the next record of one journal file. Files may come interleaved; within a file, in order. */
  push(record: JournalRecord, file: string): void {
    if (record.type !== "mark") {
      this.lastMono = Math.max(this.lastMono, record.mono);
      this.lastWall = Math.max(this.lastWall, record.t);
    }
    switch (record.type) {
      case "start":
        if (record.role === "runner") this.runner ??= record;
        else {
          this.samplers.push(record);
          this.samplerOfFile.set(file, record);
          this.hostOf(record).addSampler(record, file);
        }
        return;
      case "sample": {
        const sampler = this.samplerOfFile.get(file);
        if (sampler) this.hostOf(sampler).push(record, file);
        return;
      }
      case "spawned":
        this.command = record;
        return;
      case "git":
        this.gitState = record.git;
        this.author = record.author;
        return;
      case "gap":
        this.gapRecords.push(record);
        return;
      case "pause":
        this.pauseRecords.push(record);
        return;
      case "mark":
        this.markRecords.push(record);
        return;
      case "end":
        if (record.role === "runner") this.runnerEnd = record;
        else {
          this.samplerEnd = record;
          const sampler = this.samplerOfFile.get(file);
          if (sampler) this.hostOf(sampler).endSampler(file, record.mono);
        }
    }
  }

  /** Counts lines of a journal that could not be read. */
  skipLines(count: number, file: string): void {
    this.skipped.set(file, (this.skipped.get(file) ?? 0) + count);
  }

  /** True once the runner's start record is in: before that there is nothing to show. */
  get started(): boolean {
    return this.runner !== undefined;
  }

  /** Records that identify the processes to look for: the runner, and the samplers that may outlive it. */
  get processes(): { host: string; boot: string; pid: number; pidStart?: number }[] {
    return [...(this.runner ? [this.runner] : []), ...this.samplers];
  }

  /** Unix seconds of the latest record of a runner or sampler. */
  get lastHeardAt(): number {
    return this.lastWall;
  }

  get ended(): boolean {
    return this.runnerEnd !== undefined;
  }

  summary(observation: Observation): RunSummary {
    const runner = this.runner;
    if (!runner) throw new Error("the journal has no start record");
    const start = runner.mono;
    const duration = Math.max(0, (this.runnerEnd?.mono ?? this.lastMono) - start);
    const { counted, uncounted, notices } = this.meterEnergies();
    const energy = sumQuantities(
      "J",
      counted.map((meter) => meter.run),
    );
    const rejected = this.rejected();
    const steps = this.hostSteps(counted, start);
    const pauses = pausesOf(this.pauseRecords, start, duration, steps);
    return {
      v: 1,
      id: runner.run,
      name: runner.name,
      argv: runner.argv,
      cwd: runner.cwd,
      folder: runner.folder,
      host: runner.host,
      ...this.outcome(observation),
      startedAt: Math.round(runner.t * 1000),
      endedAt: this.endedAt(observation, runner, duration),
      duration,
      git: this.gitState,
      author: this.author,
      hardware: this.hardware(),
      interval: runner.interval,
      ...(runner.attached && { attached: { age: runner.attached.age, by: runner.attached.by } }),
      pid: runner.pid,
      pidStart: runner.pidStart,
      commandPid: this.command?.pid,
      commandPidStart: this.command?.pidStart,
      energy,
      machineEnergy: sumQuantities(
        "J",
        counted.map((meter) => meter.machine),
      ),
      power: powerNow(counted),
      meters: counted,
      uncounted,
      rejected,
      notCovered: notCovered(
        counted.filter(({ meter, seconds }) => !meter.insteadOf || seconds > 0),
        rejected,
      ),
      coverage: duration > 0 ? Math.min(1, this.coveredSeconds() / duration) : 0,
      gaps: this.gaps(start),
      ...(pauses.length > 0 && { pauses }),
      marks: withEnergy(this.marks(runner, duration), steps, this.ended || !observation.alive),
      grid: runner.grid,
      pue: runner.pue,
      notices: [
        ...attachedNotices(runner),
        ...launchNotices(runner),
        ...(this.runnerEnd && this.samplerEnd?.reason ? [this.samplerEnd.reason] : []),
        ...notices,
        ...pauseNotices(pauses, energy),
        ...this.skippedNotices(),
      ],
      sparkline: meanPower(steps.flat(), duration, SPARKLINE_POINTS),
    };
  }

  /**
   * The run's energy by the wall clock, Unix milliseconds and joules: where a machine sleeps in between, what it used afterwards
   * lies in the hours after it woke.
   */
  energyByClock(): { from: number; to: number; joules: number }[] {
    const ids = this.meterEnergies().counted.map(({ meter }) => meter.id);
    const stretches = [...this.hosts.values()].flatMap((host) =>
      host.rows.map((row) => ({
        from: (row.wall - (row.to - row.from)) * 1000,
        to: row.wall * 1000,
        joules: joulesOf(row, ids),
      })),
    );
    return stretches.filter(({ from, to, joules }) => to > from && joules > 0).sort((a, b) => a.to - b.to);
  }

  /** Points from `fromPoint` on; at most `maxPoints` of them, decimated so that peaks stay. */
  series(options: { fromPoint?: number; maxPoints?: number } = {}): PowerSeries {
    const start = this.runner?.mono ?? 0;
    const { counted } = this.meterEnergies();
    const rows = [...this.hosts.values()].flatMap((host) => host.rows).sort((a, b) => a.to - b.to);
    const series: PowerSeries = {
      t: [],
      energy: [],
      watts: counted.map(({ meter }) => ({
        id: meter.id,
        label: meter.label,
        component: meter.component,
        method: meter.method,
        values: [],
      })),
    };
    let energy = 0;
    rows.forEach((row, index) => {
      const seconds = row.to - row.from;
      for (const line of series.watts) energy += row.joules.get(line.id) ?? 0;
      if (index < (options.fromPoint ?? 0)) return;
      series.t.push(row.to - start);
      series.energy.push(energy);
      for (const line of series.watts) {
        const joules = row.joules.get(line.id);
        line.values.push(joules === undefined || seconds <= 0 ? Number.NaN : joules / seconds);
      }
    });
    return options.maxPoints === undefined ? series : decimate(series, options.maxPoints);
  }

  private hostOf(sampler: SamplerStart): HostFold {
    const key = `${sampler.host}/${sampler.boot}`;
    let host = this.hosts.get(key);
    if (!host) {
      host = new HostFold(this.runner?.attribution === "machine", sampler.interval);
      this.hosts.set(key, host);
    }
    return host;
  }

  private outcome({ alive }: Observation): Pick<RunSummary, "state" | "stateReason" | "exitCode" | "signal"> {
    const end = this.runnerEnd;
    if (end) {
      const exitCode = end.exitCode ?? null;
      const signal = end.signal ?? null;
      // How a process that was attached to ended, only its own parent knows.
      const ended = exitCode === 0 || (this.runner?.attached && exitCode === null && signal === null);
      const state: RunState = end.stopped ? "stopped" : ended ? "finished" : "failed";
      return { state, stateReason: end.reason, exitCode, signal };
    }
    if (alive) return { state: "running", exitCode: null, signal: null };
    return {
      state: "interrupted",
      stateReason:
        this.samplerEnd?.reason ??
        "its runner ended without writing an end; the energy up to its last sample is kept",
      exitCode: null,
      signal: null,
    };
  }

  private endedAt({ alive }: Observation, runner: RunnerStart, duration: number): number | null {
    if (!this.runnerEnd && alive) return null;
    // The monotonic clock stands still while a machine sleeps, and the wall clock may have been set back.
    return Math.round(Math.max(runner.t + duration, this.runnerEnd?.t ?? this.lastWall) * 1000);
  }

  private hardware(): Hardware | undefined {
    return this.samplers[0]?.hardware;
  }

  private rejected(): RejectedMeter[] {
    const byId = new Map(
      this.samplers.flatMap((sampler) => sampler.rejected.map((meter) => [meter.id, meter] as const)),
    );
    return [...byId.values()];
  }

  /** Counted and uncounted meters; an energy counter that stands still while its device draws power gives way to it. */
  private meterEnergies(): { counted: MeterEnergy[]; uncounted: MeterEnergy[]; notices: string[] } {
    const all = [...this.hosts.values()].flatMap((host) => host.results());
    const notices: string[] = [];
    const counted: MeterEnergy[] = [];
    const uncounted: MeterEnergy[] = [];
    const sibling = new Map(all.map((entry) => [entry.meter.id, entry]));
    const replaced = new Set<string>();
    for (const entry of all) {
      const check = entry.meter.crossCheck ? sibling.get(entry.meter.crossCheck) : undefined;
      if (!check || entry.seconds < CROSS_CHECK_AFTER || check.seconds < CROSS_CHECK_AFTER) continue;
      const [byCounter, byPower] = [entry.machine.value / entry.seconds, check.machine.value / check.seconds];
      if (byCounter === 0 && byPower > 0) {
        replaced.add(entry.meter.id);
        notices.push(
          `${entry.meter.label}: the energy counter stands still, its power is integrated instead`,
        );
      } else if (Math.abs(byCounter - byPower) > CROSS_CHECK_TOLERANCE * Math.max(byCounter, byPower)) {
        notices.push(
          `${entry.meter.label}: the energy counter says ${byCounter.toFixed(1)} W on average, the power reading ${byPower.toFixed(1)} W`,
        );
      }
    }
    const replacements = new Set(
      all.filter((entry) => replaced.has(entry.meter.id)).map((entry) => entry.meter.crossCheck),
    );
    for (const entry of all) {
      const counts = replaced.has(entry.meter.id)
        ? false
        : entry.meter.counted || replacements.has(entry.meter.id);
      (counts ? counted : uncounted).push(entry);
    }
    return { counted, uncounted, notices };
  }

  private coveredSeconds(): number {
    const longest = [...this.hosts.values()].map((host) => host.coveredSeconds);
    return longest.length === 0 ? 0 : Math.max(...longest);
  }

  private gaps(start: number): Gap[] {
    const written = this.gapRecords.map((gap) => ({
      from: gap.from - start,
      to: gap.to - start,
      reason: gap.reason,
    }));
    const found = [...this.hosts.values()].flatMap((host) =>
      [...host.gaps, ...host.openGaps(this.runnerEnd?.mono)].map((gap) => ({
        ...gap,
        from: gap.from - start,
        to: gap.to - start,
      })),
    );
    return [...written, ...found].sort((a, b) => a.from - b.from);
  }

  /** Marks come from other programs: their monotonic clock is believed only where it agrees with the run's. */
  private marks(runner: RunnerStart, duration: number): Mark[] {
    return this.markRecords
      .map(({ mono, t, type: _, ...mark }) => {
        const byMono = mono - runner.mono;
        const at = byMono >= 0 && byMono <= duration + 60 ? byMono : t - runner.t;
        return { at, ...mark };
      })
      .sort((a, b) => a.at - b.at);
  }

  private skippedNotices(): string[] {
    return [...this.skipped]
      .filter(([, count]) => count > 0)
      .map(
        ([file, count]) =>
          `${count} ${count === 1 ? "line" : "lines"} of ${file} could not be read and ${count === 1 ? "was" : "were"} left out`,
      );
  }

  private hostSteps(counted: MeterEnergy[], start: number): Stretch[][] {
    const ids = counted.map(({ meter }) => meter.id);
    return [...this.hosts.values()].map((host) =>
      host.rows.map((row) => ({
        from: row.from - start,
        to: row.to - start,
        joules: joulesOf(row, ids),
      })),
    );
  }
}

const joulesOf = ({ joules }: Row, meters: readonly string[]): number =>
  meters.reduce((sum, id) => sum + (joules.get(id) ?? 0), 0);

function attachedNotices({ attached }: RunnerStart): string[] {
  if (!attached) return [];
  const before = `attached to process ${attached.pid} by ${attached.by} when it had run for ${formatDuration(attached.age)}: its energy before that is not known`;
  return [before, ...(attached.notices ?? [])];
}

function launchNotices({ launch }: RunnerStart): string[] {
  return launch
    ? [
        `one record for all ranks that ${launch.launcher} started on this host (${launch.size} ranks on all hosts)`,
      ]
    : [];
}

function powerNow(counted: MeterEnergy[]): Quantity<"W"> | null {
  const live = counted.filter((entry) => entry.power !== null);
  if (live.length === 0) return null;
  return sumQuantities(
    "W",
    live.map(({ run, machine, power }) => {
      // The latest step has the relative interval of the meter's whole energy.
      const reference = run.value > 0 ? run : machine;
      const ratio = (bound: number) => (reference.value > 0 ? bound / reference.value : 1);
      const value = power ?? 0;
      return {
        ...run,
        unit: "W" as const,
        value,
        low: value * ratio(reference.low),
        high: value * ratio(reference.high),
      };
    }),
  );
}

/** Parts of a machine that nothing here measures, in words. */
export function notCovered(
  counted: readonly Pick<MeterEnergy, "meter">[],
  rejected: readonly RejectedMeter[],
): string[] {
  const whole = counted.find(({ meter }) => partsOf(meter).includes(MACHINE))?.meter;
  const isAlways = !counted.some(({ meter }) => meter.insteadOf);
  // A battery feeds the display, too; what stood in for it does not cover that.
  if (whole && isAlways) return whole.intermittent ? ["external devices"] : ["external devices", "display"];
  const covers = (component: Component) => counted.some(({ meter }) => overlaps(meter, { component }));
  const missing: string[] = [];
  if (!covers("cpu")) missing.push("CPU");
  if (!covers("dram")) missing.push("memory");
  // A GPU is missing only where one was found and could not be read.
  if (!covers("gpu") && rejected.some((meter) => meter.component === "gpu" && meter.remedy))
    missing.push("GPU");
  return [...missing, "disk", "network", "display", "fans and power supply"];
}
