/** Run directories as the runner and the sampler write them: closed ones, and one that a bench writes as it goes. */

import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { ulid } from "ulid";
import type { JournalRecord, RunnerStart, SamplerStart } from "../../../src/energy/journal.ts";
import type { MeterDescriptor } from "../../../src/energy/meters/meter.ts";
import { bootId, hostName, processStart } from "../../../src/energy/process-identity.node.ts";
import { runsFolder } from "../../../src/energy/run-folder.node.ts";
import { packageMeter, startRecords } from "../../unit/energy/records.ts";

const lines = (records: readonly JournalRecord[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** A meter whose power is shown to the watt, so that a sample can be recognised in the status bar. */
const preciseMeter: MeterDescriptor = {
  ...packageMeter,
  error: 0.001,
  attribution: "whole",
  wrapsAt: undefined,
  maxPower: 2_000,
};

/** Writes `count` closed runs of `samples` samples each into a `.fairwatt` folder, without cached summaries. */
export function writeClosedRuns(fairwatt: string, count: number, samples: number): void {
  for (let index = 0; index < count; index++) {
    const started = Date.now() / 1000 - (count - index) * 3600;
    const { runner, sampler, directory } = begin(fairwatt, started, 1_000);
    const energy = Array.from(
      { length: samples },
      (_, at): JournalRecord => ({
        type: "sample",
        t: started + at,
        mono: 1_000 + at,
        r: { [preciseMeter.id]: at * 50e6 },
      }),
    );
    const times = { t: started + samples, mono: 1_000 + samples };
    const end: JournalRecord = { type: "end", role: "runner", ...times, exitCode: 0, signal: null };
    writeFileSync(path.join(directory, "host.10.jsonl"), lines([runner, end]));
    writeFileSync(path.join(directory, "host.11.jsonl"), lines([sampler, ...energy]));
  }
}

/** A run that is going on as far as anybody can tell: its runner is this process. */
export class LiveRun {
  private readonly runner: RunnerStart;
  private readonly directory: string;
  private raw = 0;
  private mono: number;

  constructor(fairwatt: string) {
    this.mono = monotonic();
    const { runner, sampler, directory } = begin(fairwatt, Date.now() / 1000, this.mono);
    this.runner = runner;
    this.directory = directory;
    writeFileSync(this.file(10), lines([runner]));
    writeFileSync(
      this.file(11),
      lines([sampler, { type: "sample", t: runner.t, mono: this.mono, r: { [preciseMeter.id]: 0 } }]),
    );
  }

  /** Appends one sample in which the run drew `watts`; gives the moment before the write, Unix ms. */
  append(watts: number): number {
    const mono = monotonic();
    this.raw += watts * (mono - this.mono) * 1e6;
    this.mono = mono;
    const at = Date.now();
    appendFileSync(
      this.file(11),
      lines([{ type: "sample", t: at / 1000, mono, r: { [preciseMeter.id]: this.raw } }]),
    );
    return at;
  }

  end(): void {
    const times = { t: Date.now() / 1000, mono: monotonic() };
    appendFileSync(
      this.file(10),
      lines([{ type: "end", role: "runner", ...times, exitCode: 0, signal: null }]),
    );
  }

  private file(pid: number): string {
    return path.join(this.directory, `${this.runner.host}.${pid}.jsonl`);
  }
}

function begin(fairwatt: string, t: number, mono: number) {
  const run = ulid(t * 1000);
  const directory = path.join(runsFolder(fairwatt), run);
  mkdirSync(directory, { recursive: true });
  const start = startRecords([preciseMeter], { attribution: "machine" });
  const here = { host: hostName(), boot: bootId(), run, t, mono };
  const process_ = { pid: process.pid, pidStart: processStart(process.pid) };
  const runner = { ...start.runner, ...here, ...process_ } as RunnerStart;
  const sampler = { ...start.sampler, ...here, ...process_, runner: process.pid } as SamplerStart;
  return { runner, sampler, directory };
}

const monotonic = () => Number(process.hrtime.bigint()) / 1e9;
