/** What runner and sampler say to each other. */

import type { JournalRecord } from "./journal.ts";

/** The sampler's only argument, as JSON. */
export interface SamplerOrders {
  run: string;
  runDirectory: string;
  /** Seconds between samples; told by a message where the settings are still being read. */
  interval?: number;
  /** Pid of the runner. */
  runner: number;
  /** Pid of the command, when it was started before this sampler. */
  command?: number;
  /** Pid of a process that ran before: it is measured with what it starts, and neither runner nor command are. */
  measured?: number;
  cwd: string;
  /** Signal by which the sampler before this one crashed: then the native library is left alone. */
  crashedBy?: string;
}

/** Runner to sampler, a line each on its stdin. */
export type ToSampler =
  | { type: "command"; pid: number }
  /** Seconds between samples; the first one is taken now. */
  | { type: "interval"; seconds: number }
  /** One more sample, now. */
  | { type: "sample" }
  | { type: "finish" };

/** Sampler to runner, a line each on its stdout: what it writes into its journal, and signals sent to the whole group. */
export type SamplerReport = JournalRecord | { type: "group-signal"; signal: NodeJS.Signals };
