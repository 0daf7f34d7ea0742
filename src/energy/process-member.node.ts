/**
 * A process that is looked at again and again. Its file in /proc stays open: that saves two of three system calls, and the
 * kernel answers for this process alone, never for another one that was given its number.
 */

import { KeptProcFile, readProcFile } from "./proc-file.node.ts";
import { type ProcessStat, parseStat } from "./process-identity.node.ts";

const PAGE_BYTES = 4096;
/** Bytes that hold all fields up to the start time, whatever their digits. */
const STAT_BYTES = 768;
/** A member is looked at this often at least, however little it does, s. */
const LONGEST_REST = 0.8;
/** Memory is asked for at each so-manieth time at least, however many pages are resident. */
const ASK_EVERY = 10;
/** Files that may be open at once: a run of thousands of processes must not use up what a process may open. */
const MOST_OPEN = 256;

let open = 0;

export class ProcessMember {
  /** Ticks of reaped children before this reading of the tree, in which all members were looked at. */
  reapedBefore: number;
  /** When it is to be looked at again, s. */
  dueAt = 0;
  private memory = { pages: Number.NaN, bytes: 0, since: 0 };
  private lookedAt = Number.NaN;
  private readonly folder: string;
  private file: KeptProcFile | undefined;
  private text = "";

  constructor(
    proc: string,
    public stat: ProcessStat,
  ) {
    this.folder = `${proc}/${stat.pid}`;
    this.reapedBefore = stat.reaped;
    if (open >= MOST_OPEN) return;
    open += 1;
    this.file = new KeptProcFile(`${this.folder}/stat`, STAT_BYTES);
  }

  /**
   * Looks again. False when the process ended: its last `stat` stays.
   *
   * @param now seconds, monotonic; the same in one reading of the tree
   * @param worth ticks of CPU time for which it is worth looking again; 0: each time
   */
  refresh(now: number, worth: number): boolean {
    const { own, reaped } = this.stat;
    // A second look in one reading is still the same step.
    if (now !== this.lookedAt) this.reapedBefore = reaped;
    if (!this.look()) return false;
    const rate = (this.stat.own - own) / (now - this.lookedAt);
    this.lookedAt = now;
    this.dueAt = now + Math.min(LONGEST_REST, worth / rate || 0);
    return true;
  }

  private look(): boolean {
    const text = this.file ? this.file.read() : readProcFile(`${this.folder}/stat`);
    // A process that slept all the time reads the same.
    if (text === this.text && text !== "") return true;
    const stat = text === undefined ? undefined : parseStat(text);
    if (!stat || stat.start !== this.stat.start) return false;
    this.text = text ?? "";
    this.stat = stat;
    return true;
  }

  /** Bytes resident and not shared with a file. While as many pages are resident, hardly any become others. */
  memoryBytes(): number {
    const { pages } = this.stat;
    const { memory } = this;
    memory.since += 1;
    if (pages !== memory.pages || memory.since >= ASK_EVERY) {
      const [, resident = 0, shared = 0] = (readProcFile(`${this.folder}/statm`) ?? "")
        .split(" ", 3)
        .map(Number);
      this.memory = { pages, bytes: Math.max(0, resident - shared) * PAGE_BYTES, since: 0 };
    }
    return this.memory.bytes;
  }

  close(): void {
    if (!this.file) return;
    open -= 1;
    this.file.close();
    this.file = undefined;
  }
}
