/** How other meters of training runs were seen to fail, one test each: what they did is in the name, what must hold in the body. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import Papa from "papaparse";
import { afterEach, describe, expect, test } from "vitest";
import { checkZone } from "../../../src/carbon/resolve-zone.node.ts";
import { findZone } from "../../../src/carbon/zones.node.ts";
import { loadProject } from "../../../src/config/load.node.ts";
import { notCovered, RunFold } from "../../../src/energy/fold.ts";
import { discoverMeters } from "../../../src/energy/meters/index.node.ts";
import type { MeterDescriptor } from "../../../src/energy/meters/meter.ts";
import { installedBytes, installedWatts } from "../../../src/energy/meters/ram-power.ts";
import { findProjectFolder } from "../../../src/energy/run-folder.node.ts";
import { JOULES_PER_KWH } from "../../../src/quantity.ts";
import { carbontrackerReader } from "../../../src/report/exchange/read-carbontracker.ts";
import { codecarbonReader } from "../../../src/report/exchange/read-codecarbon.ts";
import { codecarbonCsv } from "../../../src/report/exchange/write-codecarbon.ts";
import { type Planted, plant } from "../../fixtures/sys/plant.ts";
import { fixtureRun, LONG, SHORT } from "../cli/fixture-runs.ts";
import { gpuMeter, gpuPowerMeter, packageMeter, sampleAt, startRecords, WRAP } from "./records.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
});

/** A run whose only meter is read once a second; raw values as told. */
function fold(meter: MeterDescriptor, raw: readonly (number | null)[]) {
  const run = new RunFold();
  const { runner, sampler } = startRecords([meter], { attribution: "machine" });
  run.push(runner, "r");
  run.push(sampler, "s");
  raw.forEach((value, i) => {
    run.push(sampleAt(i, { [meter.id]: value }), "s");
  });
  return run.summary({ alive: false });
}

describe("counters of the processor", () => {
  test("an unreadable sample was taken for 0, and a run of 750 J came to 262,894 J", () => {
    const start = 62_000e6;
    const raw = Array.from({ length: 16 }, (_, i) => (i === 7 ? null : start + i * 50e6));
    expect(fold(packageMeter, raw).energy.value).toBeCloseTo(750);
  });

  test("a restarted counter was taken for a wrap: 62,148 J for 5 J", () => {
    const { energy, gaps } = fold(packageMeter, [200_000e6, 200_002.5e6, 1e6, 3.5e6]);
    expect(energy.value).toBeCloseTo(5);
    expect(gaps[0]?.reason).toBe("the counter was restarted");
  });

  test("a negative step was recorded where the counter's range cannot be read", () => {
    const { energy } = fold({ ...packageMeter, wrapsAt: undefined }, [9e6, 10e6, 1e6, 2e6]);
    expect(energy.value).toBeCloseTo(2);
  });

  test("a wrap gave 0 W, or a dropped sample", () => {
    const raw = [WRAP - 20e6, 30e6, 80e6];
    expect(fold(packageMeter, raw).energy.value).toBeCloseTo(100, 0);
  });

  test("a torn read came out as 53 kW", () => {
    const { energy, gaps } = fold(packageMeter, [10e6, 60e6, 53_000e6, 53_050e6]);
    expect(energy.value).toBeCloseTo(100);
    expect(gaps[0]?.reason).toContain("rose by more than");
  });

  test("the dies of one socket were counted twice", () => {
    const tree = plant("amd-threadripper");
    planted.push(tree);
    const { accepted } = discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} });
    expect(
      accepted.filter(({ descriptor }) => descriptor.counted && descriptor.component === "cpu"),
    ).toHaveLength(1);
  });
});

describe("graphics", () => {
  test("a GPU without an energy counter, or with one that stands still, was 0 kWh", () => {
    expect(fold({ ...gpuPowerMeter, counted: true }, Array(11).fill(250_000)).energy.value).toBeCloseTo(2500);
    const run = new RunFold();
    const { runner, sampler } = startRecords([gpuMeter, gpuPowerMeter], { attribution: "machine" });
    run.push(runner, "r");
    run.push(sampler, "s");
    for (let i = 0; i <= 40; i++)
      run.push(sampleAt(i, { [gpuMeter.id]: 7, [gpuPowerMeter.id]: 100_000 }), "s");
    expect(run.summary({ alive: false }).energy.value).toBeCloseTo(4000);
  });

  test("a Mac was 85 W of processor and no graphics, without a word", () => {
    const tree = plant("kvm");
    planted.push(tree);
    const roots = { sys: "/none", proc: tree.proc, nvml: "/none", env: {}, platform: "darwin" } as const;
    const { accepted, rejected } = discoverMeters(roots);
    const missing = notCovered(
      accepted.filter((meter) => meter.descriptor.counted).map(({ descriptor }) => ({ meter: descriptor })),
      rejected,
    );
    expect(missing).toContain("GPU");
    expect(rejected.find(({ id }) => id === "macmon")?.remedy).toBe("brew install macmon");
    expect(accepted.every(({ descriptor }) => descriptor.method !== "measured")).toBe(true);
  });
});

test("251 GB of memory were 70 W, 256 GB 38 W: more memory never needs less, and firmware's share changes nothing", () => {
  const watts = (gb: number) => installedWatts(installedBytes(gb * 2 ** 30) / 2 ** 30);
  expect(watts(251)).toEqual(watts(256));
  let last = 0;
  for (let gb = 1; gb <= 2048; gb += 3) {
    expect(watts(gb).mid).toBeGreaterThanOrEqual(last);
    last = watts(gb).mid;
  }
});

