/**
 * What a meter is. A meter only reads: it returns raw values, the fold (../fold.ts) turns them into energy. So a
 * journal holds what the hardware said, and any figure can be computed again from it.
 */

import type { Method } from "../../quantity.ts";

export const COMPONENTS = ["cpu", "dram", "gpu", "platform"] as const;
export type Component = (typeof COMPONENTS)[number];

/** How the run's part of a meter is found. */
export type Attribution = "cpu-time" | "resident-memory" | "gpu-process" | "whole";

/** Watts at a load between 0 and 1: sorted points, straight lines between them, flat outside. */
export type PowerCurve = readonly (readonly [load: number, watts: number])[];

/** What a model needs to turn the load of an interval into power. All in watts, for the part of the machine it covers. */
export interface PowerModel {
  /** "cpu-load": by the busy part of `cpus`; "constant": the load is not looked at. */
  kind: "cpu-load" | "constant";
  /** CPUs that a load of 1 keeps busy (the container's limit where there is one). */
  cpus: number;
  low: PowerCurve;
  mid: PowerCurve;
  high: PowerCurve;
}

/** Everything known of an accepted meter; written into the journal once, before its first reading. */
export interface MeterDescriptor {
  /** Stable on one host: "powercap:intel-rapl:0", "nvml:GPU-<uuid>", "model:cpu". */
  id: string;
  component: Component;
  /** Parts of the machine that it covers ("cpu:0", "gpu:GPU-<uuid>", "machine"; see scopes.ts). Absent: its component. */
  parts?: readonly string[];
  /** What a person calls it: "CPU package 0", "GPU 0". */
  label: string;
  /** "counter": raw values accumulate energy; "power": raw values are momentary power; "model": there are no readings. */
  kind: "counter" | "power" | "model";
  method: Method;
  /** "RAPL package (powercap)", "NVML energy counter, NVIDIA H100". */
  instrument: string;
  /** Joules in one raw unit of a counter, or watts in one raw unit of a power meter. Not used by models. */
  unit: number;
  /** Counter only: raw value at which it wraps to 0, where known. */
  wrapsAt?: number;
  /** Counter and power: more watts than this cannot be; such a step is rejected. */
  maxPower: number;
  /** Relative error of the instrument, e.g. 0.03, and where that figure is from. */
  error: number;
  errorSource: string;
  /** Power of the idle device as it was measured here, W, and the day. */
  idle?: { watts: number; at: string };
  attribution: Attribution;
  /** False for what is recorded beside the sum and never added to it (psys, core, a GPU that the run may not see). */
  counted: boolean;
  /** Why it is not counted. */
  uncountedReason?: string;
  /** True where it may fall silent without being broken (a battery on mains power), so that a model has to stand in. */
  intermittent?: boolean;
  /** Ids of meters that it stands in for: it counts only while none of them gives a reading. */
  insteadOf?: readonly string[];
  model?: PowerModel;
  /** Id of another meter of the same device that must agree with this one (an energy counter and its power). */
  crossCheck?: string;
  /** Where the model's figures are from, or what else a reader should know. */
  basis?: string;
}

/** A meter that was looked for and not used, with what would make it available. */
export interface RejectedMeter {
  id: string;
  component: Component;
  label: string;
  /** One sentence: what was found. */
  reason: string;
  /** What the user can do, with the exact command where there is one; absent where nothing can be done. */
  remedy?: string;
  /** What `fairwatt doctor --fix` can do about it (permission-fix.ts). */
  fix?: "rapl-group" | "rapl-module" | "sensor-group";
}

/** GPU use by process in the last interval, as far as the driver tells. */
export interface GpuProcesses {
  /**
   * pid -> weight (time on the device, memory where nothing else is known, or its part of the MIG instances in use).
   * Empty: it is known that nobody used it, and what it used then is nobody's.
   */
  weights: ReadonlyMap<number, number>;
  /** True where the pids are sure to be numbers of this process's own namespace, in a container too. */
  ownNumbers?: boolean;
  basis: "utilisation" | "memory" | "instances";
}

/** Raw value of one meter at one moment; null when it could not be read. */
export type Reading = number | null;

export interface Meter {
  readonly descriptor: MeterDescriptor;
  /** Reads the raw value. Never throws; null when unreadable. Models have none and return null. */
  read(): Reading;
  /** GPUs: who used it since the last call; null when the driver does not tell (then the whole device is the run's). */
  processes?(): GpuProcesses | null;
  close?(): void;
}

/** Where the machine is read from. Tests point these at fixture trees and at a fake library. */
export interface Roots {
  sys: string;
  proc: string;
  /** "/dev", unless told. */
  dev?: string;
  /** Folder of the powercap zones where it is not under `sys` (the host's, mounted into a container). */
  powercap?: string;
  /** Path or soname of the NVIDIA management library. */
  nvml: string;
  /** C library through which perf_event_open is called. */
  libc?: string;
  /** System whose meters are looked for, where it is not the one this process runs on. */
  platform?: NodeJS.Platform;
  /** One library in the place of Windows' cfgmgr32.dll and kernel32.dll. */
  windows?: string;
  /** Folders with what `fairwatt calibrate` found on this machine, the first that has something counts. */
  calibration?: readonly string[];
  /** Environment of the measured command, for CUDA_VISIBLE_DEVICES. */
  env: Readonly<Record<string, string | undefined>>;
}

export interface Discovery {
  accepted: Meter[];
  rejected: RejectedMeter[];
}

/**
 * Looks for the meters of one source. Must not throw: what goes wrong is a rejected meter.
 * Sources are listed in order of trust (./index.node.ts); a source sees what earlier ones accepted, so that the
 * models fill in only the components that nothing measures.
 */
export type MeterSource = (roots: Roots, accepted: readonly MeterDescriptor[]) => Discovery;
