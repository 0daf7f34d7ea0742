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

/** Groups in groups, as those who schedule name them: files below /sys/fs/cgroup. */
const NESTED: [name: string, membership: string, files: Record<string, string>, expected: object][] = [
  [
    "a burstable pod by version 1: the pod's limit is tighter than its container's, and has the wider account",
    "4:memory:/kubepods/burstable/pod7f/c1\n3:cpu,cpuacct:/kubepods/burstable/pod7f/c1\n0::/kubepods/burstable/pod7f/c1",
    {
      "cpu,cpuacct/kubepods/cpu.cfs_quota_us": "-1",
      "cpu,cpuacct/kubepods/burstable/cpu.cfs_quota_us": "-1",
      "cpu,cpuacct/kubepods/burstable/pod7f/cpu.cfs_quota_us": "150000",
      "cpu,cpuacct/kubepods/burstable/pod7f/cpu.cfs_period_us": "100000",
      "cpu,cpuacct/kubepods/burstable/pod7f/cpuacct.usage": "30000000000",
      "cpu,cpuacct/kubepods/burstable/pod7f/c1/cpu.cfs_quota_us": "200000",
      "cpu,cpuacct/kubepods/burstable/pod7f/c1/cpu.cfs_period_us": "100000",
      "cpu,cpuacct/kubepods/burstable/pod7f/c1/cpuacct.usage": "10000000000",
      "memory/kubepods/memory.limit_in_bytes": "9223372036854771712",
      "memory/kubepods/burstable/pod7f/memory.limit_in_bytes": String(2 * GIB),
      "memory/kubepods/burstable/pod7f/memory.usage_in_bytes": String(GIB),
      "memory/kubepods/burstable/pod7f/memory.stat": "total_inactive_file 73741824",
      "memory/kubepods/burstable/pod7f/c1/memory.limit_in_bytes": "9223372036854771712",
    },
    { version: 1, cpus: 1.5, memoryBytes: 2 * GIB, seconds: 30, used: 1_000_000_000 },
  ],
  [
    "a burstable pod by version 2 and systemd: memory of the pod, processors of its container",
    "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/cri-containerd-c1.scope",
    {
      "cgroup.controllers": "cpuset cpu memory",
      "kubepods.slice/memory.max": String(12 * GIB),
      "kubepods.slice/kubepods-burstable.slice/memory.max": "max",
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/memory.max": String(4 * GIB),
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/memory.current": String(GIB),
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/cpu.max": "max 100000",
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/cri-containerd-c1.scope/cpu.max":
        "50000 100000",
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod7f.slice/cri-containerd-c1.scope/cpu.stat":
        "usage_usec 2500000\nuser_usec 2000000",
    },
    { version: 2, cpus: 0.5, memoryBytes: 4 * GIB, seconds: 2.5, used: GIB },
  ],
  [
    "a systemd scope of a user with a quota on the user's slice",
    "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-code-4711.scope",
    {
      "cgroup.controllers": "cpuset cpu memory",
      "user.slice/user-1000.slice/cpu.max": "300000 100000",
      "user.slice/user-1000.slice/cpu.stat": "usage_usec 9000000",
      "user.slice/user-1000.slice/user@1000.service/cpu.max": "max 100000",
      "user.slice/user-1000.slice/user@1000.service/app.slice/cpu.max": "max 100000",
      "user.slice/user-1000.slice/user@1000.service/app.slice/app-code-4711.scope/cpu.max": "max 100000",
    },
    { version: 2, cpus: 3, memoryBytes: undefined, seconds: 9, used: null },
  ],
  [
    "a namespace of groups whose path leads above its mount: the mount is the group",
    "0::/../../kubepods-pod7f.slice/cri-containerd-c2.scope",
    { "cgroup.controllers": "cpu memory", "cpu.max": "100000 100000", "cpu.stat": "usage_usec 4000000" },
    { version: 2, cpus: 1, memoryBytes: undefined, seconds: 4, used: null },
  ],
];

test.each(NESTED)("limits of %s", (_, membership, files, expected) => {
  const { tree, roots } = machine("intel-laptop");
  tree.write("proc/self/cgroup", membership);
  for (const [file, text] of Object.entries(files)) tree.write(`sys/fs/cgroup/${file}`, text);
  const limits = readCgroupLimits(roots, readHardware(roots));
  const { version, cpus, memoryBytes } = limits;
  const [seconds, used] = [limits.sliceCpuSeconds(), limits.sliceMemoryBytes()];
  expect({ version, cpus, memoryBytes, seconds, used }).toEqual(expected);
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
