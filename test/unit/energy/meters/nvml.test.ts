import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Meter, Roots } from "../../../../src/energy/meters/meter.ts";
import { discoverNvml } from "../../../../src/energy/meters/nvml.node.ts";
import { loadKoffi, nvmlStructs } from "../../../../src/energy/meters/nvml-binding.node.ts";
import {
  buildFakeNvml,
  type FakeGpu,
  type FakeNvmlState,
  writeFakeNvml,
} from "../../../fixtures/nvml/build.ts";

const A100 = "GPU-11111111-aaaa-bbbb-cccc-000000000001";
const T4 = "GPU-22222222-aaaa-bbbb-cccc-000000000002";
const a100: FakeGpu = {
  uuid: A100,
  name: "NVIDIA A100-SXM4-80GB",
  energy: 5_000_000,
  power: 250_000,
  limit: 400_000,
};
const t4: FakeGpu = { uuid: T4, name: "Tesla T4", energy: 900_000, power: 40_000, limit: 70_000 };

let library: string;
let old: string;
beforeAll(async () => {
  [library, old] = await Promise.all([buildFakeNvml(), buildFakeNvml({ old: true })]);
});
afterAll(() => {
  for (const file of [library, old]) fs.rmSync(path.dirname(file), { recursive: true });
});

function discover(state: FakeNvmlState, env: Roots["env"] = {}, nvml = library, proc = "/proc") {
  writeFakeNvml(nvml, state);
  const found = discoverNvml({ sys: "/sys", proc, nvml, env });
  const byId = (id: string): Meter => {
    const meter = found.accepted.find(({ descriptor }) => descriptor.id === id);
    if (!meter) throw new Error(`no meter ${id}`);
    return meter;
  };
  return {
    ...found,
    byId,
    counted: found.accepted.filter((m) => m.descriptor.counted).map((m) => m.descriptor.id),
  };
}

test("struct sizes and offsets are those of nvml.h", () => {
  const koffi = loadKoffi();
  const { fieldValue, processInfo, processSample } = nvmlStructs(koffi);
  expect([fieldValue, processInfo, processSample].map((type) => koffi.sizeof(type))).toEqual([40, 24, 32]);
  expect(
    ["scopeId", "timestamp", "latencyUsec", "valueType", "nvmlReturn", "value"].map((m) =>
      koffi.offsetof(fieldValue, m),
    ),
  ).toEqual([4, 8, 16, 24, 28, 32]);
  expect(
    ["usedGpuMemory", "gpuInstanceId", "computeInstanceId"].map((m) => koffi.offsetof(processInfo, m)),
  ).toEqual([8, 16, 20]);
  expect(
    ["timeStamp", "smUtil", "memUtil", "encUtil", "decUtil"].map((m) => koffi.offsetof(processSample, m)),
  ).toEqual([8, 16, 20, 24, 28]);
});

