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
import { ProcessList } from "./process-list.node.ts";
import { ProcessMember } from "./process-member.node.ts";

const TICKS_PER_SECOND = 100;
/** So many members are looked at each time. Of more, a look is worth so many ticks of CPU time for each that there is. */
const FEW = 2;
const WORTH_PER_MEMBER = 1 / 4;
/** One tick more or less is how the kernel counts, and no news. */
const LEAST_WORTH = 2;
/** Of readings in turns: the runner is looked at this often at least, s. */
const RUNNER_REST = 0.8;

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
  private readonly list: ProcessList;
  /** Own and reaped of all members. */
  private memberTicks = 0;
  private lostTicks = 0;
  /** Ended before their reaper's account, which is read first, was seen to rise: the next reading shows whether it did. */
  private unsettled = new Map<number, ProcessStat>();
  private runnerReaped = 0;
  private highest = 0;
  private readonly runnerStat: KeptProcFile;
  private runnerText = "";
  private runner: ProcessStat | undefined;
  private runnerReadAt = Number.NEGATIVE_INFINITY;
  /** Start time of the runner; with its number it names it for ever. */
  private runnerStart: number | undefined;

  constructor(private readonly options: ProcessTreeOptions) {
    this.list = new ProcessList(options.proc, options.restBetweenLists ?? 0);
    this.runnerStat = new KeptProcFile(`${options.proc}/${options.runner}/stat`);
  }

  /** The command was started: it is a member whatever happens to the runner. */
  setCommand(pid: number): void {
    this.options.command = pid;
    this.list.expectNew();
  }

  /**
   * Looks at the members again, and at all processes where there may be new ones. Undefined where the platform has no /proc.
   *
   * @param inTurns of many members, those that use little are looked at less often: their time comes up to a second late,
   *   and nothing of it is lost
   */
  read(inTurns = false): TreeUse | undefined {
    const now = performance.now() / 1000;
    const pids = this.list.candidates(now, inTurns);
    if (!pids) return undefined;
    const runner = this.lookAtRunner(now, inTurns && pids.length === 0 && this.unsettled.size === 0);
    const dead = this.refreshMembers(now, inTurns && (!runner || runner.reaped === this.runnerReaped));
    if (pids.length > 0) this.findNewMembers(pids, runner !== undefined);
    if (dead.size > 0 || this.unsettled.size > 0) this.settleDead(dead, runner);
    if (runner) this.runnerReaped = runner.reaped;
    this.highest = Math.max(this.highest, this.lostTicks + this.runnerReaped + this.memberTicks);
    return { cpuSeconds: this.highest / TICKS_PER_SECOND, pids: this.pids };
  }

  /** Bytes resident and not shared with a file, of the processes that lived at the latest reading. */
  memoryBytes(): number {
    let bytes = 0;
    for (const member of this.members.values()) bytes += member.memoryBytes();
    return bytes;
  }

  /** Returns those that ended. */
  private refreshMembers(now: number, inTurns: boolean): Map<number, ProcessMember> {
    const dead = new Map<number, ProcessMember>();
    const { size } = this.members;
    const worth = size > FEW ? Math.max(LEAST_WORTH, size * WORTH_PER_MEMBER) : 0;
    let reaped = false;
    for (const member of this.members.values()) {
      if (inTurns && now < member.dueAt) continue;
      const { pid, own, reaped: before } = member.stat;
      if (member.refresh(now, worth)) {
        const { stat } = member;
        this.memberTicks += stat.own + stat.reaped - own - before;
        reaped ||= stat.reaped !== before;
        continue;
      }
      this.memberTicks -= own + before;
      member.close();
      this.members.delete(pid);
      this.pids.delete(pid);
      dead.set(pid, member);
    }
    // What a parent's account has taken over must not count as its child's any longer.
    if (!inTurns || (!reaped && dead.size === 0)) return dead;
    return new Map([...dead, ...this.refreshMembers(now, false)]);
  }

  /** New processes are looked at once; a child can be listed before its parent, so until nothing more is found. */
  private findNewMembers(pids: number[], hasRunner: boolean): void {
    let unknown: ProcessStat[] = [];
    for (const pid of pids) {
      if (this.members.has(pid) || pid === this.options.sampler || pid === this.options.runner) continue;
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
      if (this.isMarked(stat.pid)) this.add(stat);
      else this.list.isForeign(stat.pid);
    }
  }

  private add(stat: ProcessStat): void {
    // From now on it is known by its start time, too.
    if (stat.pid === this.options.command) this.options.command = undefined;
    this.members.set(stat.pid, new ProcessMember(this.options.proc, stat));
    this.pids.add(stat.pid);
    this.memberTicks += stat.own + stat.reaped;
    this.list.isOurs(stat.pid);
  }

  private isChildOfMember({ pid, ppid }: ProcessStat, hasRunner: boolean): boolean {
    const { command, runner } = this.options;
    return pid === command || (hasRunner && ppid === runner) || this.members.has(ppid);
  }

  /**
   * Undefined when it has ended, also when another process has its number now. It has nothing to tell until the command ends,
   * so it is not looked at each time where `mayWait`.
   */
  private lookAtRunner(now: number, mayWait: boolean): ProcessStat | undefined {
    if (mayWait && now - this.runnerReadAt < RUNNER_REST) return this.runner;
    this.runnerReadAt = now;
    const text = this.runnerStat.read() ?? "";
    if (text === this.runnerText && text !== "") return this.runner;
    this.runnerText = text;
    const stat = parseStat(text);
    this.runnerStart ??= stat?.start;
    this.runner = stat?.start === this.runnerStart ? stat : undefined;
    return this.runner;
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
