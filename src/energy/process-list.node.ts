/**
 * Which processes have to be looked at because they may be new. Listing all of them costs as much as all else of a sample, so
 * that is done where something was started, and each process that is nobody's is looked at a few times only.
 */

import * as fs from "node:fs";
import { KeptProcFile } from "./proc-file.node.ts";

/** All processes are listed at least at each so-manieth reading, whatever /proc/loadavg says: some containers emulate it. */
const LIST_EVERY = 10;
/** Where readings are more frequent than that needs, this is between two such lists, s. */
const LONGEST_UNLISTED = 2;
/**
 * How often a process is looked at before it is foreign for good: between fork and exec it has its parent's environment, so a
 * look that comes then is no answer.
 */
const LOOKS = 2;

export class ProcessList {
  /** Of processes found foreign, while they live: how often they were looked at. */
  private looks = new Map<number, number>();
  private readonly loadavg: KeptProcFile;
  private newestPid = "";
  private sinceListed = 0;
  private listedAt = Number.NEGATIVE_INFINITY;

  /** @param rest of readings in turns: all processes are listed no sooner than this after the last time, s */
  constructor(
    private readonly proc: string,
    private readonly rest: number,
  ) {
    this.loadavg = new KeptProcFile(`${proc}/loadavg`);
  }

  /** The next time all processes are listed, whatever was started. */
  expectNew(): void {
    this.newestPid = "";
    this.listedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Numbers of those that may be new, and of some that are known; empty where nothing was started. Undefined where the
   * platform has no /proc.
   *
   * @param now seconds, monotonic
   * @param inTurns whether a list may come later where one was made just now
   */
  candidates(now: number, inTurns: boolean): number[] | undefined {
    const before = this.newestPid;
    if (!this.mayHaveNew(now, inTurns)) return [];
    const mayBeReused = reused(Number(before), Number(this.newestPid));
    const looks = new Map<number, number>();
    const found: number[] = [];
    try {
      for (const name of fs.readdirSync(this.proc)) {
        const first = name.charCodeAt(0);
        if (first < 48 || first > 57) continue;
        const pid = Number(name);
        const looked = this.looks.get(pid);
        if (looked !== undefined && !mayBeReused?.(pid)) {
          looks.set(pid, looked);
          if (looked >= LOOKS) continue;
        }
        found.push(pid);
      }
    } catch {
      return undefined;
    }
    this.looks = looks;
    return found;
  }

  /** It was looked at, and is nobody's that is measured. */
  isForeign(pid: number): void {
    this.looks.set(pid, (this.looks.get(pid) ?? 0) + 1);
  }

  /** It is measured from now on. */
  isOurs(pid: number): void {
    this.looks.delete(pid);
  }

  /**
   * The last field of /proc/loadavg is the newest process or thread: while it stays the same nothing was started, and
   * the hundreds of entries of /proc need not be listed.
   */
  private mayHaveNew(now: number, inTurns: boolean): boolean {
    const text = this.loadavg.read() ?? "";
    const newest = text.slice(text.lastIndexOf(" ") + 1);
    const same = newest === this.newestPid && Number(newest) > 0;
    this.sinceListed += 1;
    if (same && (this.sinceListed < LIST_EVERY || (inTurns && now - this.listedAt < LONGEST_UNLISTED)))
      return false;
    if (inTurns && now - this.listedAt < this.rest) return false;
    this.newestPid = newest;
    this.listedAt = now;
    this.sinceListed = 0;
    return true;
  }
}

/**
 * Whether a number may have been given to another process between two lists, by the newest process of each. The kernel gives
 * numbers in turn, so only those between the two, beyond the last number too. Undefined: none was given, or it is not told.
 */
function reused(before: number, newest: number): ((pid: number) => boolean) | undefined {
  if (!before || !newest || before === newest) return undefined;
  return before < newest ? (pid) => pid > before && pid <= newest : (pid) => pid > before || pid <= newest;
}
