/** What /proc says of a process that somebody else started, for those who look for one to measure. Linux. */

import * as fs from "node:fs";
import * as path from "node:path";
import { parseStat } from "./process-identity.node.ts";

const TICKS_PER_SECOND = 100;

export interface ProcessFacts {
  pid: number;
  /** Start time in clock ticks since boot: names the process for ever, together with the pid. */
  pidStart: number;
  ppid: number;
  uid: number;
  /** Program and arguments; empty for a thread of the kernel and for a zombie. */
  argv: string[];
  /** Absent where it may not be read: the process is another user's, or not ours to trace. */
  cwd?: string;
  /** Seconds since it started. */
  age: number;
  /** "R", "S", "Z", ...: proc(5). */
  state: string;
}

/** Undefined when there is no such process, or it cannot be seen from here (another container, hidepid). */
export function processFacts(pid: number, proc = "/proc"): ProcessFacts | undefined {
  try {
    const stat = parseStat(fs.readFileSync(`${proc}/${pid}/stat`, "latin1"));
    if (!stat) return undefined;
    const uptime = Number(fs.readFileSync(`${proc}/uptime`, "latin1").split(" ")[0]);
    return {
      pid,
      pidStart: stat.start,
      ppid: stat.ppid,
      uid: fs.statSync(`${proc}/${pid}`).uid,
      argv: commandLine(`${proc}/${pid}/cmdline`),
      cwd: readable(() => fs.readlinkSync(`${proc}/${pid}/cwd`)),
      age: Math.max(0, uptime - stat.start / TICKS_PER_SECOND),
      state: stat.state,
    };
  } catch {
    return undefined;
  }
}

/** All processes of a user, newest first. */
export function processesOf(uid: number, proc = "/proc"): ProcessFacts[] {
  let names: string[];
  try {
    names = fs.readdirSync(proc);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processFacts(Number(name), proc))
    .filter((facts) => facts !== undefined && facts.uid === uid && facts.state !== "Z")
    .filter((facts) => facts !== undefined)
    .sort((a, b) => b.pidStart - a.pidStart || b.pid - a.pid);
}

/** A variable of the environment that a process was started with; undefined where it has none or may not be read. */
export function processVariable(pid: number, name: string, proc = "/proc"): string | undefined {
  const environment = readable(() => fs.readFileSync(`${proc}/${pid}/environ`, "utf8"));
  const entry = environment?.split("\0").find((each) => each.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

/** Whether a command line is Python's: python, python3.12, pypy3, /opt/venv/bin/python. */
export function isPython({ argv }: Pick<ProcessFacts, "argv">): boolean {
  return /^(python|pypy)[\d.]*$/.test(path.basename(argv[0] ?? ""));
}

/** The first argument that looks like a script, or the module after `-m`, without its folder; else the program. */
export function processName(argv: readonly string[]): string {
  const script = argv.slice(1).find((argument) => /\.(py|ipynb|sh|js|R|jl)$/.test(argument));
  const module = argv[argv.indexOf("-m") + 1];
  return path.basename(script ?? (argv.includes("-m") ? module : undefined) ?? argv[0] ?? "process");
}

function commandLine(file: string): string[] {
  const text = readable(() => fs.readFileSync(file, "utf8")) ?? "";
  return text === "" ? [] : text.replace(/\0+$/, "").split("\0");
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
