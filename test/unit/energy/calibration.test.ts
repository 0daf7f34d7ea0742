import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { calibrate } from "../../../src/cli/calibrate.ts";
import {
  calibrationFolders,
  folderToWrite,
  machineKey,
  readCalibration,
} from "../../../src/energy/calibration.node.ts";
import {
  analyse,
  type Calibration,
  calibrated,
  modelOf,
  type Phase,
} from "../../../src/energy/calibration.ts";
import { burn } from "../../../src/energy/calibration-load.node.ts";
import { MeterAccount } from "../../../src/energy/meter-account.ts";
import { discoverMeters } from "../../../src/energy/meters/index.node.ts";
import type { MeterDescriptor, Roots } from "../../../src/energy/meters/meter.ts";
import { parseStat, processIsSame } from "../../../src/energy/process-identity.node.ts";
import { type Planted, plant } from "../../fixtures/sys/plant.ts";
import { commandFolder } from "../cli/command-folder.ts";
import { gpuMeter, gpuPowerMeter, packageMeter, WRAP } from "./records.ts";

const psys: MeterDescriptor = { ...packageMeter, id: "psys", component: "platform", counted: false };

/** 15 s of samples: watts of each meter as told, CPU seconds by the threads. */
function phase(
  threads: number,
  watts: Readonly<Record<string, number>>,
  meters: readonly MeterDescriptor[],
): Phase {
  const start = threads * 100;
  return {
    threads,
    samples: Array.from({ length: 16 }, (_, i) => ({
      mono: start + i,
      busy: 50 + threads * i,
      readings: Object.fromEntries(
        meters.map(({ id, kind, unit }) => {
          const power = watts[id] ?? 0;
          // The first two seconds are those of the load before: too high here, and not used.
          const joules = power * i + (i < 2 ? 0 : 40);
          return [id, kind === "power" ? power / unit : Math.round((joules / unit) % WRAP)];
        }),
      ),
    })),
  };
}

