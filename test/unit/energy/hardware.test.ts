import { afterEach, expect, test } from "vitest";
import {
  readCgroupLimits,
  readContainer,
  readHardware,
  readProcessor,
  readVirtualization,
} from "../../../src/energy/hardware.node.ts";
import { type Planted, plant } from "../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const machine of planted.splice(0)) machine.remove();
});

function machine(...trees: string[]) {
  const tree = plant(...trees);
  planted.push(tree);
  return { tree, roots: { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} } };
}

const limitsOf = (name: string) => {
  const { tree, roots } = machine(name);
  const { logicalCpus, memoryBytes } = readHardware(roots);
  return { tree, limits: readCgroupLimits(roots, { logicalCpus, memoryBytes }) };
};
const GIB = 2 ** 30;

test("a laptop: processor, CPUs, memory; neither container nor virtual", () => {
  const { roots } = machine("intel-laptop");
  expect(readHardware(roots)).toMatchObject({
    cpu: "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz",
    logicalCpus: 8,
    memoryBytes: 16107212 * 1024,
    container: undefined,
    virtualization: undefined,
  });
  expect(readProcessor(machine("intel-server").roots)).toMatchObject({ sockets: 2, vendor: "GenuineIntel" });
});

test("without /proc (macOS, Windows) the processor comes from node", () => {
  const roots = { sys: "/none", proc: "/none", nvml: "/none", env: {} };
  const { logicalCpus, memoryBytes, cpu } = readHardware(roots);
  expect(logicalCpus).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(0);
  expect(cpu).not.toBe("");
  const limits = readCgroupLimits(roots, { logicalCpus, memoryBytes });
  expect(limits).toMatchObject({ version: null, cpus: undefined, memoryBytes: undefined });
  expect([limits.sliceCpuSeconds(), limits.sliceMemoryBytes()]).toEqual([null, null]);
});

test.each([
  ["kvm", "KVM"],
  ["ec2", "Amazon EC2"],
  ["intel-server", undefined],
])("virtualization of %s", (name, expected) => {
  expect(readVirtualization(machine(name).roots)).toBe(expected);
});

test("virtual without firmware strings (Firecracker), WSL, a cloud's bare metal, virtual Arm", () => {
  const bare = machine("kvm");
  bare.tree.delete("sys/class/dmi");
  expect(readVirtualization(bare.roots)).toBe("unknown hypervisor");
  const wsl = machine("intel-laptop");
  wsl.tree.write("proc/version", "Linux version 5.15.167.4-microsoft-standard-WSL2");
  expect(readVirtualization(wsl.roots)).toBe("WSL 2 (Hyper-V)");
  const metal = machine("intel-server");
  metal.tree.write("sys/class/dmi/id/sys_vendor", "Amazon EC2");
  metal.tree.write("sys/class/dmi/id/product_name", "m5.metal");
  expect(readVirtualization(metal.roots)).toBeUndefined();
  const arm = machine("ec2");
  arm.tree.write("proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c");
  expect(readVirtualization(arm.roots)).toBe("Amazon EC2");
  expect(readProcessor(arm.roots).name).toBe("Arm processor (implementer 0x41, part 0xd0c)");
});

test.each([
  ["docker-v1", "docker"],
  ["docker-v2", "docker"],
  ["kubernetes", "kubernetes"],
  ["slurm", undefined],
  ["intel-laptop", undefined],
])("container of %s", (name, expected) => {
  expect(readContainer(machine(name).roots)).toBe(expected);
});

test("containers that say so in the environment", () => {
  const { roots } = machine("intel-laptop");
  expect(readContainer({ ...roots, env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } })).toBe("kubernetes");
  expect(readContainer({ ...roots, env: { APPTAINER_NAME: "torch.sif" } })).toBe("apptainer");
  expect(readContainer({ ...roots, env: { container: "podman" } })).toBe("podman");
});

test.each([
  ["docker-v1", 1, 4, 16 * GIB, 7.25, 4 * GIB],
  ["docker-v2", 2, 2.5, 8 * GIB, 12.5, 3 * GIB],
  ["kubernetes", 2, 8, 64 * GIB, 42, 10_000_000_000],
  ["slurm", 2, 16, 128 * GIB, 1, null],
])("limits of %s", (name, version, cpus, memoryBytes, seconds, used) => {
  const { limits } = limitsOf(name);
  expect(limits).toMatchObject({ version, cpus, memoryBytes });
  expect(limits.sliceCpuSeconds()).toBe(seconds);
  expect(limits.sliceMemoryBytes()).toBe(used);
});

test("a container in a container: the groups of its own children are not taken for its own", () => {
  const { tree, roots } = machine("docker-v1");
  tree.write("sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_quota_us", 100000);
  tree.write("sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_period_us", 100000);
  expect(readCgroupLimits(roots, readHardware(roots)).cpus).toBe(4);
});

test("accounts are read anew at each call, and null when they vanish", () => {
  const { limits, tree } = limitsOf("docker-v2");
  tree.write("sys/fs/cgroup/cpu.stat", "usage_usec 13500000");
  expect(limits.sliceCpuSeconds()).toBe(13.5);
  tree.delete("sys/fs/cgroup/cpu.stat");
  expect(limits.sliceCpuSeconds()).toBeNull();
});

test("a limit that is no limit: unlimited, larger than the machine, or garbage", () => {
  for (const [cpuMax, memoryMax] of [
    ["max 100000", "max"],
    ["99900000 100000", String(2 ** 60)],
    ["", "lots"],
  ]) {
    const { tree, roots } = machine("docker-v2");
    tree.write("sys/fs/cgroup/cpu.max", cpuMax!);
    tree.write("sys/fs/cgroup/memory.max", memoryMax!);
    const limits = readCgroupLimits(roots, { logicalCpus: 128, memoryBytes: 1e12 });
    expect(limits).toMatchObject({ cpus: undefined, memoryBytes: undefined });
    expect(limits.sliceCpuSeconds()).toBeNull();
  }
});