test("facility overhead was multiplied into the energy: it is kept beside it", () => {
  const run = new RunFold();
  const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
  run.push({ ...runner, pue: 1.58 } as typeof runner, "r");
  run.push(sampler, "s");
  run.push(sampleAt(0, { [packageMeter.id]: 0 }), "s");
  run.push(sampleAt(10, { [packageMeter.id]: 500e6 }), "s");
  expect(run.summary({ alive: false })).toMatchObject({ pue: 1.58, energy: { value: 500 } });
});

test("a laptop that slept was billed for the whole night at its power", () => {
  const { energy, gaps } = fold({ ...gpuPowerMeter, counted: true }, []);
  expect([energy.value, gaps]).toEqual([0, []]);
  const run = new RunFold();
  const { runner, sampler } = startRecords([{ ...gpuPowerMeter, counted: true }], { attribution: "machine" });
  run.push(runner, "r");
  run.push(sampler, "s");
  for (const at of [0, 1, 2]) run.push(sampleAt(at, { [gpuPowerMeter.id]: 100_000 }), "s");
  for (const at of [30_000, 30_001]) run.push(sampleAt(at, { [gpuPowerMeter.id]: 100_000 }), "s");
  const slept = run.summary({ alive: false });
  expect(slept.energy.value).toBeCloseTo(300);
  expect(slept.gaps.map(({ reason }) => reason).join()).toContain("no power reading for 29998 s");
});

test("parallel trackers each counted the whole machine: the parts of two runs add up to it", () => {
  const part = (tree: number) => {
    const run = new RunFold();
    const { runner, sampler } = startRecords([packageMeter]);
    run.push(runner, "r");
    run.push(sampler, "s");
    for (let i = 0; i <= 10; i++) {
      run.push(sampleAt(i, { [packageMeter.id]: i * 60e6 }, { cpu: { busy: 4 * i, tree: tree * i } }), "s");
    }
    return run.summary({ alive: false }).energy.value;
  };
  expect(part(3) + part(1)).toBeCloseTo(600);
});

describe("a file to which each flush appended the sum so far, so that its column came to more than was used", () => {
  const rows = (text: string) =>
    Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

  test("what is written has one row for each run, and they add up to the runs", async () => {
    const runs = [await fixtureRun(LONG), await fixtureRun(SHORT)];
    const text = codecarbonCsv(runs, { fairwatt: "0.1.0", countryOf: () => undefined });
    const kwh = rows(text).map((row) => Number(row.energy_consumed));
    expect(kwh).toHaveLength(2);
    // Of the facility, as that file's columns are.
    const truth = runs.reduce((sum, { energy, pue }) => sum + energy.value * pue, 0);
    expect(kwh.reduce((sum, each) => sum + each) * JOULES_PER_KWH).toBeCloseTo(truth, 3);
  });

  test("what is read of such a file is the last sum, once", () => {
    const file = path.resolve(import.meta.dirname, "../../fixtures/exchange/codecarbon-3.3.csv");
    const text = fs.readFileSync(file, "utf8");
    expect(rows(text)).toHaveLength(2);
    const { records } = codecarbonReader.read(text, "emissions.csv");
    expect(records).toHaveLength(1);
    expect(records[0]!.notices).toContain(
      "2 rows of this run, each with the sum so far: the last one counts",
    );
  });
});

test("logs of several GPUs could not be read by the tool that wrote them: they can be imported", () => {
  const log = [
    "2026-11-22 12:00:00 - carbontracker version 2.4.7",
    "2026-11-22 12:00:00 - The following components were found: GPU with device(s) A100, A100.",
    "2026-11-22 12:00:10 - Epoch 1:",
    "2026-11-22 12:00:10 - Duration: 0:00:10.00",
    "2026-11-22 12:00:10 - Average power usage (W) for gpu: [100. 150.]",
  ].join("\n");
  expect(carbontrackerReader.read(log, "log").records[0]!.energy!.value).toBeCloseTo(2500);
});

test("a settings file in the working folder was never read, as the one at home was looked at in its place", () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-home-"));
  try {
    const project = path.join(home, "project");
    const below = path.join(project, "training");
    fs.mkdirSync(below, { recursive: true });
    fs.writeFileSync(path.join(home, "fairwatt.toml"), 'zone = "PL"\npue = 2\n');
    fs.writeFileSync(path.join(project, "fairwatt.toml"), 'zone = "FR"\n');
    const { file, config } = loadProject(findProjectFolder(below));
    expect(file).toBe(path.join(project, "fairwatt.toml"));
    expect(config).toMatchObject({ zone: "FR", pue: 1 });
  } finally {
    fs.rmSync(home, { recursive: true });
  }
});

describe("regions of two of three clouds fell back to the average of their country, and a region was misspelled", () => {
  test.each([
    "aws:eu-west-1",
    "aws:us-west-2",
    "azure:westeurope",
    "azure:swedencentral",
    "gcp:europe-west9",
    "gcp:me-central1",
  ])("%s has a figure with its source, year and range", (region) => {
    const zone = findZone(region)!;
    expect(zone).toMatchObject({ code: region, kind: "cloud" });
    expect(zone.low).toBeLessThan(zone.gramsPerKwh);
    expect(zone.high).toBeGreaterThan(zone.gramsPerKwh);
    expect([zone.source, zone.year]).toEqual([expect.stringMatching(/\w/), expect.any(Number)]);
  });

  test("one that takes the figure of a larger area says so", () => {
    expect(findZone("aws:us-west-2")!.warnings.join()).toMatch(/\w/);
  });

  test("a misspelled one is no zone, and the right one is named", () => {
    expect(checkZone("gcp:me-cenrtal1")).toContain("gcp:me-central1");
  });
});
