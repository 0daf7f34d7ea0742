/** Reads a run from its directory, and follows one that is still being written. */

import type { RunFold } from "./fold.ts";
import type { RunSummary } from "./run.ts";

export interface ReadRun {
  summary: RunSummary;
  fold: RunFold;
}

/** Folds all journals of a run directory, in pieces of 256 KB between which the event loop runs. Throws RunUnreadable. */
export async function readRun(_runDirectory: string, _signal?: AbortSignal): Promise<ReadRun> {
  throw new Error("being written");
}

export class RunUnreadable extends Error {}

/** Follows the journals of a run directory by offset. Reads only what is new at each `poll()`. */
export class RunTail {
  constructor(readonly runDirectory: string) {}
  /** True when something new was read. */
  async poll(): Promise<boolean> {
    throw new Error("being written");
  }
  get fold(): RunFold {
    throw new Error("being written");
  }
  summary(): RunSummary {
    throw new Error("being written");
  }
}
