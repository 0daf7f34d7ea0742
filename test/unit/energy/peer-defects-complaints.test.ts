/** What people complained of about other meters of training runs, one test each: the complaint is in the name. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { gridSentence } from "../../../src/carbon/footprint.ts";
import { resolveZone } from "../../../src/carbon/resolve-zone.node.ts";
import { calibrationFolders, machineKey } from "../../../src/energy/calibration.node.ts";
import { notCovered, RunFold } from "../../../src/energy/fold.ts";
import { discoverMeters } from "../../../src/energy/meters/index.node.ts";
import type { Roots } from "../../../src/energy/meters/meter.ts";
import { permissionDenied } from "../../../src/energy/meters/powercap-reasons.ts";
import { runMeasured } from "../../../src/energy/runner.node.ts";
import { type Planted, plant, TREES } from "../../fixtures/sys/plant.ts";
import { gpuMeter, gpuPowerMeter, packageMeter, sampleAt, startRecords } from "./records.ts";

const planted: Planted[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

function machine(name: string, more: Partial<Roots> = {}) {
  const tree = plant(name);
  planted.push(tree);
  const roots: Roots = { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {}, ...more };
  return { tree, roots, ...discoverMeters(roots) };
}

function scratch(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-complaint-"));
  folders.push(folder);
  return folder;
}

const model = (name: string, id: string) => {
  const found = machine(name).accepted.find(({ descriptor }) => descriptor.id === id)?.descriptor;
  if (!found?.model) throw new Error(`${name} has no ${id}`);
  return { ...found, watts: found.model.mid.at(-1)![1] };
};

describe("permission to read the processor's counters is denied, and constants take their place unnoticed", () => {
  const told = permissionDenied(["intel-rapl:0"], { platform: "linux" });

  test("it is told with a remedy that opens them to a group, never to everybody", () => {
    expect(told.reason).toContain("only root may read");
    expect(told.remedy).toContain("chgrp rapl");
    expect(told.remedy).not.toMatch(/a\+r|o\+r|77[57]|666/);
  });

  test("what is modelled in its place says that it is, with a range", () => {
    const cpu = model("no-powercap", "model:cpu");
    expect(cpu.method).not.toBe("measured");
    expect(cpu.error).toBeGreaterThan(0.1);
    expect(cpu.basis).toMatch(/by load/);
  });
});

test("no measuring was possible, and not why: every source that is not used says its reason, on every machine", () => {
  for (const name of TREES) {
    const { accepted, rejected } = machine(name);
    for (const { id, reason } of rejected) expect(reason, `${name}: ${id}`).toMatch(/\w.*\.$/s);
    for (const { descriptor } of accepted) {
      if (!descriptor.counted) expect(descriptor.uncountedReason, `${name}: ${descriptor.id}`).toMatch(/\w/);
    }
  }
});

test("a container was billed for the memory of its host of 1 TB: 378 W", () => {
  const ram = model("docker-v1", "model:ram");
  expect(ram.watts).toBeLessThan(10);
  expect(ram.basis).toContain("that the control group allows, of 1024 GB installed");
});

test("a small pod was billed for a node of 128 threads: 188 W of processor, 283 W of memory", () => {
  const cpu = model("kubernetes", "model:cpu");
  expect(cpu.watts).toBeLessThan(30);
  expect(cpu.basis).toContain("8 of 128 CPUs");
  expect(model("kubernetes", "model:ram").watts).toBeLessThan(40);
});

test("each rank of a job counted the whole node: two samplers on one host count its energy once", () => {
  const fold = new RunFold();
  const ranks = [
    startRecords([gpuMeter], { attribution: "machine", runner: 10, sampler: 11 }),
    startRecords([gpuMeter], { attribution: "machine", runner: 20, sampler: 21 }),
  ];
  ranks.forEach(({ runner, sampler }, rank) => {
    fold.push(runner, `runner${rank}`);
    fold.push(sampler, `sampler${rank}`);
  });
  for (let at = 0; at <= 20; at++) {
    const both = { [gpuMeter.id]: at * 150_000 };
    fold.push(sampleAt(at, both), "sampler0");
    fold.push(sampleAt(at + 0.4, { [gpuMeter.id]: (at + 0.4) * 150_000 }), "sampler1");
  }
  expect(fold.summary({ alive: true }).energy.value).toBeCloseTo(20.4 * 150, 3);
});

test("a GPU that tells no energy was 0 kWh without an error: it is named among what is not covered", () => {
  const gpu = {
    id: "nvml",
    component: "gpu",
    label: "GPU",
    reason: "It says so.",
    remedy: "do this",
  } as const;
  expect(notCovered([{ meter: packageMeter }], [gpu])).toContain("GPU");
});

test("wraps gave negative energy: whatever a counter does, energy never falls", () => {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
  fold.push(runner, "r");
  fold.push(sampler, "s");
  let last = 0;
  const raw = [5e6, 262_143e6, 0, 262_143_328_849, 3, 1, 1, 0, 200_000e6, null, 7e6, 2e6];
  raw.forEach((value, at) => {
    fold.push(sampleAt(at, { [packageMeter.id]: value }), "s");
    const { value: now } = fold.summary({ alive: true }).energy;
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  });
});

test("a password was asked for within other people's tests: no source runs sudo, on any system", () => {
  const bin = scratch();
  const called = path.join(bin, "called");
  for (const name of ["sudo", "powermetrics", "pkexec", "doas"]) {
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\necho ${name} >> '${called}'\n`, { mode: 0o755 });
  }
  const before = process.env.PATH;
  process.env.PATH = `${bin}${path.delimiter}${before}`;
  try {
    for (const platform of ["darwin", "linux", "win32"] as const) {
      machine("no-powercap", { platform, env: { PATH: process.env.PATH } });
    }
  } finally {
    process.env.PATH = before;
  }
  expect(fs.existsSync(called)).toBe(false);
});

test("the dies of an AMD socket share a counter, and published studies had it twice", () => {
  const { accepted } = machine("amd-threadripper");
  const packages = accepted.filter(({ descriptor }) => /package/i.test(descriptor.label));
  expect(packages.length).toBeGreaterThan(1);
  expect(packages.filter(({ descriptor }) => descriptor.counted)).toHaveLength(1);
});

test("a tracker that was killed left nothing: all up to its last sample is there, and the run says how it ended", () => {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
  fold.push(runner, "r");
  fold.push(sampler, "s");
  for (let at = 0; at <= 60; at++) fold.push(sampleAt(at, { [packageMeter.id]: at * 80e6 }), "s");
  expect(fold.summary({ alive: false })).toMatchObject({
    state: "interrupted",
    energy: { value: 4800 },
    stateReason: expect.stringContaining("up to its last sample is kept"),
  });
});

/** Measures `node -e script` with a sampler that is not there. */
const measure = (run: string, runDirectory: string, script: string) =>
  runMeasured({
    run,
    runDirectory,
    folder: runDirectory,
    command: [process.execPath, "-e", script],
    cwd: runDirectory,
    name: run,
    fairwatt: "0.0.0",
    samplerEntry: path.join(runDirectory, "none.mjs"),
    settings: () => ({ interval: 1, pue: 1, attribution: "process" }),
  });