describe("readings", () => {
  test("the energy counter is counted, power is recorded to check it", () => {
    const found = discover({ gpus: [a100] });
    const energy = found.byId(`nvml:${A100}:energy`);
    expect(energy.descriptor).toMatchObject({
      component: "gpu",
      label: "GPU 0",
      kind: "counter",
      method: "measured",
      instrument: "NVML energy counter, NVIDIA A100-SXM4-80GB",
      unit: 0.001,
      maxPower: 520,
      counted: true,
      crossCheck: `nvml:${A100}:power`,
    });
    expect(energy.read()).toBe(5_000_000);
    const power = found.byId(`nvml:${A100}:power`);
    expect(power.descriptor).toMatchObject({ kind: "power", counted: false, unit: 0.001 });
    expect(power.read()).toBe(250_000);
    expect(found.rejected).toEqual([]);
  });

  test("the counter of a Grace Hopper covers its processor, too, so nothing else may count that", () => {
    const found = discover({ gpus: [{ ...a100, name: "NVIDIA GH200 480GB" }] });
    const { parts, crossCheck, basis } = found.byId(`nvml:${A100}:energy`).descriptor;
    expect(parts).toEqual([`gpu:${A100}`, "cpu:0", "dram:0"]);
    expect(crossCheck).toBeUndefined();
    expect(basis).toContain("the processor and its memory");
  });

  test("a GPU without a counter (before Volta, vGPU): power is counted, and the reason is said", () => {
    const found = discover({
      gpus: [a100],
      failures: [{ function: "nvmlDeviceGetTotalEnergyConsumption", code: 3 }],
    });
    expect(found.counted).toEqual([`nvml:${A100}:power`]);
    expect(found.rejected[0]?.reason).toBe(
      "Energy counter cannot be used: this GPU or its driver does not have it (NVML code 3).",
    );
  });

  test("an old library without the newer functions still gives power", () => {
    const found = discover({ gpus: [a100] }, {}, old);
    expect(found.counted).toEqual([`nvml:${A100}:power`]);
    expect(found.byId(`nvml:${A100}:power`).read()).toBe(250_000);
    expect(found.byId(`nvml:${A100}:power`).processes?.()).toBeNull();
    expect(found.rejected[0]?.reason).toContain("NVML code 13");
  });

  test("a counter that stays 0 while power is drawn is not believed", () => {
    const found = discover({ gpus: [{ ...a100, energy: 0 }] });
    expect(found.counted).toEqual([`nvml:${A100}:power`]);
    expect(found.rejected[0]?.reason).toContain("stays at 0 while the GPU draws power");
  });

  test("instant power by field where the plain power call is not supported", () => {
    const found = discover({ gpus: [a100], failures: [{ function: "nvmlDeviceGetPowerUsage", code: 3 }] });
    expect(found.byId(`nvml:${A100}:power`).read()).toBe(250_000);
  });

  test("neither counter nor power: both rejected, nothing counted as zero", () => {
    const names = [
      "nvmlDeviceGetPowerUsage",
      "nvmlDeviceGetFieldValues",
      "nvmlDeviceGetTotalEnergyConsumption",
    ];
    const found = discover({ gpus: [a100], failures: names.map((name) => ({ function: name, code: 3 })) });
    expect(found.accepted).toEqual([]);
    expect(found.rejected.map(({ id }) => id)).toEqual([`nvml:${A100}:energy`, `nvml:${A100}:power`]);
  });

  test("a GPU that is lost reads null, and is read again when it answers", () => {
    const found = discover({ gpus: [a100] });
    const energy = found.byId(`nvml:${A100}:energy`);
    writeFakeNvml(library, {
      gpus: [a100],
      failures: [{ function: "nvmlDeviceGetTotalEnergyConsumption", code: 15 }],
    });
    expect(energy.read()).toBeNull();
    writeFakeNvml(library, { gpus: [{ ...a100, energy: 5_100_000 }] });
    expect(energy.read()).toBe(5_100_000);
  });

  test("a GPU that does not answer at the start is rejected by its index, the others are used", () => {
    const found = discover({
      gpus: [a100, t4],
      failures: [{ function: "nvmlDeviceGetHandleByIndex_v2", code: 15, gpu: 0 }],
    });
    expect(found.counted).toEqual([`nvml:${T4}:energy`]);
    expect(found.rejected[0]).toMatchObject({
      label: "GPU 0",
      reason: expect.stringContaining("fallen off the bus"),
    });
  });
});

describe("no GPU to measure", () => {
  test.each([
    [18, "different versions", "Reboot"],
    [9, "driver is not loaded", "modprobe nvidia"],
    [4, "no permission", "video or render"],
    [12, "library that NVML needs", "driver's libraries"],
  ])("nvmlInit answers %i", (code, meaning, remedy) => {
    const found = discover({ gpus: [a100], failures: [{ function: "nvmlInit_v2", code }] });
    expect(found.accepted).toEqual([]);
    expect(found.rejected[0]?.reason).toContain(meaning);
    expect(found.rejected[0]?.reason).toContain(`(NVML code ${code})`);
    expect(found.rejected[0]?.remedy).toContain(remedy);
  });

  test("no driver, no file: said without loading anything", () => {
    const found = discoverNvml({ sys: "/none", proc: "/none", nvml: "/none/libnvidia-ml.so.1", env: {} });
    expect(found.rejected[0]?.reason).toBe("No NVIDIA driver: /none/libnvidia-ml.so.1 does not exist.");
  });

  test("a file that is no library", () => {
    const file = path.join(path.dirname(library), "state");
    const found = discoverNvml({ sys: "/none", proc: "/none", nvml: file, env: {} });
    expect(found.rejected[0]?.reason).toContain("could not be loaded");
  });

  test("a driver without a GPU", () => {
    expect(discover({ gpus: [] }).rejected[0]?.reason).toContain("lists no GPU");
  });
});

