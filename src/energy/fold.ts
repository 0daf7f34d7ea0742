/** Journals in, a run out. Pure: the same records always give the same run. */

import type { JournalRecord } from "./journal.ts";
import type { PowerSeries, RunSummary } from "./run.ts";

/** What the fold cannot know from the records: the clock now, and whether the runner's process is still there. */
export interface Observation {
  /** Unix seconds. */
  now: number;
  /** Whether the runner (or, after its death, a sampler) is alive on this host; ignored once there is an end record. */
  alive: boolean;
}

export class RunFold {
  /** Takes the next record of one journal file. Files may come interleaved; within a file, in order. */
  push(_record: JournalRecord, _file: string): void {
    throw new Error("the fold is being written");
  }
  /** Counts lines of a journal that could not be read. */
  skipLines(_count: number, _file: string): void {
    throw new Error("the fold is being written");
  }
  summary(_observation: Observation): RunSummary {
    throw new Error("the fold is being written");
  }
  /** All points from `fromPoint` on; at most `maxPoints`, decimated so that peaks stay. */
  series(_options?: { fromPoint?: number; maxPoints?: number }): PowerSeries {
    throw new Error("the fold is being written");
  }
}
