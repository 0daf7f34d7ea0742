/** All sources of energy, in order of trust. To add one: a file beside this one, and a line here. */

import * as path from "node:path";
import { calibrationFolders, readCalibration } from "../calibration.node.ts";
import { calibrated } from "../calibration.ts";
import { discoverBattery } from "./battery.node.ts";
import { discoverCpuModel } from "./cpu-model.node.ts";
import { discoverEmi } from "./emi.node.ts";
import { discoverHwmon } from "./hwmon.node.ts";
import { discoverMacmon } from "./macmon.node.ts";
import type { Component, Discovery, Meter, MeterSource, Roots } from "./meter.ts";
import { discoverNvidiaSmi } from "./nvidia-smi.node.ts";
import { discoverNvml } from "./nvml.node.ts";
import { discoverPerfEvent } from "./perf-event.node.ts";
import { discoverPowercap } from "./powercap.node.ts";
import { discoverRamModel } from "./ram-model.node.ts";
import { overlapReasons } from "./scopes.ts";

interface NamedSource {
  id: string;
  component: Component;
  label: string;
  discover: MeterSource;
  /** Where it calls into a driver's library, which can crash the process that it is loaded into. */
  library?: "anywhere" | NodeJS.Platform;
}

const NAMED: readonly NamedSource[] = [
  {
    id: "powercap",
    component: "cpu",
    label: "CPU and RAM energy counters (RAPL)",
    discover: discoverPowercap,
  },
  {
    id: "perf",
    component: "cpu",
    label: "CPU and RAM energy counters (perf_event)",
    discover: discoverPerfEvent,
  },
  { id: "nvml", component: "gpu", label: "NVIDIA GPUs (NVML)", discover: discoverNvml, library: "anywhere" },
  {
    id: "nvidia-smi",
    component: "gpu",
    label: "NVIDIA GPUs (nvidia-smi)",
    discover: discoverNvidiaSmi,
  },
  { id: "macmon", component: "cpu", label: "Apple Silicon (macmon)", discover: discoverMacmon },
  {
    id: "emi",
    component: "cpu",
    label: "CPU energy counters (Windows EMI)",
    discover: discoverEmi,
    library: "win32",
  },
  { id: "hwmon", component: "platform", label: "Sensors of the kernel (hwmon)", discover: discoverHwmon },
  { id: "battery", component: "platform", label: "Battery discharge", discover: discoverBattery },
  { id: "model:cpu", component: "cpu", label: "CPU load model", discover: discoverCpuModel },
  { id: "model:ram", component: "dram", label: "RAM model", discover: discoverRamModel },
];

/** A source that fails in a way that nobody foresaw is a rejected meter, and the others go on. */
function guarded({ id, component, label, discover }: NamedSource): MeterSource {
  return (roots, accepted) => {
    try {
      return discover(roots, accepted);
    } catch (error) {
      const reason = `Looking for it failed: ${error instanceof Error ? error.message : String(error)}.`;
      return { accepted: [], rejected: [{ id, component, label, reason }] };
    }
  };
}

export const SOURCES: readonly MeterSource[] = NAMED.map(guarded);

/** All sources but those that call into a driver's library, which are rejected with the reason why they are left alone. */
export function sourcesWithoutLibraries(reason: string): MeterSource[] {
  return NAMED.map(({ id, component, label, library }, i) => {
    if (!library) return SOURCES[i]!;
    return ({ platform = process.platform }) => ({
      accepted: [],
      rejected: library === "anywhere" || library === platform ? [{ id, component, label, reason }] : [],
    });
  });
}

/** Looks for every meter of this machine. Synchronous; about 10 ms without a GPU, once per run. */
export function discoverMeters(roots: Roots, sources: readonly MeterSource[] = SOURCES): Discovery {
  const all: Discovery = { accepted: [], rejected: [] };
  for (const source of sources) {
    const { accepted, rejected } = source(
      roots,
      all.accepted.map(({ descriptor }) => descriptor),
    );
    all.accepted.push(...accepted);
    all.rejected.push(...rejected);
    settle(all.accepted);
  }
  const found = readCalibration(roots);
  if (found) {
    for (const { descriptor } of all.accepted) {
      Object.assign(descriptor, calibrated(descriptor, found.calibration));
    }
  }
  return all;
}

/** Takes out of the sum what a more trusted meter covers; before the models look for what is left to them. */
function settle(meters: readonly Meter[]): void {
  const measuring = meters.map(({ descriptor }) => descriptor).filter(({ kind }) => kind !== "model");
  const reasons = overlapReasons(measuring);
  for (const descriptor of measuring) {
    const reason = reasons.get(descriptor.id);
    if (reason) Object.assign(descriptor, { counted: false, uncountedReason: reason });
  }
}

/**
 * The machine that this process is on. FAIRWATT_SYS, FAIRWATT_PROC, FAIRWATT_POWERCAP and FAIRWATT_NVML name other
 * places: a host's folders mounted into a container, or a test's.
 */
export function defaultRoots(env: Readonly<Record<string, string | undefined>>): Roots {
  return {
    sys: env.FAIRWATT_SYS || "/sys",
    proc: env.FAIRWATT_PROC || "/proc",
    powercap: env.FAIRWATT_POWERCAP || undefined,
    nvml: env.FAIRWATT_NVML || defaultNvml(env),
    calibration: calibrationFolders(env),
    env,
  };
}

function defaultNvml(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform !== "win32") return "libnvidia-ml.so.1";
  return path.join(env.SystemRoot ?? "C:\\Windows", "System32", "nvml.dll");
}