describe("processes", () => {
  const at = (processes: FakeGpu["processes"], extra: Partial<FakeGpu> = {}) => {
    const found = discover({ gpus: [{ ...a100, ...extra, processes }] });
    const meter = found.byId(`nvml:${A100}:energy`);
    return Object.assign(meter, { power: found.byId(`nvml:${A100}:power`) });
  };
  const asObject = (meter: Meter) => {
    const found = meter.processes?.();
    return found && { basis: found.basis, weights: Object.fromEntries(found.weights) };
  };

  test("weights are SM utilisation", () => {
    const meter = at([
      { pid: 1, sm: 60, bytes: 1e9 },
      { pid: process.pid, sm: 20, bytes: 9e9 },
    ]);
    expect(asObject(meter)).toEqual({ basis: "utilisation", weights: { 1: 60, [process.pid]: 20 } });
  });

  test("samples seen before are not charged again: memory decides until there are new ones", () => {
    const meter = at([
      { pid: 1, sm: 60, bytes: 1e9, time: 1000 },
      { pid: process.pid, sm: 20, bytes: 3e9, time: 2000 },
    ]);
    expect(asObject(meter)?.basis).toBe("utilisation");
    expect(asObject(meter)).toEqual({ basis: "memory", weights: { 1: 1e9, [process.pid]: 3e9 } });
  });

  test("counter and power of one GPU get the same answer for the same interval", () => {
    const meter = at([{ pid: 1, sm: 60, bytes: 1e9, time: 1000 }]);
    expect(asObject(meter)?.basis).toBe("utilisation");
    expect(asObject(meter.power)?.basis).toBe("utilisation");
    expect(asObject(meter)?.basis).toBe("memory");
  });

  test("one process whose memory the driver hides has all of it; of two nobody knows", () => {
    expect(asObject(at([{ pid: 1, sm: 0 }]))).toEqual({ basis: "memory", weights: { 1: 1 } });
    expect(
      asObject(
        at([
          { pid: 1, sm: 0 },
          { pid: process.pid, sm: 0 },
        ]),
      ),
    ).toBeNull();
  });

  test("places of the driver's buffer without a process are passed over", () => {
    const meter = at([
      { pid: 0, sm: 80, bytes: 0 },
      { pid: 7, sm: 20, bytes: 1 },
    ]);
    expect(asObject(meter)).toEqual({ basis: "utilisation", weights: { 7: 20 } });
  });

  test("two processes: the one that computes has it, not the one that only holds memory", () => {
    const meter = at([
      { pid: 1, sm: 0, bytes: 9e9 },
      { pid: process.pid, sm: 35, bytes: 1e9 },
    ]);
    expect(asObject(meter)).toEqual({ basis: "utilisation", weights: { [process.pid]: 35 } });
  });

  test("a GPU that rests with nobody on it is nobody's; one that works for nobody is not told", () => {
    expect(asObject(at([], { busy: 0 }))).toEqual({ basis: "utilisation", weights: {} });
    expect(asObject(at([], { busy: 40 }))).toBeNull();
  });

  test("NVIDIA's service for several processes is none of them", () => {
    const proc = fs.mkdtempSync(path.join(path.dirname(library), "proc-"));
    fs.mkdirSync(path.join(proc, "900"));
    fs.writeFileSync(path.join(proc, "900/comm"), "nvidia-cuda-mps\n");
    const weights = (processes: FakeGpu["processes"]) =>
      discover({ gpus: [{ ...a100, processes, busy: 50 }] }, {}, library, proc)
        .byId(`nvml:${A100}:energy`)
        .processes?.()?.weights;
    const server = { pid: 900, sm: 60, bytes: 30_000_000 };
    expect(weights([server, { pid: 7, sm: 0, bytes: 1e9 }])).toEqual(new Map([[7, 1]]));
    expect(weights([server])).toBeUndefined();
  });

  test("nobody on it, or a divided GPU: not told", () => {
    expect(asObject(at([]))).toBeNull();
    expect(asObject(at([{ pid: 1, sm: 50, bytes: 1e9 }], { mig: ["MIG-aaaa"] }))).toBeNull();
  });

  test("more processes than the first buffer holds", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ pid: i + 1, sm: 1, bytes: 1 }));
    expect(at(many).processes?.()?.weights.size).toBe(200);
  });

  test("in a container, pids of the host are not believed", () => {
    const proc = fs.mkdtempSync(path.join(path.dirname(library), "proc-"));
    fs.mkdirSync(path.join(proc, "self/ns"), { recursive: true });
    fs.symlinkSync("pid:[4026532999]", path.join(proc, "self/ns/pid"));
    fs.mkdirSync(path.join(proc, "77"));
    const weights = (pid: number) =>
      discover({ gpus: [{ ...a100, processes: [{ pid, sm: 10, bytes: 1 }] }] }, {}, library, proc)
        .byId(`nvml:${A100}:energy`)
        .processes?.();
    expect(weights(3_900_123)).toBeNull();
    expect(weights(77)?.weights.get(77)).toBe(10);
  });
});

