import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { discoverCpuModel } from "../../../../src/energy/meters/cpu-model.node.ts";
import { findRatedPower, normaliseCpuName } from "../../../../src/energy/meters/cpu-power-table.ts";
import { ratedBand } from "../../../../src/energy/meters/load-curves.ts";
import type { MeterDescriptor, PowerModel } from "../../../../src/energy/meters/meter.ts";
import { discoverRamModel } from "../../../../src/energy/meters/ram-model.node.ts";
import {
  installedBytes,
  installedWatts,
  partWatts,
  virtualWatts,
} from "../../../../src/energy/meters/ram-power.ts";
import { wattsAt } from "../../../../src/energy/step.ts";
import { type Planted, plant } from "../../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const machine of planted.splice(0)) machine.remove();
});

function roots(...trees: string[]) {
  const tree = plant(...trees);
  planted.push(tree);
  return { tree, sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} };
}

const GIB = 2 ** 30;
const cpuOf = (name: string) => discoverCpuModel(roots(name), []).accepted[0]!.descriptor;
const ramOf = (name: string) => discoverRamModel(roots(name), []).accepted[0]!.descriptor;
const band = ({ model }: MeterDescriptor, load = 1) =>
  (["low", "mid", "high"] as const).map((key) => wattsAt((model as PowerModel)[key], load));
const measured = (component: MeterDescriptor["component"], counted = true) =>
  [{ component, counted }] as MeterDescriptor[];

describe("CPU model", () => {
  test("a known processor: its rating by load, as a band", () => {
    const cpu = cpuOf("no-powercap");
    expect(cpu).toMatchObject({
      id: "model:cpu",
      method: "modelled",
      counted: true,
      attribution: "cpu-time",
    });
    expect(cpu.model?.cpus).toBe(32);
    expect(band(cpu)).toEqual([73.5, 105, 136.5]);
    expect(band(cpu, 0)[1]).toBe(10.5);
    expect(cpu.basis).toContain("105 W rated");
  });

  test("two sockets have twice the rating", () => {
    expect(band(cpuOf("intel-server"))[1]).toBe(540);
  });

  test.each([
    ["docker-v1", 4],
    ["docker-v2", 2.5],
    ["kubernetes", 8],
    ["slurm", 16],
  ])("%s: only the container's CPUs, not the host's 280 W", (name, cpus) => {
    const cpu = cpuOf(name);
    expect(cpu.model?.cpus).toBe(cpus);
    expect(band(cpu)[1]).toBeCloseTo((280 * cpus) / 128, 2);
    expect(cpu.basis).toContain(`${cpus} of 128 CPUs`);
  });

  test("a virtual machine: per vCPU, wide, and it says so even where the host's model name is known", () => {
    const cpu = cpuOf("ec2");
    expect(cpu).toMatchObject({ method: "estimated", label: "CPU (virtual)" });
    expect(band(cpu)).toEqual([6.76, 14, 18.96]);
    expect(band(cpu, 0)).toEqual([1.88, 2.96, 4]);
    expect(cpu.basis).toContain("threads of a host that cannot be seen");
  });

  test("WSL: virtual, but on the processor that it names", () => {
    const at = roots("no-powercap");
    at.tree.write("proc/version", "Linux version 5.15.167.4-microsoft-standard-WSL2");
    const cpu = discoverCpuModel(at, []).accepted[0]!.descriptor;
    expect(cpu).toMatchObject({ method: "modelled", label: "CPU (virtual)" });
    expect(band(cpu)[1]).toBe(105);
  });

  test("an unknown processor: watts per thread with a band of more than four to one", () => {
    const at = roots("no-powercap");
    at.tree.write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Loongson-3A5000\n\nprocessor\t: 1");
    const cpu = discoverCpuModel(at, []).accepted[0]!.descriptor;
    expect(cpu.method).toBe("estimated");
    const [low, mid, high] = band(cpu);
    expect(mid).toBe(8);
    expect(high! / low!).toBeGreaterThan(4);
  });

  test("nothing is modelled beside a measured CPU or platform; a recorded one does not count", () => {
    const at = roots("no-powercap");
    expect(discoverCpuModel(at, measured("cpu")).accepted).toEqual([]);
    expect(discoverCpuModel(at, measured("platform")).accepted).toEqual([]);
    expect(discoverCpuModel(at, measured("gpu")).accepted).toHaveLength(1);
    expect(discoverCpuModel(at, measured("cpu", false)).accepted).toHaveLength(1);
  });

  test("low, mid and high never cross and never fall with load", () => {
    const { low, mid, high } = ratedBand({ low: 100, mid: 100, high: 100 });
    const load = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(load, load, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        for (const curve of [low, mid, high])
          expect(wattsAt(curve, less)).toBeLessThanOrEqual(wattsAt(curve, more));
        expect(wattsAt(low, a)).toBeLessThanOrEqual(wattsAt(mid, a));
        expect(wattsAt(mid, a)).toBeLessThanOrEqual(wattsAt(high, a));
      }),
    );
  });
});

