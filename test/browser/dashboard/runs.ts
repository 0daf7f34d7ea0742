/** Runs as the fold would give them, with series that add up: what is drawn in these tests is what a person would see. */

import type { GridBasis } from "../../../src/energy/journal.ts";
import type { MeterDescriptor } from "../../../src/energy/meters/meter.ts";
import type { Gap, Mark, MeterEnergy, PowerSeries, RunSummary } from "../../../src/energy/run.ts";
import { type Quantity, sumQuantities } from "../../../src/quantity.ts";

export interface MadeRun {
  summary: RunSummary;
  series: PowerSeries;
}

type Kind = "gpu" | "cpu" | "dram" | "cpu-model" | "dram-model" | "gpu-estimate";

const GERMANY: GridBasis = {
  zone: "DE",
  name: "Germany",
  gramsPerKwh: 342.06,
  low: 331,
  high: 353,
  year: 2024,
  source: "Ember",
  chosenBy: "fairwatt.toml",
};

const METERS: Record<Kind, Omit<MeterDescriptor, "maxPower" | "counted" | "unit">> = {
  gpu: {
    id: "nvml:GPU-4f1c",
    component: "gpu",
    label: "GPU 0",
    kind: "counter",
    method: "measured",
    instrument: "NVML energy counter, NVIDIA H100",
    error: 0.01,
    errorSource: "NVML total energy against its own power readings",
    attribution: "gpu-process",
  },
  "gpu-estimate": {
    id: "estimate:gpu",
    component: "gpu",
    label: "GPU 0",
    kind: "model",
    method: "estimated",
    instrument: "board power limit",
    error: 0.6,
    errorSource: "idle to the board's limit",
    attribution: "whole",
  },
  cpu: {
    id: "powercap:intel-rapl:0",
    component: "cpu",
    label: "CPU package 0",
    kind: "counter",
    method: "measured",
    instrument: "RAPL package (powercap)",
    error: 0.02,
    errorSource: "Khan et al. 2018, Haswell and later",
    attribution: "cpu-time",
  },
  dram: {
    id: "powercap:intel-rapl:0:0",
    component: "dram",
    label: "RAM 0",
    kind: "counter",
    method: "measured",
    instrument: "RAPL dram (powercap)",
    error: 0.05,
    errorSource: "Desrochers et al. 2016",
    attribution: "resident-memory",
  },
  "cpu-model": {
    id: "model:cpu",
    component: "cpu",
    label: "CPU",
    kind: "model",
    method: "modelled",
    instrument: "CPU load model, 8 of 64 cores",
    error: 0.4,
    errorSource: "spread of SPECpower results of servers with this many cores",
    attribution: "cpu-time",
    basis: "idle and full power of comparable servers",
  },
  "dram-model": {
    id: "model:dram",
    component: "dram",
    label: "RAM",
    kind: "model",
    method: "modelled",
    instrument: "RAM model, 64 GiB",
    error: 0.5,
    errorSource: "0.2 to 0.6 W/GiB, module data sheets",
    attribution: "resident-memory",
  },
};

export interface RunOptions {
  id?: string;
  name?: string;
  argv?: string[];
  seconds: number;
  meters: Kind[];
  state?: RunSummary["state"];
  startedAt: number;
  epochs?: { done: number; total: number; metrics?: boolean };
  gaps?: Gap[];
  grid?: GridBasis | null;
  scale?: number;
  stateReason?: string;
  rejected?: RunSummary["rejected"];
  notices?: string[];
  commit?: string;
  dirty?: boolean;
  points?: number;
}

/** A fixed sequence in place of chance, so that screenshots are the same each time. */
const wobble = (i: number, seed: number): number =>
  Math.sin(i * 0.7 + seed) * 0.5 + Math.sin(i * 0.13 + seed * 3) * 0.3 + Math.sin(i * 2.9 + seed * 7) * 0.2;

function powerAt(kind: Kind, second: number, options: RunOptions): number {
  const scale = options.scale ?? 1;
  const perEpoch = options.epochs ? options.seconds / Math.max(1, options.epochs.done + 0.4) : 60;
  const within = (second % perEpoch) / perEpoch;
  const validating = within > 0.86;
  const loading = second < Math.min(12, options.seconds * 0.08);
  switch (kind) {
    case "gpu":
    case "gpu-estimate":
      return scale * (loading ? 62 : validating ? 128 : 184 + 6 * wobble(second, 1));
    case "cpu":
    case "cpu-model":
      return loading ? 58 + 6 * wobble(second, 2) : validating ? 38 : 24 + 3 * wobble(second, 2);
    default:
      return 6 + 0.4 * wobble(second, 3);
  }
}

