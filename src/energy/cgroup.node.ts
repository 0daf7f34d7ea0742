/** What the kernel lets this process group use: CPU and memory limits of Linux control groups, version 1 and 2. */

import * as path from "node:path";
import type { Roots } from "./meters/meter.ts";
import { listFolder, readText, readUnsigned } from "./meters/sysfs.node.ts";

export interface CgroupLimits {
  /** Control group version that was read; null where there is none (macOS, Windows, no /sys/fs/cgroup). */
  version: 1 | 2 | null;
  /** CPUs that may be used (quota or cpuset, the smaller), when fewer than the machine has; may be a fraction. */
  cpus?: number;
  /** Bytes of memory that may be used, when less than the machine has. */
  memoryBytes?: number;
  /** CPU seconds used so far by everything under the CPU limit; null without such a limit or when unreadable. */
  sliceCpuSeconds(): number | null;
  /** Bytes in use under the memory limit, without page cache that can be dropped; null likewise. */
  sliceMemoryBytes(): number | null;
}

interface Machine {
  logicalCpus: number;
  memoryBytes: number;
}

/** One level of the hierarchy: what it allows, and where its accounts are. */
interface Level {
  quotaCpus?: number;
  cpusetCpus?: number;
  memoryBytes?: number;
  cpuSeconds(): number | null;
  usedBytes(): number | null;
}

/** Reads the limits that apply to this process. A limit may stand on any group above it: the tightest counts. */
export function readCgroupLimits(roots: Roots, machine: Machine): CgroupLimits {
  const base = path.join(roots.sys, "fs/cgroup");
  const membership = parseMembership(readText(path.join(roots.proc, "self/cgroup")) ?? "");
  const version =
    readText(path.join(base, "cgroup.controllers")) !== undefined
      ? 2
      : listFolder(base)?.some((name) => /^(cpu|memory|cpuset)/.test(name))
        ? 1
        : null;
  const levels =
    version === 2
      ? branch(base, membership.get("") ?? "/").map(levelV2)
      : version === 1
        ? levelsV1(base, membership)
        : [];
  const cpu = tightest(levels, machine.logicalCpus, (level) =>
    least([level.quotaCpus, level.cpusetCpus && Math.max(1, level.cpusetCpus)]),
  );
  const memory = tightest(levels, machine.memoryBytes, (level) => level.memoryBytes);
  return {
    version,
    cpus: cpu?.limit,
    memoryBytes: memory?.limit,
    sliceCpuSeconds: () => cpu?.level.cpuSeconds() ?? null,
    sliceMemoryBytes: () => memory?.level.usedBytes() ?? null,
  };
}

/** "4:cpu,cpuacct:/docker/x" -> cpu: /docker/x, cpuacct: /docker/x; version 2 has the empty controller. */
function parseMembership(text: string): Map<string, string> {
  const groups = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^\d+:([^:]*):(.*)$/.exec(line);
    if (match) for (const controller of match[1]!.split(",")) groups.set(controller, match[2]!);
  }
  return groups;
}

/**
 * Folders from the mount down to the group. In a container whose mount shows only its own group, the group's path
 * does not exist below the mount: then the mount itself is the group.
 */
function branch(mount: string, group: string): string[] {
  const folders = [mount];
  let folder = mount;
  for (const name of group.split("/").filter((part) => part !== "" && part !== "..")) {
    folder = path.join(folder, name);
    if (listFolder(folder) === undefined) return [mount];
    folders.push(folder);
  }
  return folders;
}

/** The level with the least limit below what the machine has; of equals the topmost, whose account is widest. */
function tightest(levels: readonly Level[], whole: number, limitOf: (level: Level) => number | undefined) {
  let found: { limit: number; level: Level } | undefined;
  for (const level of levels) {
    const limit = limitOf(level);
    if (limit === undefined || limit <= 0 || limit >= whole) continue;
    if (!found || limit < found.limit) found = { limit, level };
  }
  return found;
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function levelV2(folder: string): Level {
  const [quota, period] = (readText(path.join(folder, "cpu.max")) ?? "").split(" ").map(Number);
  return {
    quotaCpus: quota && period ? quota / period : undefined,
    cpusetCpus: countCpus(readText(path.join(folder, "cpuset.cpus.effective"))),
    memoryBytes: readUnsigned(path.join(folder, "memory.max")),
    cpuSeconds: () => statField(path.join(folder, "cpu.stat"), "usage_usec", 1e6),
    usedBytes: () => usedBytes(folder, "memory.current", "inactive_file"),
  };
}

/** Version 1 has one hierarchy per controller; they are joined level by level from the top. */
function levelsV1(base: string, membership: ReadonlyMap<string, string>): Level[] {
  const mounts = listFolder(base) ?? [];
  const folders = (controller: string) => {
    const mount = mounts.find((name) => name.split(",").includes(controller));
    return mount ? branch(path.join(base, mount), membership.get(controller) ?? "/") : [];
  };
  const cpu = folders("cpu");
  const account = folders("cpuacct");
  const cpuset = folders("cpuset");
  const memory = folders("memory");
  const depth = Math.max(cpu.length, cpuset.length, memory.length);
  return Array.from({ length: depth }, (_, i) => levelV1(cpu[i], account[i], cpuset[i], memory[i]));
}

function levelV1(cpu?: string, account?: string, cpuset?: string, memory?: string): Level {
  const quota = cpu && readUnsigned(path.join(cpu, "cpu.cfs_quota_us"));
  const period = cpu && readUnsigned(path.join(cpu, "cpu.cfs_period_us"));
  const cpus =
    cpuset &&
    (readText(path.join(cpuset, "cpuset.effective_cpus")) ?? readText(path.join(cpuset, "cpuset.cpus")));
  return {
    quotaCpus: quota && period ? quota / period : undefined,
    cpusetCpus: countCpus(cpus),
    memoryBytes: memory ? readUnsigned(path.join(memory, "memory.limit_in_bytes")) : undefined,
    cpuSeconds: () => {
      const nanoseconds = account && readUnsigned(path.join(account, "cpuacct.usage"));
      return typeof nanoseconds === "number" ? nanoseconds / 1e9 : null;
    },
    usedBytes: () => (memory ? usedBytes(memory, "memory.usage_in_bytes", "total_inactive_file") : null),
  };
}

/** "0-3,8" -> 5; undefined when empty or not a list. */
export function countCpus(list: string | undefined): number | undefined {
  if (!list) return undefined;
  let count = 0;
  for (const part of list.split(",")) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (!match) return undefined;
    count += Number(match[2] ?? match[1]) - Number(match[1]) + 1;
  }
  return count;
}

function statField(file: string, field: string, divisor: number): number | null {
  const match = new RegExp(`^${field} (\\d+)$`, "m").exec(readText(file) ?? "");
  return match ? Number(match[1]) / divisor : null;
}

function usedBytes(folder: string, total: string, droppable: string): number | null {
  const bytes = readUnsigned(path.join(folder, total));
  if (bytes === undefined) return null;
  return Math.max(0, bytes - (statField(path.join(folder, "memory.stat"), droppable, 1) ?? 0));
}
