import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { discoverHwmon } from "../../../../src/energy/meters/hwmon.node.ts";
import { discoverMeters } from "../../../../src/energy/meters/index.node.ts";
import { type Planted, plant } from "../../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
});

function discover(name: string, env: Record<string, string> = {}) {
  const tree = plant(name);
  planted.push(tree);
  const { accepted, rejected } = discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env });
  const watts = (label: string) => {
    const meter = accepted.find(({ descriptor }) => descriptor.label === label);
    const raw = meter?.read();
    return raw === null || raw === undefined ? raw : raw * meter!.descriptor.unit;
  };
  const counted = accepted
    .filter(({ descriptor }) => descriptor.counted)
    .map(({ descriptor }) => descriptor.label);
  const why = Object.fromEntries(
    accepted.map(({ descriptor }) => [descriptor.label, descriptor.uncountedReason]),
  );
  return { tree, accepted, rejected, watts, counted, why };
}

describe("graphics", () => {
  test("an APU's sensor is the whole processor, a card's is the card; the battery contains both", () => {
    const { counted, watts, why, accepted } = discover("ryzen-laptop");
    expect(counted).toEqual(["Processor with graphics (AMD)", "GPU AMD 0000:03:00.0", "RAM"]);
    expect(watts("Processor with graphics (AMD)")).toBe(14);
    expect(watts("GPU AMD 0000:03:00.0")).toBe(32);
    expect(why["Whole machine (battery)"]).toBe("contains Processor with graphics (AMD), which is counted");
    expect(accepted.find(({ descriptor }) => descriptor.component === "gpu")?.descriptor.maxPower).toBe(130);
  });

  test("which process computes on an AMD card is told by KFD: by compute units, else by memory", () => {
    const { accepted, tree } = discover("ryzen-laptop");
    const card = accepted.find(({ descriptor }) => descriptor.label === "GPU AMD 0000:03:00.0");
    expect(card?.descriptor.attribution).toBe("gpu-process");
    expect(card?.processes?.()?.weights.size).toBe(0);
    const client = (pid: number, file: string, value: number) =>
      tree.write(`sys/class/kfd/kfd/proc/${pid}/${file}`, value);
    client(100, "vram_51234", 3_000_000);
    client(200, "vram_51234", 1_000_000);
    client(200, "vram_99", 7);
    expect(card?.processes?.()).toEqual({
      weights: new Map([
        [100, 3_000_000],
        [200, 1_000_000],
      ]),
      basis: "memory",
    });
    client(200, "stats_51234/cu_occupancy", 40);
    client(100, "stats_51234/cu_occupancy", 0);
    expect(card?.processes?.()).toEqual({ weights: new Map([[200, 40]]), basis: "utilisation" });
  });

  test("ROCR_VISIBLE_DEVICES keeps a card out", () => {
    const { counted, why } = discover("ryzen-laptop", { ROCR_VISIBLE_DEVICES: "" });
    expect(counted).not.toContain("GPU AMD 0000:03:00.0");
    expect(why["GPU AMD 0000:03:00.0"]).toBe("ROCR_VISIBLE_DEVICES keeps the run from it");
  });

  test("Intel: energy counters of i915 and xe, the card and not its package once more", () => {
    const { counted, accepted } = discover("arc-desktop");
    expect(counted).toEqual(["GPU Intel 0000:03:00.0", "GPU Intel 0000:0a:00.0", "CPU", "RAM"]);
    const xe = accepted.filter(({ descriptor }) => descriptor.id.includes(":xe:"));
    expect(xe.map((meter) => [meter.descriptor.counted, meter.read()])).toEqual([
      [true, 900_000_000],
      [false, 700_000_000],
    ]);
    expect(accepted[0]?.descriptor).toMatchObject({ kind: "counter", unit: 1e-6, maxPower: 247 });
  });
});

