/** Names a process for ever: a pid alone is reused, a pid with its start time is not. */

import * as fs from "node:fs";
import * as os from "node:os";

/** Start time of a process in clock ticks since boot; undefined when it is gone or the platform does not tell. */
export function processStart(pid: number, proc = "/proc"): number | undefined {
  try {
    return parseStat(fs.readFileSync(`${proc}/${pid}/stat`, "latin1"))?.start;
  } catch {
    return undefined;
  }
}

/** Whether the process that was `pid` when it had this start time is still alive (a zombie is not). */
export function processIsSame(pid: number, pidStart: number | undefined, proc = "/proc"): boolean {
  if (process.platform === "linux") {
    try {
      const stat = parseStat(fs.readFileSync(`${proc}/${pid}/stat`, "latin1"));
      return stat !== undefined && stat.state !== "Z" && (pidStart === undefined || stat.start === pidStart);
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export interface ProcessStat {
  pid: number;
  state: string;
  ppid: number;
  /** CPU time of the process itself and of its reaped children, clock ticks (1/100 s on every Linux Node runs on). */
  own: number;
  reaped: number;
  /** Clock ticks since boot. */
  start: number;
  /** Resident memory, shared or not. */
  pages: number;
}

/** Fields of /proc/<pid>/stat (proc(5)). The command may hold spaces and brackets: it ends at the last ")". */
export function parseStat(text: string): ProcessStat | undefined {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < open) return undefined;
  const field = text.slice(close + 2).split(" ", 22);
  const number = (index: number) => Number(field[index]);
  const stat = {
    pid: Number(text.slice(0, open)),
    state: field[0] ?? "",
    ppid: number(1),
    own: number(11) + number(12),
    reaped: number(13) + number(14),
    start: number(19),
    pages: number(21),
  };
  return Number.isFinite(stat.start) && Number.isFinite(stat.reaped) ? stat : undefined;
}

/** Identifies this boot of this host: monotonic clocks compare only within one. */
export function bootId(proc = "/proc"): string {
  try {
    return fs.readFileSync(`${proc}/sys/kernel/random/boot_id`, "utf8").trim();
  } catch {
    return `${os.hostname()}-${Math.round((Date.now() / 1000 - os.uptime()) / 60)}`;
  }
}

/** Host name without its domain, safe in a file name. */
export function hostName(): string {
  return (
    os
      .hostname()
      .split(".")[0]!
      .replace(/[^A-Za-z0-9_-]/g, "_") || "host"
  );
}