let serial = 0;

export function makeRun(options: RunOptions): MadeRun {
  const { seconds, meters, gaps = [] } = options;
  const count = options.points ?? Math.max(1, Math.round(seconds));
  const step = seconds / count;
  const t = Array.from({ length: count }, (_, i) => (i + 1) * step);
  const inGap = (at: number, label: string) =>
    gaps.some((gap) => at > gap.from && at <= gap.to && (gap.meter === undefined || gap.meter === label));
  const rows = meters.map((kind) => ({
    kind,
    id: METERS[kind].id,
    label: METERS[kind].label,
    component: METERS[kind].component,
    method: METERS[kind].method,
    values: t.map((at) => (inGap(at, METERS[kind].label) ? Number.NaN : powerAt(kind, at, options))),
  }));
  const energy: number[] = [];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (const row of rows) sum += Number.isNaN(row.values[i]!) ? 0 : row.values[i]! * step;
    energy.push(sum);
  }
  const energies = rows.map((row): MeterEnergy => meterEnergy(row.kind, row.values, step, seconds));
  const total = sumQuantities(
    "J",
    energies.map((entry) => entry.run),
  );
  const state = options.state ?? "finished";
  const last = rows.reduce((watts, row) => watts + (row.values.at(-1) || 0), 0);
  const id = options.id ?? `01JD7Q${String(serial++).padStart(20, "0")}`;
  const grid = options.grid === null ? undefined : (options.grid ?? GERMANY);
  const pieces = 48;
  const summary: RunSummary = {
    v: 1,
    id,
    name: options.name ?? "train.py",
    argv: options.argv ?? ["python", "train.py", "--epochs", "40"],
    cwd: "/home/ada/credit",
    folder: "/home/ada/credit",
    host: "lab-07",
    state,
    stateReason: options.stateReason,
    exitCode: state === "finished" ? 0 : state === "failed" ? 1 : null,
    signal: null,
    startedAt: options.startedAt,
    endedAt: state === "running" ? null : options.startedAt + seconds * 1000,
    duration: seconds,
    git: { commit: options.commit ?? "3f2c1a09c1d2", branch: "main", dirty: options.dirty ?? false },
    hardware: { cpu: "AMD EPYC 9354", logicalCpus: 64, memoryBytes: 64 * 2 ** 30, os: "Linux 6.8" },
    interval: 1,
    pid: 4711,
    energy: total,
    machineEnergy: { ...total, value: total.value * 1.31, low: total.low * 1.31, high: total.high * 1.31 },
    power: {
      ...total,
      unit: "W",
      value: last,
      low: (last * total.low) / total.value,
      high: (last * total.high) / total.value,
    },
    meters: energies,
    uncounted: [],
    rejected: options.rejected ?? [],
    notCovered: ["disk", "network", "display"],
    coverage:
      1 - gaps.filter((gap) => !gap.meter).reduce((lost, gap) => lost + gap.to - gap.from, 0) / seconds,
    gaps,
    marks: marksOf(options),
    grid,
    pue: 1.2,
    notices: options.notices ?? [],
    sparkline: Array.from({ length: pieces }, (_, i) => {
      const at = Math.floor(((i + 0.5) * count) / pieces);
      return rows.reduce((watts, row) => watts + (row.values[at] || 0), 0);
    }),
  };
  return { summary, series: { t, energy, watts: rows.map(({ kind: _, ...row }) => row) } };
}

function meterEnergy(kind: Kind, values: number[], step: number, seconds: number): MeterEnergy {
  const meter: MeterDescriptor = { ...METERS[kind], maxPower: 1000, counted: true, unit: 1e-6 };
  const value = values.reduce((joules, watts) => joules + (Number.isNaN(watts) ? 0 : watts * step), 0);
  const run: Quantity<"J"> = {
    value,
    unit: "J",
    method: meter.method,
    instrument: meter.instrument,
    covers: [meter.label],
    low: value * (1 - meter.error),
    high: value * (1 + meter.error),
    basis: meter.kind === "model" ? "power by load, integrated" : "difference of counter readings",
  };
  return {
    meter,
    run,
    machine: { ...run, value: value * 1.31, low: run.low * 1.31, high: run.high * 1.31 },
    power: values.at(-1) || null,
    seconds: values.filter((watts) => !Number.isNaN(watts)).length * (seconds / values.length),
    share: meter.attribution === "cpu-time" ? "share of busy CPU time" : "share of SM utilisation",
  };
}