describe("what a minute of known load tells", () => {
  const meters = [packageMeter, psys, gpuMeter, gpuPowerMeter];
  const at = (threads: number, cpu: number, machine: number) =>
    phase(
      threads,
      { [packageMeter.id]: cpu, psys: machine, [gpuMeter.id]: 30, [gpuPowerMeter.id]: 50 },
      meters,
    );
  const phases = [at(0, 8, 20), at(2, 30, 45), at(4, 65, 82)];
  const found = analyse(meters, phases, 4);

  test("the idle power of each meter, without the seconds in which it settles", () => {
    expect(found.idle).toContainEqual({ id: packageMeter.id, label: "CPU package 0", watts: 8 });
    expect(found.idle).toContainEqual({ id: "psys", label: "CPU package 0", watts: 20 });
  });

  test("a machine that others keep busy has no idle power; its power by load is by the load that was", () => {
    const loud = phases.map((each) => ({
      ...each,
      samples: each.samples.map((sample, i) => ({ ...sample, busy: 50 + (each.threads + 1) * i })),
    }));
    const { idle, fits } = analyse(meters, loud, 4);
    expect(idle).toEqual([]);
    expect(fits[0]?.curve[0]?.[0]).toBe(0.25);
  });

  test("power by load, of the processor's own meter", () => {
    expect(found.fits).toHaveLength(1);
    const [fit] = found.fits;
    expect(fit).toMatchObject({ part: "cpu", instrument: "RAPL package (powercap)", error: 0.03 });
    expect(fit!.curve).toEqual([
      [0, 8],
      [0.5, 30],
      [1, 65],
    ]);
    expect(modelOf(fit!)).toMatchObject({ kind: "cpu-load", cpus: 4, mid: fit!.curve });
    expect(modelOf(fit!).high.at(-1)?.[1]).toBeCloseTo(65 * 1.03);
  });

  test("meters of the same thing, and of what contains it", () => {
    expect(found.comparisons).toContainEqual(
      expect.objectContaining({ a: gpuMeter.id, b: gpuPowerMeter.id, kind: "same", ratio: 0.6 }),
    );
    const whole = found.comparisons.find(({ b }) => b === "psys");
    expect(whole).toMatchObject({ kind: "within", a: `${packageMeter.id}+${gpuMeter.id}` });
    expect(whole!.ratio).toBeCloseTo((34.333 + 30) / 49, 2);
  });

  const calibration: Calibration = { v: 1, at: "2026-11-22T10:00:00Z", machine: "x", seconds: 60, ...found };

  test("two meters that contradict each other by more than their error widen it, with the reason", () => {
    const wider = calibrated(gpuMeter, calibration);
    expect(wider.error).toBeCloseTo(0.4);
    expect(wider.errorSource).toMatch(/^test; measured here on 2026-11-22: .* differed by 40 %$/);
    const agreeing = { ...calibration, comparisons: [{ ...calibration.comparisons[0]!, ratio: 1.01 }] };
    expect(calibrated(gpuMeter, agreeing)).toMatchObject({ error: 0.05, errorSource: "test" });
  });

  test("the idle baseline is told beside the device's energy", () => {
    const account = new MeterAccount(calibrated(packageMeter, calibration), false, 5);
    account.offer(0, { mono: 0, busy: 0, tree: 0 }, undefined);
    account.offer(100e6, { mono: 10, busy: 5, tree: 5 }, { mono: 0, busy: 0, tree: 0 });
    expect(account.result().machine.basis).toContain(
      "idle it would have used 80 J (8 W, measured here on 2026-11-22)",
    );
  });

  test("only a meter of the whole machine: the fit is of the whole machine; none: there is no fit", () => {
    const battery = { ...psys, id: "battery", counted: true };
    const whole = analyse(
      [battery],
      [phase(0, { battery: 9 }, [battery]), phase(4, { battery: 30 }, [battery])],
      4,
    );
    expect(whole.fits).toMatchObject([
      {
        part: "machine",
        curve: [
          [0, 9],
          [1, 30],
        ],
      },
    ]);
    expect(analyse([gpuMeter], [phase(0, {}, [gpuMeter]), phase(4, {}, [gpuMeter])], 4).fits).toEqual([]);
  });

  test("readings that are missing cost their steps; a phase without any gives no point", () => {
    const silent = {
      ...phase(4, {}, []),
      samples: [
        { mono: 0, readings: {} },
        { mono: 9, readings: {} },
      ],
    };
    const some = analyse([packageMeter], [at(0, 8, 20), at(2, 30, 45), silent], 4);
    expect(some.fits[0]?.curve).toEqual([
      [0, 8],
      [0.5, 30],
    ]);
  });
});

