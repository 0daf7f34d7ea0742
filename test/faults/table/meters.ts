/** Meters that go wrong in the middle of a run. */

import { expect } from "vitest";
import { buildFakeNvml, FAKE_GPU, writeFakeNvml } from "../../fixtures/nvml/build.ts";
import type { Fault } from "./fault.ts";

export const METER_FAULTS: Fault[] = [
  {
    fault: "a meter vanishes",
    by: "its file is empty from then on",
    async inject(scene) {
      scene.bench.powercap.vanish();
      await scene.measured(8);
    },
    holds: { gaps: [/^not read any more$/], partly: true },
  },
  {
    fault: "a meter vanishes and comes back as if nothing had been",
    by: "its file is empty for a second",
    async inject(scene) {
      scene.bench.powercap.vanish();
      await scene.measured(4);
      scene.bench.powercap.comeBack();
      await scene.measured();
    },
    holds: {},
  },
  {
    fault: "a meter vanishes and comes back with a new counter",
    by: "its file is empty for a second, then it counts from 0",
    async inject(scene) {
      scene.bench.powercap.vanish();
      await scene.measured(4);
      scene.bench.powercap.restart();
      await scene.measured(4);
    },
    holds: { gaps: [/^the counter was restarted$/], partly: true },
  },
  {
    fault: "a counter jumps forward",
    by: "50 kJ at once",
    async inject(scene) {
      scene.bench.powercap.jump(50_000);
      await scene.measured(4);
    },
    holds: { gaps: [/^the counter rose by more than \d+ W could$/], partly: true },
  },
  {
    fault: "a counter jumps back",
    by: "2 kJ at once",
    async inject(scene) {
      scene.bench.powercap.jump(-2000);
      await scene.measured(4);
    },
    holds: { gaps: [/^the counter was restarted$/], partly: true },
  },
  {
    fault: "the GPU's library crashes",
    by: "a fake libnvidia-ml that ends with SIGSEGV",
    async start() {
      const library = await buildFakeNvml();
      writeFakeNvml(library, { gpus: [FAKE_GPU] });
      return { env: { FAIRWATT_NVML: library } };
    },
    async inject(scene) {
      const sampler = await scene.sampler();
      writeFakeNvml(scene.surroundings.env!.FAIRWATT_NVML!, {
        gpus: [FAKE_GPU],
        failures: [{ function: "nvmlDeviceGetTotalEnergyConsumption", code: 139 }],
      });
      await scene.sampler([sampler]);
      await scene.measured(6);
    },
    holds: {
      gaps: [/SIGSEGV/, /^not read any more$/],
      also({ summary }) {
        expect(summary.rejected.find(({ id }) => id === "nvml")?.reason).toContain(
          "crashed the sampler (SIGSEGV)",
        );
      },
    },
  },
];