test("a lock file kept experiments from running side by side: two runs need nothing of each other", async () => {
  const folder = scratch();
  const both = await Promise.all(
    ["a", "b"].map((run) => {
      fs.mkdirSync(path.join(folder, run));
      return measure(run, path.join(folder, run), "process.exit(0)");
    }),
  );
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});

describe("an unknown processor got a wrong rated power, and nobody could set the right one", () => {
  test("it is an estimate by its threads, with a range of several times", () => {
    const { tree, roots } = machine("no-powercap");
    const known = fs.readFileSync(path.join(tree.proc, "cpuinfo"), "utf8");
    const unknown = known.replace(/^model name.*$/gm, "model name\t: Frobnicator 9000");
    expect(unknown).not.toBe(known);
    tree.write("proc/cpuinfo", unknown);
    // What was read of a processor is kept by its roots.
    const found = discoverMeters({ ...roots }).accepted;
    const cpu = found.find(({ descriptor }) => descriptor.id === "model:cpu")!;
    const { low, high } = cpu.descriptor.model!;
    expect(cpu.descriptor.method).toBe("estimated");
    expect(high.at(-1)![1] / low.at(-1)![1]).toBeGreaterThan(3);
  });

  test("what was measured on this very machine takes its place", () => {
    const state = scratch();
    const env = { XDG_STATE_HOME: state };
    const { roots } = machine("no-powercap", { env, calibration: calibrationFolders(env) });
    const [own] = calibrationFolders(env);
    fs.mkdirSync(own!, { recursive: true });
    const key = machineKey(roots);
    const fit = {
      part: "cpu",
      instrument: "a wall meter",
      error: 0.05,
      cpus: 4,
      curve: [
        [0, 11],
        [1, 47],
      ],
    };
    const kept = {
      v: 1,
      at: "2026-11-22T10:00:00Z",
      machine: key,
      seconds: 60,
      idle: [],
      fits: [fit],
      comparisons: [],
    };
    fs.writeFileSync(path.join(own!, `${key}.json`), JSON.stringify(kept));
    const cpu = discoverMeters(roots).accepted.find(({ descriptor }) => descriptor.id === "model:cpu")!;
    expect(cpu.descriptor).toMatchObject({ method: "modelled", error: 0.05 });
    expect(cpu.descriptor.model!.mid.at(-1)![1]).toBe(47);
  });
});

