import { afterEach, describe, expect, test } from "vitest";
import { calibrated, modelOf } from "../../../../src/energy/calibration.ts";
import { discoverMeters } from "../../../../src/energy/meters/index.node.ts";
import { COUNTER_ACCURACY, POWER_ACCURACY } from "../../../../src/energy/meters/nvidia-accuracy.ts";
import { raplErrorOf } from "../../../../src/energy/meters/rapl-error.ts";
import { isRejected, modelStep, wattsAt } from "../../../../src/energy/step.ts";
import { type Planted, plant, TREES } from "../../../fixtures/sys/plant.ts";
import { packageMeter } from "../records.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
});

/** Every meter that any of the machines has, one of each instrument. */
function everyMeter() {
  const all = TREES.flatMap((name) => {
    const tree = plant(name);
    planted.push(tree);
    return discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} }).accepted;
  }).map(({ descriptor }) => descriptor);
  return [...new Map(all.map((meter) => [meter.instrument, meter])).values()];
}

describe("every method has an error and says where it is from", () => {
  test("meters: a figure that is named as assumed, stated by firmware, or published; never none, never all", () => {
    const meters = everyMeter().filter(({ kind }) => kind !== "model");
    expect(meters.length).toBeGreaterThan(12);
    for (const { error, errorSource, instrument } of meters) {
      expect(error, instrument).toBeGreaterThan(0);
      expect(error, instrument).toBeLessThan(0.5);
      expect(errorSource, instrument).toMatch(/assumed \d+ %|firmware states|doi:|arXiv:/);
    }
  });

  test.each([
    COUNTER_ACCURACY,
    POWER_ACCURACY,
    ...["package", "dram", "psys"].flatMap((kind) =>
      ["GenuineIntel", "AuthenticAMD"].map((vendor) => raplErrorOf(kind, vendor)),
    ),
  ])("$errorSource", ({ error, errorSource }) => {
    expect(errorSource).toContain(`${Math.round(100 * error)} %`);
  });

  test("models: a band at every load, not the same above as below, with its reason", () => {
    const models = everyMeter().filter(({ kind }) => kind === "model");
    expect(models.length).toBeGreaterThan(5);
    for (const { model, basis, instrument, method } of models) {
      expect(method, instrument).not.toBe("measured");
      expect(basis?.length ?? 0, instrument).toBeGreaterThan(40);
      for (const load of [0, 0.3, 0.5, 0.8, 1]) {
        const [low, mid, high] = [model!.low, model!.mid, model!.high].map((curve) => wattsAt(curve, load));
        expect(low!, instrument).toBeLessThan(mid!);
        expect(high!, instrument).toBeGreaterThan(mid!);
      }
    }
    // The published shapes differ most where they curve: at half load a rated processor has more room below than above.
    const { model } = models.find(({ instrument }) => instrument.startsWith("Load model, Intel"))!;
    const half = modelStep(model!, 1, model!.cpus / 2);
    if (isRejected(half)) throw new Error(half.reason);
    const [below, above] = [half.value - half.low, half.high - half.value];
    expect(Math.abs(above - below)).toBeGreaterThan(0.05 * half.value);
  });

  test("of a virtual machine: by its CPUs, and why no more is known", () => {
    const virtual = everyMeter().find(({ instrument }) => instrument.includes("virtual machine (KVM)"));
    expect(virtual?.basis).toMatch(/threads of a host that cannot be seen from here/);
    expect(virtual?.basis).toMatch(/band from/);
  });
});

test("a calibration narrows the model of this machine, and never a meter", () => {
  const [rated] = everyMeter().filter(({ instrument }) => instrument.startsWith("Load model, Intel"));
  const fit = {
    part: "cpu" as const,
    instrument: "RAPL package (powercap)",
    error: 0.07,
    cpus: 8,
    curve: [
      [0, 5],
      [1, 45],
    ] as const,
  };
  const fitted = modelOf(fit);
  for (const load of [0, 0.5, 1]) {
    const width = (model: typeof fitted) =>
      (wattsAt(model.high, load) - wattsAt(model.low, load)) / wattsAt(model.mid, load);
    expect(width(fitted)).toBeLessThan(width(rated!.model!) / 3);
  }
  const calibration = {
    v: 1 as const,
    at: "2026-11-22T12:00:00Z",
    machine: "m",
    seconds: 60,
    idle: [],
    fits: [fit],
    comparisons: [],
  };
  expect(calibrated(packageMeter, calibration).error).toBe(packageMeter.error);
});
