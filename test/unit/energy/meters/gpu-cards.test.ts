import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { gpuShare } from "../../../../src/energy/gpu-share.ts";
import { readAccumulator } from "../../../../src/energy/meters/amd-energy-counter.node.ts";
import { DrmClients } from "../../../../src/energy/meters/drm-clients.node.ts";
import { discoverHwmon } from "../../../../src/energy/meters/hwmon.node.ts";
import { hiddenByRocm } from "../../../../src/energy/meters/rocm-visible.ts";
import { type Planted, plant } from "../../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
});

function machine(name: string): Planted {
  const tree = plant(name);
  planted.push(tree);
  return tree;
}

function discover(tree: Planted, env: Record<string, string> = {}) {
  const { accepted } = discoverHwmon({ sys: tree.sys, proc: tree.proc, nvml: "/none", env });
  const counted = accepted.filter(({ descriptor }) => descriptor.counted);
  return { accepted, counted: counted.map(({ descriptor }) => descriptor.id), meter: counted[0]! };
}

/** A process that has a graphics device open: /proc/<pid>/fd and fdinfo as the kernel writes them. */
function opens(tree: Planted, pid: number, lines: Record<string, string | number>, fd = 7): void {
  const folder = path.join(tree.proc, String(pid), "fd");
  fs.mkdirSync(folder, { recursive: true });
  const link = path.join(folder, String(fd));
  if (!fs.existsSync(link)) {
    fs.rmSync(link, { force: true });
    fs.symlinkSync("/dev/dri/renderD128", link);
  }
  const text = Object.entries({ pos: 0, flags: "0100002", ...lines })
    .map(([key, value]) => `${key}:\t${value}`)
    .join("\n");
  tree.write(`proc/${pid}/fdinfo/${fd}`, text);
}

const i915 = (client: number, render: number, compute: number) => ({
  "drm-driver": "i915",
  "drm-pdev": "0000:03:00.0",
  "drm-client-id": client,
  "drm-resident-local0": "2048 MiB",
  "drm-engine-render": `${render} ns`,
  "drm-engine-compute": `${compute} ns`,
  "drm-engine-capacity-compute": 4,
});
const xe = (client: number, cycles: number) => ({
  "drm-driver": "xe",
  "drm-pdev": "0000:03:00.0",
  "drm-client-id": client,
  "drm-cycles-ccs": cycles,
  "drm-total-cycles-ccs": 9_999_999_999,
});
const amdgpu = (client: number, gfx: number) => ({
  "drm-driver": "amdgpu",
  "drm-pdev": "0000:03:00.0",
  "drm-client-id": client,
  "drm-memory-vram": "1048576 KiB",
  "drm-engine-gfx": `${gfx} ns`,
});

describe("two processes on one GPU", () => {
  test.each([
    ["i915", "arc-desktop", (client: number, busy: number) => i915(client, busy / 2, busy / 2)],
    ["xe", "arc-desktop", xe],
    ["amdgpu", "ryzen-laptop", amdgpu],
  ])("%s: by what each computed since the last sample", (_driver, name, lines) => {
    const tree = machine(name);
    const of = (all: ReturnType<typeof discover>) =>
      all.accepted.find(({ descriptor }) => descriptor.label.includes("0000:03:00.0"))!;
    const meter = of(discover(tree));
    expect(meter.descriptor).toMatchObject({ attribution: "gpu-process", counted: true });
    expect(meter.descriptor.basis).toContain("those that this user may look into");
    const share = () => gpuShare(meter.processes!()!, new Set([20]), false);
    opens(tree, 10, lines(1, 5_000_000));
    opens(tree, 20, lines(2, 1_000_000));
    share();
    opens(tree, 10, lines(1, 8_000_000));
    opens(tree, 20, lines(2, 2_000_000));
    expect(share()).toBe(0.25);
  });

  test("one driver's account falls for a moment: the larger value stands", () => {
    const tree = machine("arc-desktop");
    const clients = new DrmClients(tree.proc, () => 0);
    const at = (busy: number) => {
      opens(tree, 10, xe(1, busy));
      return clients.use("0000:03:00.0", [])?.weights.get(10);
    };
    at(100);
    expect(clients.use("0000:03:00.0", [])?.basis).toBe("memory");
    at(150);
    at(120);
    expect(at(160)).toBe(10);
  });

  test("a client with several descriptors counts once; one opened later loses nothing; one that ends is forgotten", () => {
    const tree = machine("arc-desktop");
    let now = 0;
    const clients = new DrmClients(tree.proc, () => now++);
    const use = () => Object.fromEntries(clients.use("0000:03:00.0", [])?.weights ?? []);
    opens(tree, 10, xe(1, 0));
    opens(tree, 10, xe(1, 0), 8);
    use();
    opens(tree, 10, xe(1, 300));
    opens(tree, 10, xe(1, 300), 8);
    opens(tree, 20, xe(2, 700));
    now += 1000;
    expect(use()).toEqual({ 10: 300, 20: 700 });
    tree.delete("proc/20");
    opens(tree, 10, xe(1, 400));
    opens(tree, 10, xe(1, 400), 8);
    expect(use()).toEqual({ 10: 100 });
  });

  test("nobody has it open: it is nobody's; open without an account (older kernels): not told", () => {
    const tree = machine("arc-desktop");
    const clients = () => new DrmClients(tree.proc).use("0000:03:00.0", ["card0", "renderD128"]);
    expect(clients()).toEqual({ weights: new Map(), basis: "memory", ownNumbers: true });
    opens(tree, 10, { "drm-driver": "i915" });
    expect(clients()).toBeNull();
  });
});

