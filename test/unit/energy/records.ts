/** Journal records for tests: a host with one RAPL package unless told otherwise. */

import type { JournalRecord, SampleRecord } from "../../../src/energy/journal.ts";
import type { MeterDescriptor } from "../../../src/energy/meters/meter.ts";

export const WRAP = 262_143_328_850;

export const packageMeter: MeterDescriptor = {
  id: "powercap:intel-rapl:0",
  component: "cpu",
  label: "CPU package 0",
  kind: "counter",
  method: "measured",
  instrument: "RAPL package (powercap)",
  unit: 1e-6,
  wrapsAt: WRAP,
  maxPower: 400,
  error: 0.03,
  errorSource: "test",
  attribution: "cpu-time",
  counted: true,
};

export const gpuMeter: MeterDescriptor = {
  id: "nvml:GPU-1:energy",
  component: "gpu",
  label: "GPU 0",
  kind: "counter",
  method: "measured",
  instrument: "NVML energy counter",
  unit: 1e-3,
  maxPower: 500,
  error: 0.05,
  errorSource: "test",
  attribution: "gpu-process",
  counted: true,
  crossCheck: "nvml:GPU-1:power",
};

export const gpuPowerMeter: MeterDescriptor = {
  ...gpuMeter,
  id: "nvml:GPU-1:power",
  kind: "power",
  instrument: "NVML power",
  counted: false,
  uncountedReason: "the energy counter is used",
  crossCheck: undefined,
};

export const modelMeter: MeterDescriptor = {
  id: "model:cpu",
  component: "cpu",
  label: "CPU (model)",
  kind: "model",
  method: "modelled",
  instrument: "load model",
  unit: 1,
  maxPower: 0,
  error: 0,
  errorSource: "",
  attribution: "cpu-time",
  counted: true,
  model: {
    kind: "cpu-load",
    cpus: 4,
    low: [
      [0, 5],
      [1, 50],
    ],
    mid: [
      [0, 10],
      [1, 90],
    ],
    high: [
      [0, 20],
      [1, 120],
    ],
  },
};

export const START = 1_000;
export const WALL = 1_790_000_000;

/** Runner's and sampler's start; the run begins at monotonic START. */
export function startRecords(
  meters: readonly MeterDescriptor[],
  options: { attribution?: "process" | "machine"; interval?: number; runner?: number; sampler?: number } = {},
): { runner: JournalRecord; sampler: JournalRecord } {
  const { attribution = "process", interval = 1, runner = 10, sampler = 11 } = options;
  const common = {
    type: "start" as const,
    v: 1 as const,
    t: WALL,
    mono: START,
    run: "01RUN",
    host: "h",
    boot: "b",
  };
  return {
    runner: {
      ...common,
      role: "runner",
      name: "train.py",
      argv: ["python", "train.py"],
      cwd: "/p",
      folder: "/p",
      pid: runner,
      fairwatt: "0.1.0",
      interval,
      pue: 1,
      attribution,
    },
    sampler: {
      ...common,
      role: "sampler",
      pid: sampler,
      runner,
      interval,
      hardware: { cpu: "x", logicalCpus: 4, memoryBytes: 8e9, os: "linux" },
      meters: [...meters],
      rejected: [],
    },
  };
}

/** A sample `at` seconds after the start. CPU: `busy` and `tree` seconds, by default all of one processor. */
export function sampleAt(
  at: number,
  r: Record<string, number | null>,
  more: Partial<Omit<SampleRecord, "type" | "r">> = {},
): SampleRecord {
  return {
    type: "sample",
    t: WALL + at,
    mono: START + at,
    r,
    cpu: { busy: 100 + at, tree: at },
    ...more,
  };
}