test("an error in the measuring ended the training: without any sampler the command's own result comes through", async () => {
  const folder = scratch();
  expect(await measure("a", folder, "process.exit(7)")).toMatchObject({ exitCode: 7 });
  expect(await measure("b", path.join(folder, "gone"), "process.exit(0)")).toMatchObject({
    startFailure: expect.anything(),
  });
});

describe("a grid's figure was replaced by a default or another place's, in silence", () => {
  test("without a zone there is no footprint, and none is guessed", () => {
    expect(resolveZone({}).grid).toBeUndefined();
    expect(resolveZone({ option: "Las Vegas" })).toMatchObject({
      problem: expect.stringContaining("Las Vegas"),
    });
  });

  test("with one, the figure says whose it is, of which year, and who chose it", () => {
    const { grid } = resolveZone({ project: "US-CA" });
    expect(grid).toMatchObject({
      zone: "US-CA",
      chosenBy: "fairwatt.toml",
      source: expect.stringMatching(/\w/),
    });
    expect(gridSentence(grid!, 1)).toMatch(/216 g\/kWh, California.*yearly 2020/);
  });
});

describe("readings nobody had looked at: overflow, a first sample of 53 kW, torn reads, a counter against its power", () => {
  const run = (raw: readonly (number | null)[]) => {
    const fold = new RunFold();
    const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
    fold.push(runner, "r");
    fold.push(sampler, "s");
    raw.forEach((value, at) => {
      fold.push(sampleAt(at, { [packageMeter.id]: value }), "s");
    });
    return fold.summary({ alive: true });
  };

  test("a counter that begins to be readable with all it ever counted gives nothing for its first reading", () => {
    expect(run([null, null, 53_000e6, 53_060e6]).energy.value).toBeCloseTo(60);
  });

  test("a torn reading is refused, and the time around it is a gap with the reason", () => {
    const { energy, gaps } = run([0, 60e6, 190_000e6, 120e6 + 60e6, 240e6]);
    expect(energy.value).toBeCloseTo(120);
    expect(gaps.map(({ reason }) => reason).join()).toMatch(/rose by more than/);
  });

  test("a counter that says half of what its device's power says is told of", () => {
    const fold = new RunFold();
    const { runner, sampler } = startRecords([gpuMeter, gpuPowerMeter], { attribution: "machine" });
    fold.push(runner, "r");
    fold.push(sampler, "s");
    for (let at = 0; at <= 40; at++) {
      fold.push(sampleAt(at, { [gpuMeter.id]: at * 37_400, [gpuPowerMeter.id]: 65_400 }), "s");
    }
    expect(fold.summary({ alive: true }).notices.join()).toMatch(
      /37\.4 W on average, the power reading 65\.4 W/,
    );
  });
});