function marksOf({ epochs, seconds }: RunOptions): Mark[] {
  if (!epochs) return [];
  const length = seconds / (epochs.done + 0.4);
  const marks: Mark[] = [{ at: Math.min(12, seconds * 0.02), kind: "phase", name: "train" }];
  for (let index = 1; index <= epochs.done; index++) {
    const loss = 0.35 + 0.9 * Math.exp(-index / 7) + 0.012 * wobble(index, 5);
    const metrics = epochs.metrics === false ? undefined : { loss, accuracy: 1 - loss / 2.4 };
    marks.push({ at: index * length, kind: "epoch", index, total: epochs.total, metrics });
  }
  return marks;
}

/** A Saturday afternoon; all times below lie before it. */
export const NOW = Date.UTC(2026, 10, 21, 14, 31, 0);

export const liveRun = (): MadeRun =>
  makeRun({
    id: "01JD7QLIVE0000000000000000",
    seconds: 751,
    meters: ["cpu", "dram", "gpu"],
    state: "running",
    startedAt: NOW - 751_000,
    epochs: { done: 14, total: 40 },
    dirty: true,
  });

export const finishedRun = (): MadeRun =>
  makeRun({
    id: "01JD7QDONE0000000000000000",
    seconds: 2140,
    meters: ["cpu", "dram", "gpu"],
    startedAt: NOW - 5 * 3_600_000,
    epochs: { done: 40, total: 40 },
  });

export const modelledRun = (): MadeRun =>
  makeRun({
    id: "01JD7QMODE0000000000000000",
    name: "credit/train.py",
    seconds: 48,
    meters: ["cpu-model", "dram-model"],
    startedAt: NOW - 26 * 3_600_000,
    epochs: { done: 12, total: 12 },
    rejected: [
      {
        id: "powercap",
        component: "cpu",
        label: "RAPL package",
        reason: "energy_uj exists, but only root may read it.",
        remedy: "sudo chmod a+r /sys/class/powercap/intel-rapl:*/energy_uj",
      },
      { id: "nvml", component: "gpu", label: "NVIDIA GPU", reason: "libnvidia-ml.so.1 was not found." },
    ],
  });

export const interruptedRun = (): MadeRun =>
  makeRun({
    id: "01JD7QGAPS0000000000000000",
    name: "finetune.py",
    seconds: 900,
    meters: ["cpu", "dram", "gpu"],
    state: "interrupted",
    stateReason: "Its processes are gone and it has no end record; all energy up to the last sample is kept.",
    startedAt: NOW - 50 * 3_600_000,
    gaps: [
      { from: 210, to: 295, reason: "the sampler was killed and started again" },
      { from: 610, to: 660, meter: "GPU 0", reason: "the counter could not be read" },
    ],
    notices: ["2 lines of the journal could not be read and were left out."],
  });

export const estimatedRun = (): MadeRun =>
  makeRun({
    id: "01JD7QESTI0000000000000000",
    name: "serve.py",
    seconds: 300,
    meters: ["cpu-model", "dram-model", "gpu-estimate"],
    state: "failed",
    grid: null,
    startedAt: NOW - 75 * 3_600_000,
  });

export const longRun = (): MadeRun =>
  makeRun({
    id: "01JD7Q0NGR0000000000000000",
    name: "pretrain.py",
    seconds: 36_000,
    meters: ["cpu", "dram", "gpu"],
    state: "stopped",
    startedAt: NOW - 100 * 3_600_000,
    epochs: { done: 120, total: 400 },
  });

/** Finished runs of one script, newest first, each a little other than the one before. */
export const history = (count: number): MadeRun[] =>
  Array.from({ length: count }, (_, i) =>
    makeRun({
      id: `01JD7QHST${String(i).padStart(17, "0")}`,
      seconds: 2140 + 160 * wobble(i, 9),
      meters: ["cpu", "dram", "gpu"],
      startedAt: NOW - (8 + 7 * i) * 3_600_000,
      epochs: { done: i % 5 === 3 ? 37 : 40, total: 40 },
      scale: 1 + 0.14 * wobble(i, 4),
      commit: ["a91f22e0", "77c0d1e4", "0be4410a", "c2d95f17"][i % 4],
      dirty: i % 3 === 0,
      state: i % 11 === 6 ? "failed" : "finished",
      points: 240,
    }),
  );