describe("table of rated power", () => {
  test.each([
    ["11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "core i7-1165g7"],
    ["Intel(R) Xeon(R) CPU E5-2699 v4 @ 2.20GHz", "xeon e5-2699 v4"],
    ["AMD EPYC 7763 64-Core Processor", "epyc 7763"],
    ["AMD Ryzen 7 5700U with Radeon Graphics", "ryzen 7 5700u"],
    ["Intel(R) Core(TM) Ultra 7 155H", "core ultra 7 155h"],
  ])("%s", (name, normalised) => {
    expect(normaliseCpuName(name)).toBe(normalised);
  });

  const table =
    "name,watts,low,high\ncore i7-1,65\ncore i7-1 special,65\nxeon gold 6248,150,140,160\nopteron 6248,115\n9 a 77,10\n9 b 77,12\n";
  test("exact, then by words beside the model number, and unknown rather than a guess", () => {
    expect(findRatedPower(table, "Intel Xeon Gold 6248")).toEqual({
      name: "xeon gold 6248",
      watts: 150,
      low: 140,
      high: 160,
    });
    expect(findRatedPower(table, "Intel Core i7-1 limited edition")?.watts).toBe(65);
    expect(findRatedPower(table, "Intel Core i7-12")).toBeUndefined();
    expect(findRatedPower(table, "6248")).toBeUndefined();
    expect(findRatedPower(table, "AMD 9 77")).toBeUndefined();
    expect(findRatedPower(table, "Intel Core")).toBeUndefined();
    expect(findRatedPower(table, "AMD EPYC")).toBeUndefined();
    expect(findRatedPower(table, "")).toBeUndefined();
  });
});

describe("RAM model", () => {
  test.each([
    [15.4, 16],
    [23.5, 24],
    [31.2, 32],
    [251.4, 256],
    [377, 384],
    [503, 512],
    [1007, 1024],
    [256, 256],
    [0.4, 1],
  ])("%f GB visible are %f GB installed", (visible, installed) => {
    expect(installedBytes(visible * GIB) / GIB).toBe(installed);
  });

  test("more memory never takes less power (CodeCarbon's model does: 251 GB 70 W, 256 GB 38 W)", () => {
    const bytes = fc.double({ min: GIB / 4, max: 8192 * GIB, noNaN: true });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const hosts = [less, more].map((x) => installedWatts(installedBytes(x) / GIB));
        const parts = [less, more].map((x) => partWatts(x, installedBytes(more)));
        const virtual = [less, more].map(virtualWatts);
        for (const [small, large] of [hosts, parts, virtual]) {
          for (const key of ["low", "mid", "high"] as const) {
            expect(small![key]).toBeLessThanOrEqual(large![key] * (1 + 1e-12));
          }
          expect(small!.low).toBeLessThanOrEqual(small!.mid);
          expect(small!.mid).toBeLessThanOrEqual(small!.high);
        }
      }),
    );
  });

  test("what the firmware keeps back makes no difference", () => {
    expect(installedWatts(installedBytes(251 * GIB) / GIB)).toEqual(installedWatts(256));
    expect(installedWatts(256)).toMatchObject({ low: 38, high: 100.352 });
  });

  test("a container of 16 GB on a host with 1 TB gets its part, not the host's (378 W were billed by another tool)", () => {
    const ram = ramOf("docker-v1");
    const [low, mid, high] = band(ram);
    expect(high).toBeCloseTo(0.392 * 16, 2);
    expect(low).toBeCloseTo((38 * 16) / 1024, 2);
    expect(mid).toBeLessThan(3);
    expect(ram.basis).toContain("the 16 GB that the control group allows, of 1024 GB installed");
  });

  test("a machine of its own, and a virtual one", () => {
    expect(ramOf("no-powercap").basis).toContain("64 GB installed (62.7 GB visible)");
    expect(ramOf("kvm").basis).toContain("host of unknown size");
    expect(ramOf("kvm").attribution).toBe("resident-memory");
  });

  test("nothing is modelled where dram or the whole platform is measured", () => {
    const at = roots("no-powercap");
    expect(discoverRamModel(at, measured("dram")).accepted).toEqual([]);
    expect(discoverRamModel(at, measured("platform")).accepted).toEqual([]);
    expect(discoverRamModel(at, measured("platform", false)).accepted).toHaveLength(1);
    expect(discoverRamModel(at, measured("cpu")).accepted).toHaveLength(1);
  });
});