describe("boards and servers", () => {
  test("Grace: the socket with its memory counts; module, cores and system part are beside it", () => {
    const { counted, watts, accepted } = discover("grace-hopper");
    expect(counted).toEqual(["Grace CPU 0 with memory"]);
    expect(watts("Grace CPU 0 with memory")).toBe(140);
    expect(accepted[0]?.descriptor).toMatchObject({ counted: false });
    expect(accepted[1]?.descriptor.error).toBeCloseTo(0.03);
    expect(accepted[1]?.descriptor.errorSource).toContain("the firmware states");
  });

  test("a Jetson whose VDD_IN feeds all: that one counts, by voltage times current", () => {
    const { counted, watts, why } = discover("jetson-orin");
    expect(counted).toEqual(["Whole board (VDD_IN)"]);
    expect(watts("Whole board (VDD_IN)")).toBeCloseTo(9);
    expect(why["Rail VDD_CPU_GPU_CV"]).toBe("part of Whole board (VDD_IN)");
  });

  test("a Jetson without such a rail: processor, graphics and memory add up; rails of unknown use do not", () => {
    const { counted, watts, why } = discover("jetson-agx-xavier");
    expect(counted).toEqual(["Rail GPU", "Rail CPU", "Rail VDDRQ"]);
    expect(watts("Rail CPU")).toBe(1.5);
    expect(why["Rail SYS5V"]).toBe("nothing tells which part of the machine this rail feeds");
  });

  test("a server's ACPI meter is the whole machine, with the accuracy that the firmware states", () => {
    const { counted, accepted, why } = discover("server-acpi");
    expect(counted).toEqual(["Whole machine (ACPI power meter)"]);
    expect(accepted[0]?.descriptor.error).toBeCloseTo(0.05);
    expect(why["Sensor ina226, power1"]).toBe("nothing tells which part of the machine this rail feeds");
  });

  test("a file that only root may read is a rejected meter with the reason", () => {
    const tree = plant("arc-desktop");
    planted.push(tree);
    tree.delete("sys/class/hwmon/hwmon0/energy1_input");
    tree.write("sys/class/hwmon/hwmon0/energy1_input/nothing", "");
    const { rejected } = discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} });
    expect(rejected.find(({ id }) => id.includes("i915"))?.reason).toBe(
      "energy1_input of i915 cannot be read (EISDIR).",
    );
  });
});

test("AMD's energy counters that the kernel keeps to root: the fix is named", () => {
  const tree = plant("server-acpi");
  planted.push(tree);
  tree.write("sys/class/hwmon/hwmon7/name", "amd_energy");
  tree.write("sys/class/hwmon/hwmon7/energy1_label", "Esocket0");
  tree.write("sys/class/hwmon/hwmon7/energy1_input", 123);
  const isRoot = process.getuid?.() === 0;
  fs.chmodSync(path.join(tree.sys, "class/hwmon/hwmon7/energy1_input"), isRoot ? 0o400 : 0);
  if (isRoot) process.seteuid?.(65534);
  try {
    const { rejected } = discoverHwmon({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} });
    expect(rejected).toEqual([
      expect.objectContaining({
        label: "CPU package 0",
        reason: "energy1_input of amd_energy cannot be read (EACCES): only root may.",
        fix: "sensor-group",
      }),
    ]);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

describe("batteries", () => {
  test("the batteries together are the whole machine; the models stand in for them", () => {
    const { counted, watts, accepted, tree } = discover("battery-only");
    expect(counted).toEqual(["Whole machine (battery)", "CPU", "RAM"]);
    expect(watts("Whole machine (battery)")).toBeCloseTo(9.5);
    const models = accepted.filter(({ descriptor }) => descriptor.kind === "model");
    expect(models.map(({ descriptor }) => descriptor.insteadOf)).toEqual([["battery"], ["battery"]]);
    tree.write("sys/class/power_supply/BAT0/status", "Charging");
    expect(watts("Whole machine (battery)")).toBeNull();
  });

  test("two batteries add up, one by current and voltage; a mouse's does not count", () => {
    expect(discover("ryzen-laptop").watts("Whole machine (battery)")).toBeCloseTo(33);
  });

  test("plugged in, a battery that drains to its charge limit does not measure the machine", () => {
    const { tree } = discover("battery-only");
    tree.write("sys/class/power_supply/AC/type", "Mains");
    tree.write("sys/class/power_supply/AC/online", 1);
    const roots = { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} };
    expect(discoverMeters(roots).accepted.some(({ descriptor }) => descriptor.id === "battery")).toBe(false);
    tree.write("sys/class/power_supply/AC/online", 0);
    const [battery] = discoverMeters(roots).accepted;
    expect(battery?.read()).toBe(9_500_000);
    tree.write("sys/class/power_supply/AC/online", 1);
    expect(battery?.read()).toBeNull();
  });

  test("a battery whose firmware does not know its power, or that charges while the other is used, is silent", () => {
    const { tree, watts } = discover("ryzen-laptop");
    tree.write("sys/class/power_supply/BAT0/power_now", 0);
    expect(watts("Whole machine (battery)")).toBeNull();
    tree.write("sys/class/power_supply/BAT0/current_now", 2_000_000);
    tree.write("sys/class/power_supply/BAT0/voltage_now", 11_000_000);
    expect(watts("Whole machine (battery)")).toBeCloseTo(33.5);
    tree.write("sys/class/power_supply/BAT1/status", "Not charging");
    expect(watts("Whole machine (battery)")).toBeCloseTo(22);
    tree.write("sys/class/power_supply/BAT1/status", "Charging");
    expect(watts("Whole machine (battery)")).toBeNull();
  });

  test("on mains power it is a rejected meter that says why", () => {
    const tree = plant("battery-only");
    planted.push(tree);
    tree.write("sys/class/power_supply/BAT0/status", "Full");
    const { accepted, rejected } = discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} });
    expect(rejected.find(({ id }) => id === "battery")?.reason).toContain("Plugged in");
    expect(accepted.every(({ descriptor }) => descriptor.insteadOf === undefined)).toBe(true);
  });
});
