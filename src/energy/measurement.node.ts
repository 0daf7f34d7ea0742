/** What everyone who measures does alike, whatever is measured: the runner's journal, and a sampler beside it. */

import * as path from "node:path";
import type { Attached, EndRecord, GridBasis, JournalRecord, SpawnedRecord } from "./journal.ts";
import { JournalWriter } from "./journal-writer.node.ts";
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
}

export interface RunSettings {
  /** Seconds. */
  interval: number;
  pue: number;
  attribution: "process" | "machine";
  grid?: GridBasis;
}

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
  private readonly writer: JournalWriter;

  constructor(private readonly options: MeasurementOptions) {
    const { run, runDirectory, cwd, measured } = options;
    this.writer = new JournalWriter(path.join(runDirectory, this.journal));
    this.sampler = new SamplerProcess(
      { run, runDirectory, runner: process.pid, cwd, ...(measured !== undefined && { measured }) },
      options.samplerEntry,
      {
        onRecord: options.onRecord,
        onGap: (from, to, reason) => this.record({ type: "gap", ...moment(), from, to, reason }),
      },
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

  /** Writes the last record. Returns a sentence where the journal is not complete on disk. */
  end(outcome: Pick<EndRecord, "exitCode" | "signal" | "stopped" | "reason">): string | undefined {
    this.record({ type: "end", role: "runner", ...moment(), ...outcome });
    const failure = this.writer.lastError;
    return this.writer.close()
      ? undefined
      : `the journal could not be written: ${failure?.message ?? "unknown"}`;
  }

  private record(entry: JournalRecord): void {
    this.writer.append(entry);
    this.options.onRecord?.(entry, this.journal);
  }
}
