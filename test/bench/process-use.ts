/** What a process used, from /proc. Linux only. */

import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ: the unit of CPU times in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface Use {
  /** CPU seconds, user and system, with those of helpers that ended; not of children that still run. */
  cpu: number;
  /** Most resident memory so far, bytes. */
  peak: number;
}

/** Undefined when the process is gone. */
export function processUse(pid: number): Use | undefined {
  try {
    const fields = afterName(readFileSync(`/proc/${pid}/stat`, "utf8"));
    // utime, stime, cutime, cstime: fields 14 to 17, and the list begins at field 3.
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return peak ? { cpu: ticks / TICKS_PER_SECOND, peak: Number(peak[1]) * 1024 } : undefined;
  } catch {
    return undefined;
  }
}

/** Direct children with their command lines. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = afterName(readFileSync(`/proc/${name}/stat`, "utf8"));
      if (Number(fields[1]) !== parent) continue;
      found.push({
        pid: Number(name),
        command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " "),
      });
    } catch {
      // Ended between the listing and the reading.
    }
  }
  return found;
}

/** The name in parentheses may hold anything, so fields are counted after the last one. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(")") + 2).split(" ");
