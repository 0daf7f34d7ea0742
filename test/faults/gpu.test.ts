/** The GPU's library under the sampler, measured through its real binary interface. That it crashes is in the table of faults. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildFakeNvml, FAKE_GPU, writeFakeNvml } from "../fixtures/nvml/build.ts";
import { Bench, busyPython } from "./support/measured.ts";

let bench: Bench;
let library: string;
beforeEach(async () => {
  bench = new Bench();
  library = await buildFakeNvml();
  writeFakeNvml(library, { gpus: [FAKE_GPU] });
});
afterEach(() => bench.dispose());

describe("a GPU", () => {
  it("is counted by its energy counter", async () => {
    await bench.start(busyPython(3), { env: { FAIRWATT_NVML: library } }).ended;
    const summary = await bench.onlyRun();
    const gpu = summary.meters.find(({ meter }) => meter.component === "gpu")!;
    expect(gpu.meter.instrument).toContain("energy counter");
    expect(Math.abs(gpu.machine.value / gpu.seconds - 250)).toBeLessThan(5);
    expect(summary.energy.method).toBe("measured");
  });

  it("that CUDA_VISIBLE_DEVICES hides is not the run's", async () => {
    await bench.start(busyPython(1.5), { env: { FAIRWATT_NVML: library, CUDA_VISIBLE_DEVICES: "" } }).ended;
    const summary = await bench.onlyRun();
    expect(summary.meters.some(({ meter }) => meter.component === "gpu")).toBe(false);
    expect(summary.uncounted.some(({ meter }) => meter.component === "gpu")).toBe(true);
  });
});