describe("GPUs that the run may see", () => {
  test("one hidden by CUDA_VISIBLE_DEVICES is recorded and not counted", () => {
    const found = discover({ gpus: [a100, { ...a100, uuid: T4 }] }, { CUDA_VISIBLE_DEVICES: "1" });
    expect(found.counted).toEqual([`nvml:${T4}:energy`]);
    expect(found.byId(`nvml:${A100}:energy`).descriptor.uncountedReason).toContain("CUDA_VISIBLE_DEVICES");
    expect(found.accepted.some(({ descriptor }) => descriptor.id === `nvml:${A100}:power`)).toBe(false);
  });

  test("different GPUs named by index in CUDA's own order: the doubt is written into the basis", () => {
    const unsure = discover({ gpus: [t4, a100] }, { CUDA_VISIBLE_DEVICES: "0" });
    expect(unsure.byId(`nvml:${T4}:energy`).descriptor.basis).toContain("may be wrong");
    const sure = discover(
      { gpus: [t4, a100] },
      { CUDA_VISIBLE_DEVICES: "0", CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
    );
    expect(sure.byId(`nvml:${T4}:energy`).descriptor.basis).toBeUndefined();
  });

  test("a divided GPU is shared out by the multiprocessors of the instances in use", () => {
    const divided = { ...a100, mig: ["MIG-1 42", "MIG-2 14", "MIG-3 42"] };
    const pid = process.pid;
    const found = discover({
      gpus: [
        {
          ...divided,
          processes: [
            { pid, sm: 0, instance: 0 },
            { pid: 1, sm: 0, instance: 1 },
            { pid: process.ppid, sm: 0, instance: 1 },
          ],
        },
      ],
    });
    const seen = found.byId(`nvml:${A100}:energy`).processes?.();
    expect(seen?.basis).toBe("instances");
    expect(Object.fromEntries(seen?.weights ?? [])).toEqual({ [pid]: 42, 1: 7, [process.ppid]: 7 });
  });

  test("a MIG instance makes its GPU visible, and says that the energy is the whole GPU's", () => {
    const divided = { ...a100, mig: ["MIG-c0ffee00-1", "MIG-c0ffee00-2"] };
    const found = discover({ gpus: [divided, t4] }, { CUDA_VISIBLE_DEVICES: "MIG-c0ffee00-2" });
    expect(found.counted).toEqual([`nvml:${A100}:energy`]);
    expect(found.byId(`nvml:${A100}:energy`).descriptor.basis).toContain("whole GPU");
  });
});