describe("fairwatt calibrate", () => {
  const folder = commandFolder();
  let tree: Planted;
  let roots: Roots;
  beforeEach(() => {
    tree = plant("intel-laptop");
    roots = {
      sys: tree.sys,
      proc: tree.proc,
      nvml: "/none",
      env: {},
      calibration: [path.join(folder.cwd, "machines")],
    };
  });
  afterEach(() => tree.remove());

  /** A machine of 8 CPUs whose package takes 5 W and 5 W for each busy thread, and whose time goes as it is slept. */
  function simulated() {
    let seconds = 0;
    let threads = 0;
    let busy = 0;
    let microjoules = 52_318_273_661;
    tree.write("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0");
    return {
      roots,
      folder: roots.calibration![0]!,
      now: () => seconds,
      sleep: async (time: number) => {
        seconds += time;
        busy += threads * time * 100;
        microjoules += (5 + 5 * threads) * time * 1e6;
        tree.write("proc/stat", `cpu  ${busy} 0 0 0 0 0 0 0 0 0`);
        tree.write("sys/class/powercap/intel-rapl:0/energy_uj", microjoules);
      },
      burn: (count: number) => {
        threads = count;
        return {
          stop: () => {
            threads = 0;
          },
        };
      },
    };
  }

  test("keeps idle power and power by load, and the next run without a meter uses them and says so", async () => {
    expect(await calibrate(simulated())).toBe(0);
    expect(folder.out).toContain("power by load, processor (RAPL package (powercap), ±5 %)");
    expect(folder.out).toContain("runs on this machine use it from now on");
    const found = readCalibration(roots);
    expect(found?.calibration.fits[0]?.curve).toEqual([
      [0, 5],
      [0.25, 15],
      [0.5, 25],
      [1, 45],
    ]);

    const measuring = discoverMeters(roots).accepted.map(({ descriptor }) => descriptor);
    expect(measuring.find(({ id }) => id === "powercap:intel-rapl:0")?.idle).toEqual({
      watts: 5,
      at: found!.calibration.at.slice(0, 10),
    });
    // The counters are closed again: the model is the one that was measured here.
    tree.delete("sys/class/powercap");
    const [cpu, ram] = discoverMeters(roots).accepted.map(({ descriptor }) => descriptor);
    expect(cpu).toMatchObject({
      id: "model:cpu",
      method: "modelled",
      instrument: "Load model fitted on this machine",
      error: 0.05,
      model: {
        cpus: 8,
        mid: [
          [0, 5],
          [0.25, 15],
          [0.5, 25],
          [1, 45],
        ],
      },
    });
    expect(cpu?.basis).toMatch(/^measured here on \d{4}-\d\d-\d\d with RAPL package \(powercap\) at 4 loads/);
    expect(ram?.id).toBe("model:ram");
  });

  test("a fit of the whole machine stands alone, and never beside a meter", async () => {
    await calibrate(simulated());
    const { file, calibration } = readCalibration(roots)!;
    fs.writeFileSync(
      file,
      JSON.stringify({ ...calibration, fits: [{ ...calibration.fits[0], part: "machine" }] }),
    );
    tree.delete("sys/class/powercap");
    const ids = () =>
      discoverMeters(roots).accepted.map(({ descriptor: { id, parts, counted } }) => [
        id,
        parts?.[0],
        counted,
      ]);
    expect(ids()).toEqual([["model:cpu", "machine", true]]);
    tree.write("sys/class/hwmon/hwmon0/name", "i915");
    tree.write("sys/class/hwmon/hwmon0/energy1_input", 5);
    expect(ids().map(([id]) => id)).toEqual(["hwmon:hwmon0:i915:energy1", "model:cpu", "model:ram"]);
  });

  test("a torn or foreign file is as if there were none", async () => {
    await calibrate(simulated());
    const { file, calibration } = readCalibration(roots)!;
    for (const text of [
      "{",
      "null",
      JSON.stringify({ ...calibration, machine: "another" }),
      JSON.stringify({ ...calibration, idle: [{ id: "x" }] }),
    ]) {
      fs.writeFileSync(file, text);
      expect(readCalibration(roots)).toBeUndefined();
    }
  });

  test("nothing that measures: says so and keeps nothing; too short: called wrongly", async () => {
    tree.delete("sys/class/powercap");
    expect(await calibrate(simulated())).toBe(1);
    expect(folder.err).toContain("sudo fairwatt calibrate");
    expect(await calibrate({ ...simulated(), seconds: 5 })).toBe(2);
    expect(fs.existsSync(roots.calibration![0]!)).toBe(false);
  });

  test("root keeps it for all users; the key tells nothing of the machine", () => {
    const folders = calibrationFolders({ XDG_STATE_HOME: "/s" });
    expect(folderToWrite(folders, false)).toBe("/s/fairwatt/machines");
    expect(folderToWrite(folders, true)).toBe("/var/lib/fairwatt/machines");
    expect(machineKey(roots)).toMatch(/^[0-9a-f]{16}$/);
  });
});

test("the load is a child process that uses its CPU, and ends when told", async () => {
  const children = () =>
    fs
      .readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter(Boolean)
      .map(Number);
  const before = new Set(children());
  burn(0, 1).stop();
  const load = burn(1, 5);
  const ours = children().filter((pid) => !before.has(pid));
  expect(ours).toHaveLength(1);
  const ticks = () => parseStat(fs.readFileSync(`/proc/${ours[0]}/stat`, "latin1"))?.own;
  await vi.waitFor(() => expect(ticks()).toBeGreaterThan(20), { timeout: 10_000 });
  load.stop();
  await vi.waitFor(() => expect(processIsSame(ours[0]!, undefined)).toBe(false));
});