test("a container sees the sensors of every GPU of the host: one that it was not given is not counted", () => {
  const tree = machine("arc-desktop");
  tree.write("sys/class/hwmon/hwmon0/device/drm/renderD128/dev", "226:128");
  tree.write("sys/class/hwmon/hwmon1/device/drm/renderD129/dev", "226:129");
  tree.write("dev/dri/renderD129", "");
  const roots = { sys: tree.sys, proc: tree.proc, nvml: "/none", dev: path.join(tree.root, "dev") };
  const counted = (env: Record<string, string>) =>
    discoverHwmon({ ...roots, env }).accepted.map(({ descriptor }) => descriptor.uncountedReason);
  expect(counted({ container: "podman" })).toEqual([
    "the container was not given this GPU",
    undefined,
    "another reading of the same GPU is counted",
  ]);
  expect(counted({})[0]).toBeUndefined();
});

/** gpu_metrics of a format: its header, and the accumulator at its place. */
function table(format: number, content: number, offset: number, value: bigint, size = 120): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt16LE(size, 0);
  bytes.writeUInt8(format, 2);
  bytes.writeUInt8(content, 3);
  bytes.writeBigUInt64LE(value, offset);
  return bytes;
}

describe("AMD's energy accumulator", () => {
  test.each([
    [1, 3, 24],
    [1, 4, 24],
    [1, 5, 88],
    [1, 6, 88],
    [1, 7, 24],
    [1, 8, 24],
  ])("format %i.%i", (format, content, offset) => {
    expect(readAccumulator(table(format, content, offset, 4_900_000_000_123n))).toBe(4_900_000_000_123);
  });

  test.each([
    ["of an APU", table(2, 3, 24, 5n)],
    ["of a format to come", table(1, 9, 24, 5n)],
    ["not filled by the firmware", table(1, 4, 24, 0xffff_ffff_ffff_ffffn)],
    ["of a module's second half", table(1, 3, 24, 0n)],
    ["torn", table(1, 5, 88, 5n).subarray(0, 60)],
    ["empty", Buffer.alloc(0)],
  ])("%s is none", (_name, bytes) => {
    expect(readAccumulator(bytes)).toBeUndefined();
  });

  test("of an Instinct GPU is counted, and its power checks it", () => {
    const tree = machine("mi250");
    const file = path.join(tree.sys, "class/hwmon/hwmon0/device/gpu_metrics");
    fs.writeFileSync(file, table(1, 3, 24, 65_536_000n));
    const { meter, accepted } = discover(tree);
    expect(meter.descriptor).toMatchObject({
      kind: "counter",
      instrument: "amdgpu energy counter (gpu_metrics)",
      crossCheck: "hwmon:hwmon0:amdgpu:power1",
      maxPower: 728,
    });
    expect(meter.read()! * meter.descriptor.unit).toBe(1000);
    expect(accepted.find(({ descriptor }) => descriptor.id === "hwmon:hwmon0:amdgpu:power1")).toBeDefined();
    fs.rmSync(file);
    expect(meter.read()).toBeNull();
  });

  test("of another GPU, whose unit nobody has published, is left alone", () => {
    const tree = machine("ryzen-laptop");
    fs.writeFileSync(
      path.join(tree.sys, "class/hwmon/hwmon2/device/gpu_metrics"),
      table(1, 3, 24, 65_536_000n),
    );
    expect(discover(tree).counted).toContain("hwmon:hwmon2:amdgpu:power1");
  });
});

describe("modules of two halves", () => {
  const first = "hwmon:hwmon0:amdgpu:power1";
  const second = "hwmon:hwmon2:amdgpu:power1";

  test("the first half counts for both", () => {
    const { counted, accepted } = discover(machine("mi250"));
    expect(counted).toEqual([first, second]);
    expect(accepted[1]?.descriptor.uncountedReason).toBe(
      "half of a module: its power is in that of 0000:29:00.0",
    );
  });

  test.each([
    [{ ROCR_VISIBLE_DEVICES: "1" }, [first]],
    [{ HIP_VISIBLE_DEVICES: "2,3" }, [second]],
    [{ CUDA_VISIBLE_DEVICES: "3" }, [second]],
    [{ ROCR_VISIBLE_DEVICES: "GPU-b1000000000000b2" }, [second]],
    [{ ROCR_VISIBLE_DEVICES: "2,3,0", HIP_VISIBLE_DEVICES: "2" }, [first]],
    [{ HIP_VISIBLE_DEVICES: "-1" }, []],
    [{}, [first, second]],
  ])("a run on %j", (env, expected) => {
    expect(discover(machine("mi250"), env as Record<string, string>).counted).toEqual(expected);
  });

  test("who computes on the second half has its part of the module", () => {
    const tree = machine("mi250");
    tree.write("sys/class/kfd/kfd/proc/10/stats_1001/cu_occupancy", 30);
    tree.write("sys/class/kfd/kfd/proc/20/stats_1002/cu_occupancy", 90);
    const [card] = discover(tree).accepted;
    expect(gpuShare(card!.processes!()!, new Set([20]), false)).toBe(0.75);
  });

  test("an id that the cards do not tell hides nothing", () => {
    const hidden = hiddenByRocm([{ pci: "0000:03:00.0" }], { ROCR_VISIBLE_DEVICES: "GPU-1" });
    expect(hidden.size).toBe(0);
  });
});
