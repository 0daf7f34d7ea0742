/** A run as everyone sees it: folded from its journals (./fold.ts), never stored as a truth of its own. */

import type { Quantity } from "../quantity.ts";
import type { GitState, GridBasis, Hardware } from "./journal.ts";
import type { Component, MeterDescriptor, RejectedMeter } from "./meters/meter.ts";

/**
 * running: its runner is alive. finished: exit code 0. failed: another exit code, or a signal nobody here sent.
 * stopped: the user ended it. interrupted: it has no end record and its processes are gone.
 */
export const RUN_STATES = ["running", "finished", "failed", "stopped", "interrupted"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What one meter says of a run. Joules. */
export interface MeterEnergy {
  meter: MeterDescriptor;
  /** The run's part. */
  run: Quantity<"J">;
  /** The whole device in the same time. */
  machine: Quantity<"J">;
  /** The run's latest power, W; null before the second reading. */
  power: number | null;
  /** Seconds that this meter covers. */
  seconds: number;
  /** How the run's part was found: "share of busy CPU time", "share of SM utilisation", "whole device: ...". */
  share: string;
}

/** A stretch of time in which something could not be read or trusted, seconds since the run's start. */
export interface Gap {
  from: number;
  to: number;
  /** Label of the meter; absent when it concerns all. */
  meter?: string;
  reason: string;
}

/** A time in which the command was stopped, to go on when the grid emits less; seconds since the run's start. */
export interface Pause {
  from: number;
  to: number;
  /** What the run used in it, J; absent where nothing was read. */
  joules?: number;
}

export interface Mark {
  /** Seconds since the run's start. */
  at: number;
  kind: "epoch" | "step" | "phase" | "metric" | "cell";
  /** Which cell of a notebook, and whether its execution begins or ends here. */
  cell?: string;
  edge?: "start" | "end";
  index?: number;
  total?: number;
  name?: string;
  metrics?: Record<string, number>;
  /** What told it where the command did not itself: "keras", "xgboost", "tqdm", ... */
  source?: string;
  /** Rows that one epoch trains on. */
  samples?: number;
  /** Where the training was begun: an absolute path and a line from 1. */
  file?: string;
  line?: number;
  /** The run's energy since its start, J, of marks that lie within the samples: epochs, phases, cells, steps of a known total. */
  energy?: number;
}

export interface RunSummary {
  v: 1;
  id: string;
  name: string;
  argv: string[];
  cwd: string;
  /** The folder whose .fairwatt/ it belongs to. */
  folder: string;
  host: string;
  state: RunState;
  /** Why it is interrupted, or what else the state needs said. */
  stateReason?: string;
  exitCode: number | null;
  signal: string | null;
  /** Unix milliseconds. */
  startedAt: number;
  endedAt: number | null;
  /** Seconds on the monotonic clock, up to the last record. */
  duration: number;
  git?: GitState;
  /** Who started it, as far as git knows: "Ada Lovelace <ada@example.org>". */
  author?: string;
  hardware?: Hardware;
  interval: number;
  /** Its process was there before; only what came after `age` seconds of its life is measured. */
  attached?: { age: number; by: string };
  /** Pid of the runner and of the command, to stop it; on `host`. */
  pid: number;
  commandPid?: number;
  /** Start times of both in clock ticks since boot (Linux), so that a reused pid is not mistaken for the run. */
  pidStart?: number;
  commandPidStart?: number;
  /** The run's IT energy: sum of the counted meters. */
  energy: Quantity<"J">;
  /** The whole machine's, for the same meters and time. */
  machineEnergy: Quantity<"J">;
  /** Latest power of the run. */
  power: Quantity<"W"> | null;
  meters: MeterEnergy[];
  /** Recorded beside the sum (psys, core): never added. */
  uncounted: MeterEnergy[];
  rejected: RejectedMeter[];
  /** What no meter covers, in words: ["disk", "network", "display"]. */
  notCovered: string[];
  /** Part of `duration` in which at least one counted meter was read, 0 to 1. */
  coverage: number;
  gaps: Gap[];
  /** Absent where it was never paused. */
  pauses?: Pause[];
  marks: Mark[];
  /** Grid and facility as fixed at the start; the footprint is computed from them (carbon/footprint.ts). */
  grid?: GridBasis;
  pue: number;
  /** Sentences a person should read: "2 lines of the journal could not be read and were left out". */
  notices: string[];
  /** Mean power of the run in equal pieces of its duration, W, at most 48, for a sparkline. */
  sparkline: number[];
}

/** Points of the power chart: one per sample interval, or decimated by `decimate`. */
export interface PowerSeries {
  /** Seconds since the run's start: the end of each interval. */
  t: number[];
  /** One row per counted meter, in the order of RunSummary.meters; NaN in a gap. */
  watts: { id: string; label: string; component: Component; method: string; values: number[] }[];
  /** The run's energy since its start at each `t`, J. */
  energy: number[];
}
