/**
 * CPU time and memory of the measured command and everything it started, on Linux.
 *
 * CPU time: what reaped children used is in their parent's account, and the runner's own account holds everything that
 * the command's tree had used once it was reaped, so nothing is lost when a process ends between two samples. A process
 * that left the tree (its parent ended first) is known again by having been seen, or by FAIRWATT_RUN_ID in its
 * environment.
 */

import * as fs from "node:fs";
import { KeptProcFile, readProcFile } from "./proc-file.node.ts";
import { type ProcessStat, parseStat } from "./process-identity.node.ts";
import { ProcessMember } from "./process-member.node.ts";

const TICKS_PER_SECOND = 100;
/** All processes are listed at least at each so-manieth reading, whatever /proc/loadavg says: some containers emulate it. */
const LIST_EVERY = 10;
/** So many members are looked at each time. Of more, a look is worth so many ticks of CPU time for each that there is. */
const FEW = 2;
const WORTH_PER_MEMBER = 1 / 4;
/** One tick more or less is how the kernel counts, and no news. */
const LEAST_WORTH = 2;
/** How often a process is looked at before it is foreign for good. */
const LOOKS = 2;

export interface TreeUse {
  /** CPU seconds since the run began, dead processes included; never falls. */
  cpuSeconds: number;
  /** The live ones, until the next reading. */
  pids: ReadonlySet<number>;
}

export interface ProcessTreeOptions {
  proc: string;
  /** The runner: parent of the command. Its own time does not count, that of its reaped children does. */
  runner: number;
  /** The command itself: it survives a runner that was killed. */
  command?: number;
  /** This process: a child of the runner that is no part of the run. */
  sampler: number;
  run: string;
  /** Of readings in turns: all processes are listed no sooner than this after the last time, s. */
  restBetweenLists?: number;
}

