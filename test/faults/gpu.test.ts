/** The GPU's library under the sampler, measured through its real binary interface. That it crashes is in the table of faults. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunSummary } from "../../src/energy/run.ts";
import { buildFakeNvml, FAKE_GPU, writeFakeNvml } from "../fixtures/nvml/build.ts";
import { samplesIn } from "./table/aftermath.ts";
import { Scene } from "./table/scene.ts";

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.dispose());

/** A training on a machine with the GPU, once it was measured for a while. */
async function measured(env: NodeJS.ProcessEnv = {}): Promise<RunSummary> {
  const library = await buildFakeNvml();
  writeFakeNvml(library, { gpus: [FAKE_GPU] });
  await scene.begin({ start: () => ({ env: { FAIRWATT_NVML: library, ...env } }) });
  await scene.measured(3);
  scene.enough();
  await scene.run.ended;
  return scene.bench.onlyRun();
}

describe("a GPU", () => {
  it("is counted by its energy counter", async () => {
    const { meters } = await measured();
    const gpu = meters.find(({ meter }) => meter.component === "gpu")!;
    expect(gpu.meter.instrument).toContain("energy counter");
    const readings = samplesIn(scene.journals()).map(({ r }) => r[gpu.meter.id]! * 1e-3);
    expect(gpu.machine.value).toBeGreaterThan(0);
    expect(gpu.machine.value).toBeCloseTo(readings.at(-1)! - readings[0]!, 6);
    expect(gpu.run.method).toBe("measured");
  });

  it("that CUDA_VISIBLE_DEVICES hides is not the run's", async () => {
    const { meters, uncounted } = await measured({ CUDA_VISIBLE_DEVICES: "" });
    expect(meters.some(({ meter }) => meter.component === "gpu")).toBe(false);
    expect(uncounted.some(({ meter }) => meter.component === "gpu")).toBe(true);
  });
});
