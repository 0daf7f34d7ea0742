/** Where `fairwatt bench` has its counts from: marks of the command, its output, a request log, or the answers to a load. */

import * as fs from "node:fs";
import type { RunSummary } from "../energy/run.ts";
import { countPattern, LineCounter } from "../tradeoff/bench/line-counter.ts";
import { failureWords, type LoadResult, NO_UNITS } from "../tradeoff/bench/load.ts";
import type { Count } from "../tradeoff/bench/steady-state.ts";

/** How often a request log is looked at, ms: its lines count as written then. */
const LOOK_MS = 100;

export interface CountedUnits {
  counts: readonly Count[];
  /** What to say where there are none. */
  none: string;
  /** How latencies were taken. */
  latencyBy: string;
}

const mono = () => Number(process.hrtime.bigint()) / 1e9;

/** @param start when the run began, on the monotonic clock */
export function countedInLines(
  counter: LineCounter,
  start: number,
  where: string,
  count?: string,
): CountedUnits {
  const none =
    counter.lines === 0
      ? `no units were counted: nothing was written to ${where}`
      : `no units were counted: none of the ${counter.lines} lines of ${where} matches /${count}/${counter.unmatched === undefined ? "" : `; the last was "${counter.unmatched.slice(0, 120)}"`}`;
  return {
    counts: counter.counts.map((each) => ({ ...each, at: each.at - start })),
    none,
    latencyBy: `as lines of ${where} say`,
  };
}

/** A mark of kind "step" is a batch; its metrics may tell `units` (default 1) and `seconds`. */
export function countedInMarks({ marks }: RunSummary): CountedUnits {
  const steps = marks.filter(({ kind, metrics }) => kind === "step" && (metrics?.units ?? 1) > 0);
  return {
    counts: steps.map(({ at, metrics }) => ({
      at,
      units: metrics?.units ?? 1,
      ...(metrics?.seconds !== undefined && metrics.seconds >= 0 && { seconds: metrics.seconds }),
    })),
    none: "no units were counted: the command wrote no marks of kind step into the file that FAIRWATT_MARKS names. Let it append a line for each batch (fairwatt help bench shows one), or count lines of its output with --count, or of a log with --request-log",
    latencyBy: "as the command's marks say",
  };
}

export function countedInLoad(result: LoadResult, start: number, rate: number | undefined): CountedUnits {
  const { at, seconds, units } = result;
  const why = failureWords(result);
  return {
    counts: at.map((when, index) => ({ at: when - start, units: units[index]!, seconds: seconds[index]! })),
    none: why.startsWith(NO_UNITS)
      ? `no units were counted: ${why}`
      : `no units were counted: none of the ${result.requests} requests had an answer that counts${why === "" ? "" : `: ${why}`}`,
    latencyBy:
      rate === undefined
        ? "from the request's start to the answer's last byte, one after the other in each connection"
        : "from when the request was due to the answer's last byte",
  };
}

/** Follows a request log that a server appends to while it is measured. */
export class RequestLog {
  readonly counter: LineCounter;
  private offset = 0;
  private readonly timer: NodeJS.Timeout;

  /** What is in the file already does not count; a file that is not there yet begins empty. */
  constructor(
    private readonly file: string,
    count: string | undefined,
  ) {
    this.counter = new LineCounter(count === undefined ? undefined : countPattern(count));
    this.offset = this.size();
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.timer);
    this.look();
    this.counter.end(mono());
  }

  private size(): number {
    return fs.statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }

  private look(): void {
    const size = this.size();
    // A log that was rotated begins anew.
    if (size < this.offset) this.offset = 0;
    if (size === this.offset) return;
    let descriptor: number | undefined;
    try {
      descriptor = fs.openSync(this.file, "r");
      const bytes = Buffer.alloc(size - this.offset);
      const read = fs.readSync(descriptor, bytes, 0, bytes.length, this.offset);
      this.offset += read;
      this.counter.push(bytes.toString("utf8", 0, read), mono());
    } catch {
      // Not readable now: the next look tries again.
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  }
}
