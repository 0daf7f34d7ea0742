/** Stops a command and all that it started, and lets them go on (SIGSTOP, SIGCONT). Not on Windows, which has no such signals. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { parseStat } from "./process-identity.node.ts";

export class CommandPause {
  private stopped: number[] = [];
  private guard: ChildProcess | undefined;

  constructor(private readonly pid: number) {}

  /** Parents first, and again until nothing new was started meanwhile. */
  pause(): void {
    if (this.stopped.length > 0) return;
    const seen = new Set<number>();
    for (
      let fresh = [this.pid];
      fresh.length > 0;
      fresh = descendantsOf(this.pid).filter((pid) => !seen.has(pid))
    ) {
      for (const pid of fresh) {
        seen.add(pid);
        signal(pid, "SIGSTOP");
      }
    }
    this.stopped = [...seen];
    this.guard = guardOf(this.stopped);
  }

  resume(): void {
    for (const pid of this.stopped.reverse()) signal(pid, "SIGCONT");
    this.stopped = [];
    this.guard?.stdin?.end();
    this.guard = undefined;
  }
}

/** Lets them go on when this process ends, however it ends: nobody else would, and they would stand still for ever. */
function guardOf(pids: readonly number[]): ChildProcess {
  const guard = spawn(
    "/bin/sh",
    ["-c", 'read line; kill -CONT "$@" 2>/dev/null', "sh", ...pids.map(String)],
    {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    },
  );
  guard.on("error", () => undefined);
  guard.stdin?.on("error", () => undefined);
  guard.unref();
  return guard;
}

/** It may have ended since. */
function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function descendantsOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of processes()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found: number[] = [];
  for (const queue = [root]; queue.length > 0; ) {
    const below = children.get(queue.shift()!) ?? [];
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

/** Pids with their parents'. */
function processes(): [number, number][] {
  if (process.platform === "linux") {
    return fs.readdirSync("/proc").flatMap((name): [number, number][] => {
      if (!/^\d+$/.test(name)) return [];
      try {
        const stat = parseStat(fs.readFileSync(`/proc/${name}/stat`, "latin1"));
        return stat ? [[stat.pid, stat.ppid]] : [];
      } catch {
        return [];
      }
    });
  }
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return [...listed.matchAll(/(\d+)\s+(\d+)/g)].map(([, pid, parent]) => [Number(pid), Number(parent)]);
}