export class ProcessTree {
  private readonly members = new Map<number, ProcessMember>();
  private readonly pids = new Set<number>();
  /**
   * Processes found foreign: pid -> how often they were looked at. Between fork and exec a process has its parent's
   * environment, so a look that comes then is no answer.
   */
  private readonly foreign = new Map<number, number>();
  private lostTicks = 0;
  /** Ended before their reaper's account, which is read first, was seen to rise: the next reading shows whether it did. */
  private unsettled = new Map<number, ProcessStat>();
  private runnerReaped = 0;
  private highest = 0;
  private readonly loadavg: KeptProcFile;
  private readonly runnerStat: KeptProcFile;
  private newestPid = "";
  /** The newest process at the listing before the latest one: what is numbered after it may be new. */
  private newestBefore = "";
  /** Start time of the runner; with its number it names it for ever. */
  private runnerStart: number | undefined;
  private sinceListed = 0;
  private listedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: ProcessTreeOptions) {
    this.loadavg = new KeptProcFile(`${options.proc}/loadavg`);
    this.runnerStat = new KeptProcFile(`${options.proc}/${options.runner}/stat`);
  }

  /** The command was started: it is a member whatever happens to the runner. */
  setCommand(pid: number): void {
    this.options.command = pid;
    this.newestPid = "";
    this.listedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Looks at the members again, and at all processes where there may be new ones. Undefined where the platform has no /proc.
   *
   * @param inTurns of many members, those that use little are looked at less often: their time comes up to a second late,
   *   and nothing of it is lost
   */
  read(inTurns = false): TreeUse | undefined {
    const pids = this.mayHaveNew(inTurns) ? this.listPids() : [];
    if (!pids) return undefined;
    const runner = this.readRunner();
    const dead = this.refreshMembers(
      performance.now() / 1000,
      inTurns && (!runner || runner.reaped === this.runnerReaped),
    );
    if (pids.length > 0) {
      this.forgetDeadForeign(pids);
      this.findNewMembers(pids, runner !== undefined);
    }
    if (dead.size > 0 || this.unsettled.size > 0) this.settleDead(dead, runner);
    if (runner) this.runnerReaped = runner.reaped;
    let ticks = this.lostTicks + this.runnerReaped;
    for (const { stat } of this.members.values()) ticks += stat.own + stat.reaped;
    this.highest = Math.max(this.highest, ticks);
    return { cpuSeconds: this.highest / TICKS_PER_SECOND, pids: this.pids };
  }

  /** Bytes resident and not shared with a file, of the processes that lived at the latest reading. */
  memoryBytes(): number {
    let bytes = 0;
    for (const member of this.members.values()) bytes += member.memoryBytes();
    return bytes;
  }

  /**
   * The last field of /proc/loadavg is the newest process or thread: while it stays the same nothing was started, and
   * the hundreds of entries of /proc need not be listed.
   */
  private mayHaveNew(inTurns: boolean): boolean {
    const newest = this.loadavg.read()?.trim().split(" ").at(-1) ?? "";
    const same = newest !== "" && newest !== "0" && newest === this.newestPid;
    this.sinceListed += 1;
    if (same && this.sinceListed < LIST_EVERY) return false;
    const now = performance.now() / 1000;
    if (inTurns && now - this.listedAt < (this.options.restBetweenLists ?? 0)) return false;
    this.newestBefore = this.newestPid;
    this.newestPid = newest;
    this.listedAt = now;
    this.sinceListed = 0;
    return true;
  }

  private listPids(): number[] | undefined {
    try {
      const pids: number[] = [];
      for (const name of fs.readdirSync(this.options.proc)) {
        const first = name.charCodeAt(0);
        if (first >= 48 && first <= 57) pids.push(Number(name));
      }
      return pids;
    } catch {
      return undefined;
    }
  }

  /** Returns those that ended. */
  private refreshMembers(now: number, inTurns: boolean): Map<number, ProcessMember> {
    const dead = new Map<number, ProcessMember>();
    const { size } = this.members;
    const worth = size > FEW ? Math.max(LEAST_WORTH, size * WORTH_PER_MEMBER) : 0;
    let reaped = false;
    for (const [pid, member] of this.members) {
      if (inTurns && !member.isDue(now)) continue;
      const before = member.stat.reaped;
      if (member.refresh(now, worth)) {
        reaped ||= member.stat.reaped !== before;
        continue;
      }
      member.close();
      this.members.delete(pid);
      this.pids.delete(pid);
      dead.set(pid, member);
    }
    // What a parent's account has taken over must not count as its child's any longer.
    if (!inTurns || (!reaped && dead.size === 0)) return dead;
    return new Map([...dead, ...this.refreshMembers(now, false)]);
  }

  private forgetDeadForeign(pids: number[]): void {
    const alive = new Set(pids);
    for (const pid of this.foreign.keys()) if (!alive.has(pid)) this.foreign.delete(pid);
  }

  /** New processes are looked at once; a child can be listed before its parent, so until nothing more is found. */
  private findNewMembers(pids: number[], hasRunner: boolean): void {
    let unknown: ProcessStat[] = [];
    for (const pid of pids) {
      if (this.members.has(pid) || pid === this.options.sampler || pid === this.options.runner) continue;
      if (this.mayBeReused(pid)) this.foreign.delete(pid);
      if ((this.foreign.get(pid) ?? 0) >= LOOKS) continue;
      const stat = this.stat(pid);
      if (stat) unknown.push(stat);
    }
    for (let found = true; found; ) {
      found = false;
      const rest: ProcessStat[] = [];
      for (const stat of unknown) {
        if (this.isChildOfMember(stat, hasRunner)) {
          this.add(stat);
          found = true;
        } else rest.push(stat);
      }
      unknown = rest;
    }
    for (const stat of unknown) {
      if (!this.isMarked(stat.pid)) {
        this.foreign.set(stat.pid, (this.foreign.get(stat.pid) ?? 0) + 1);
        continue;
      }
      this.add(stat);
      this.foreign.delete(stat.pid);
    }
  }

  private add(stat: ProcessStat): void {
    // From now on it is known by its start time, too.
    if (stat.pid === this.options.command) this.options.command = undefined;
    this.members.set(stat.pid, new ProcessMember(this.options.proc, stat));
    this.pids.add(stat.pid);
  }

  private isChildOfMember({ pid, ppid }: ProcessStat, hasRunner: boolean): boolean {
    const { command, runner } = this.options;
    return pid === command || (hasRunner && ppid === runner) || this.members.has(ppid);
  }

  /** Undefined when it has ended, also when another process has its number now. */
  private readRunner(): ProcessStat | undefined {
    const stat = parsed(this.runnerStat.read());
    if (!stat) return undefined;
    this.runnerStart ??= stat.start;
    return stat.start === this.runnerStart ? stat : undefined;
  }

  /**
   * Whether a number may have been given to another process since the listing before. The kernel gives them in turn, so only
   * those between the newest process of that listing and of this one, beyond the last number too.
   */
  private mayBeReused(pid: number): boolean {
    const [before, newest] = [Number(this.newestBefore), Number(this.newestPid)];
    if (!before || !newest || before === newest) return false;
    return before < newest ? pid > before && pid <= newest : pid > before || pid <= newest;
  }

  /** Whether a process carries this run's id in its environment (it was orphaned before it was seen). */
  private isMarked(pid: number): boolean {
    try {
      const environment = fs.readFileSync(`${this.options.proc}/${pid}/environ`);
      return environment.includes(`FAIRWATT_RUN_ID=${this.options.run}\0`);
    } catch {
      return false;
    }
  }

  /**
   * Members that ended: their time is in the account of whoever reaped them. If that is neither a live member nor the
   * runner, or that account did not rise by the next reading either (children that are ignored are not accounted), what was
   * last seen is kept.
   */
  private settleDead(ended: ReadonlyMap<number, ProcessMember>, runner: ProcessStat | undefined): void {
    const risen = new Map<number, number>();
    for (const [pid, { stat, reapedBefore }] of this.members) risen.set(pid, stat.reaped - reapedBefore);
    if (runner) risen.set(this.options.runner, runner.reaped - this.runnerReaped);
    const before = this.unsettled;
    const dead = new Map([...before, ...[...ended].map(([pid, { stat }]) => [pid, stat] as const)]);
    this.unsettled = new Map();
    for (const stat of dead.values()) {
      const used = stat.own + stat.reaped;
      // A dead parent's own reaper is asked next: its account rises by the whole family's time.
      let reaper = stat.ppid;
      for (let parent = dead.get(reaper); parent; parent = dead.get(reaper)) reaper = parent.ppid;
      const room = risen.get(reaper);
      if (room !== undefined && room >= used) risen.set(reaper, room - used);
      else if (room === undefined || before.get(stat.pid) === stat) this.lostTicks += used;
      else this.unsettled.set(stat.pid, stat);
    }
  }

  private stat(pid: number): ProcessStat | undefined {
    return parsed(readProcFile(`${this.options.proc}/${pid}/stat`));
  }
}

function parsed(text: string | undefined): ProcessStat | undefined {
  return text === undefined ? undefined : parseStat(text);
}
