/** Looks at all meters of this machine for a moment (doctor.ts says what was seen). */

import { setTimeout as wait } from "node:timers/promises";
import { readCalibration } from "./calibration.node.ts";
import type { Look } from "./doctor.ts";
import { readCgroupLimits, readHardware } from "./hardware.node.ts";
import { MachineUse } from "./machine-use.node.ts";
import { discoverMeters } from "./meters/index.node.ts";
import type { Roots } from "./meters/meter.ts";

/** Discovers the meters, reads each twice `seconds` apart and closes them. */
export async function lookAtMeters(roots: Roots, seconds = 1): Promise<Look> {
  const hardware = readHardware(roots);
  const limits = readCgroupLimits(roots, hardware);
  const { accepted, rejected } = discoverMeters(roots);
  const machine = new MachineUse(roots.proc);
  const take = () => ({
    at: performance.now(),
    readings: accepted.map((meter) => meter.read()),
    busy: machine.busySeconds(),
    slice: limits.sliceCpuSeconds() ?? undefined,
  });
  const first = take();
  await wait(seconds * 1000);
  const second = take();
  for (const meter of accepted) meter.close?.();
  machine.close();
  const found = readCalibration(roots);
  return {
    hardware,
    limits: { cpus: limits.cpus, memoryBytes: limits.memoryBytes },
    seconds: (second.at - first.at) / 1000,
    meters: accepted.map(({ descriptor }, i) => ({
      descriptor,
      first: first.readings[i] ?? null,
      second: second.readings[i] ?? null,
    })),
    rejected,
    calibration: found && { at: found.calibration.at, file: found.file },
    busy: difference(first.busy, second.busy),
    slice: difference(first.slice, second.slice),
  };
}

function difference(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined || second === undefined ? undefined : second - first;
}
