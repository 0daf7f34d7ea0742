/**
 * RAPL by the kernel's performance events, where powercap does not give it: the `power` unit of perf_event_open(2)
 * counts energy of each package since the event was opened. The kernel keeps 64 bits, so nothing wraps.
 */

import * as fs from "node:fs";
import * as path from "node:path";
import { readProcessor } from "../hardware.node.ts";
import type { Discovery, Meter, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import { loadKoffi } from "./nvml-binding.node.ts";
import { isAmd, raplErrorOf } from "./rapl-error.ts";
import { MACHINE, overlaps } from "./scopes.ts";
import { readText, readUnsigned } from "./sysfs.node.ts";

const LABEL = {
  id: "perf",
  component: "cpu",
  label: "CPU and RAM energy counters (perf_event)",
} as const;

/** x86-64's number of the call; other processors have no RAPL. */
const PERF_EVENT_OPEN = 298;
const CLOSE_ON_EXEC = 8;
/** struct perf_event_attr as of its first version: type u32, size u32, config u64, and zeros (linux/perf_event.h). */
const ATTR_SIZE = 64;
const EPERM = 1;
const EACCES = 13;

const EVENTS = [
  { event: "energy-pkg", component: "cpu", kind: "package", maxPower: 1000 },
  { event: "energy-ram", component: "dram", kind: "dram", maxPower: 400 },
  { event: "energy-psys", component: "platform", kind: "psys", maxPower: 2000 },
] as const;

/** Opens an event on one CPU for all processes: the file descriptor, or the errno. */
type Open = (type: number, config: number, cpu: number) => { fd: number } | { errno: number };

export function discoverPerfEvent(roots: Roots, accepted: readonly MeterDescriptor[]): Discovery {
  const folder = path.join(roots.sys, "bus/event_source/devices/power");
  const type = readUnsigned(path.join(folder, "type"));
  const wanted = EVENTS.filter(
    ({ event, component }) =>
      fs.existsSync(path.join(folder, "events", event)) &&
      !accepted.some((meter) => meter.counted && overlaps(meter, { component })),
  );
  const isCovered = accepted.some((meter) => meter.counted && overlaps(meter, { component: "cpu" }));
  if (type === undefined || wanted.length === 0 || isCovered) return { accepted: [], rejected: [] };
  let open: Open;
  try {
    open = opener(roots.libc ?? "libc.so.6");
  } catch (error) {
    const reason = `The C library could not be loaded: ${(error as Error).message}`;
    return { accepted: [], rejected: [{ ...LABEL, reason }] };
  }
  const found: Discovery = { accepted: [], rejected: [] };
  for (const { event, ...what } of wanted) {
    const config = Number(
      /event=(0x[0-9a-f]+)/.exec(readText(path.join(folder, "events", event)) ?? "")?.[1],
    );
    const unit = Number(readText(path.join(folder, "events", `${event}.scale`)));
    if (!Number.isFinite(config) || !(unit > 0)) continue;
    for (const { cpu, place } of placesOf(folder, roots)) {
      const opened = open(type, config, cpu);
      if ("fd" in opened) found.accepted.push(meterOf(opened.fd, { event, unit, place, ...what }, roots));
      else if (found.rejected.length === 0) found.rejected.push(refusal(opened.errno, roots));
    }
  }
  return found;
}

/** The CPU that answers for each package or die, and what the place is called in parts. */
function placesOf(folder: string, roots: Roots): { cpu: number; place: string }[] {
  const cpus = (readText(path.join(folder, "cpumask")) ?? "0").split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  const diesShare = isAmd(readProcessor(roots).vendor);
  const seen = new Set<string>();
  return cpus.flatMap((cpu) => {
    const topology = path.join(roots.sys, `devices/system/cpu/cpu${cpu}/topology`);
    const socket = readUnsigned(path.join(topology, "physical_package_id")) ?? 0;
    const die = readUnsigned(path.join(topology, "die_id")) ?? 0;
    // The dies of an AMD socket share one counter.
    const place = diesShare || die === 0 ? `${socket}` : `${socket}:die-${die}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [{ cpu, place }];
  });
}

function opener(libc: string): Open {
  const koffi = loadKoffi();
  const syscall = koffi.load(libc).func("syscall", "long", ["long", "void *", "int", "int", "int", "ulong"]);
  return (type, config, cpu) => {
    const attr = Buffer.alloc(ATTR_SIZE);
    attr.writeUInt32LE(type, 0);
    attr.writeUInt32LE(ATTR_SIZE, 4);
    attr.writeBigUInt64LE(BigInt(config), 8);
    const fd = Number(syscall(PERF_EVENT_OPEN, attr, -1, cpu, -1, CLOSE_ON_EXEC));
    return fd >= 0 ? { fd } : { errno: koffi.errno() };
  };
}

interface Event {
  event: string;
  component: MeterDescriptor["component"];
  kind: "package" | "dram" | "psys";
  unit: number;
  place: string;
  maxPower: number;
}

function meterOf(fd: number, { event, component, kind, unit, place, maxPower }: Event, roots: Roots): Meter {
  const buffer = Buffer.alloc(8);
  const name = place.replace(":die-", " die ");
  const label =
    kind === "package"
      ? `CPU package ${name}`
      : kind === "dram"
        ? `RAM of package ${name}`
        : "Platform (psys)";
  const descriptor: MeterDescriptor = {
    // It counts from the moment when this process opened it, so another process's counter is another one.
    id: `perf:${event}:${place}@${process.pid}`,
    component,
    parts: [kind === "psys" ? MACHINE : `${kind === "dram" ? "dram" : "cpu"}:${place}`],
    label,
    kind: "counter",
    method: "measured",
    instrument: `RAPL ${kind} (perf_event)`,
    unit,
    maxPower,
    ...raplErrorOf(kind, readProcessor(roots).vendor),
    attribution: kind === "dram" ? "resident-memory" : "cpu-time",
    counted: true,
  };
  return {
    descriptor,
    read: () => {
      try {
        return fs.readSync(fd, buffer, 0, 8, null) === 8 ? Number(buffer.readBigUInt64LE()) : null;
      } catch {
        return null;
      }
    },
    close: () => fs.closeSync(fd),
  };
}

function refusal(errno: number, roots: Roots): RejectedMeter {
  if (errno !== EACCES && errno !== EPERM) {
    return { ...LABEL, reason: `perf_event_open failed (errno ${errno}).` };
  }
  const level = readText(path.join(roots.proc, "sys/kernel/perf_event_paranoid")) ?? "unknown";
  return {
    ...LABEL,
    reason: `Whole processors may be watched at kernel.perf_event_paranoid 0 or below, or with CAP_PERFMON (Linux 5.8); here it is ${level} (1: own processes only, 2: without the kernel, 3 and more: nothing). Lowering it would let every user watch every process, so the group for powercap, where the machine has it, is the smaller step.`,
  };
}
