/** What everyone who measures does alike, whatever is measured: the runner's journal, and a sampler beside it. */

import * as path from "node:path";
import { BackgroundJournal } from "./background-journal.node.ts";
import type { Attached, EndRecord, GridBasis, JournalRecord, SpawnedRecord } from "./journal.ts";
import { bootId, hostName, processStart } from "./process-identity.node.ts";
import { SamplerProcess } from "./sampler-process.node.ts";

export interface MeasurementOptions {
  run: string;
  runDirectory: string;
  folder: string;
  /** Program and arguments; no shell takes part. */
  command: readonly string[];
  cwd: string;
  name: string;
  fairwatt: string;
  /** Path of the built sampler. */
  samplerEntry: string;
  /** Sees every record of this run as it is written. */
  onRecord?: (record: JournalRecord, file: string) => void;
  /** What is written down as the command, where that says it better. */
  argv?: readonly string[];
  /** A process that runs already: it and what it starts are measured, and neither we nor what we start. */
  measured?: number;
  /** Told of that process, where it is what the run is about. */
  attached?: Attached;
  /** Set where this process measures for all ranks of a launch on this host. */
  launch?: { launcher: string; size: number };
  /** How long a sampler that ended is waited with before the next one is started, ms; the last for all that follow. */
  restartDelays?: readonly number[];
}

export interface RunSettings {
  /** Seconds. */
  interval: number;
  pue: number;
  attribution: "process" | "machine";
  grid?: GridBasis;
}

/** What became of the journal. */
export interface Kept {
  /** Set where it is not complete on disk: a sentence. */
  journalFailure?: string;
  /** A write is still under way and may be for ever: nothing more is to be asked of that disk (exit-now.node.ts). */
  isDiskStalled?: true;
}

/** A disk that does not take the last records for this long is not waited for, ms. */
const DISK_PATIENCE = 5_000;

export interface Moment {
  /** Unix seconds. */
  t: number;
  /** The host's monotonic clock, seconds. */
  mono: number;
}

export function moment(): Moment {
  return { t: Date.now() / 1000, mono: Number(process.hrtime.bigint()) / 1e9 };
}

/** Starts the sampler. `begin` and `end` belong to it, once each. */
export class Measurement {
  readonly sampler: SamplerProcess;
  private readonly journal = `${hostName()}.${process.pid}.jsonl`;
  private readonly writer: BackgroundJournal;

  constructor(private readonly options: MeasurementOptions) {
    const { run, runDirectory, cwd, measured } = options;
    this.writer = new BackgroundJournal(path.join(runDirectory, this.journal));
    this.sampler = new SamplerProcess(
      { run, runDirectory, runner: process.pid, cwd, ...(measured !== undefined && { measured }) },
      options.samplerEntry,
      {
        onRecord: options.onRecord,
        onGap: (from, to, reason) => this.record({ type: "gap", ...moment(), from, to, reason }),
      },
      options.restartDelays && { restartDelays: options.restartDelays },
    );
  }

  /** Writes the start record and the command's pid, and has the sampler take its first sample. */
  begin(settings: RunSettings, started: Moment, command: SpawnedRecord | undefined): void {
    const { options, sampler } = this;
    this.record({
      type: "start",
      role: "runner",
      v: 1,
      ...started,
      run: options.run,
      name: options.name,
      argv: [...(options.argv ?? options.command)],
      cwd: options.cwd,
      folder: options.folder,
      host: hostName(),
      boot: bootId(),
      pid: process.pid,
      pidStart: processStart(process.pid),
      fairwatt: options.fairwatt,
      ...settings,
      ...(options.attached ? { attached: options.attached } : {}),
      ...(options.launch ? { launch: options.launch } : {}),
    });
    if (command) {
      this.record(command);
      sampler.watch(command.pid);
    }
    sampler.sampleEach(settings.interval);
  }

  /** The command was stopped, or goes on. */
  paused(paused: boolean): void {
    this.record({ type: "pause", ...moment(), paused });
  }

  /** Writes the last record. */
  async end(outcome: Pick<EndRecord, "exitCode" | "signal" | "stopped" | "reason">): Promise<Kept> {
    this.record({ type: "end", role: "runner", ...moment(), ...outcome });
    const failure = await this.writer.close(DISK_PATIENCE);
    if (failure === undefined) return {};
    if (failure !== "stalled")
      return { journalFailure: `the journal could not be written: ${failure.message}` };
    const seconds = DISK_PATIENCE / 1000;
    return {
      isDiskStalled: true,
      journalFailure: `the disk of ${this.options.runDirectory} has not answered for ${seconds} s: the run's end is not in its journal, and the next command that can read it calls it interrupted`,
    };
  }

  private record(entry: JournalRecord): void {
    this.writer.append(entry);
    this.options.onRecord?.(entry, this.journal);
  }
}
