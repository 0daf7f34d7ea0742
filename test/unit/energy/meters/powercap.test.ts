import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { discoverPowercap } from "../../../../src/energy/meters/powercap.node.ts";
import {
  folderMissing,
  RAPL_GROUP_BLOCK,
  type Surroundings,
} from "../../../../src/energy/meters/powercap-reasons.ts";
import { type Planted, plant } from "../../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const machine of planted.splice(0)) machine.remove();
});

function discover(...trees: string[]) {
  const tree = plant(...trees);
  planted.push(tree);
  const again = (env = {}) => discoverPowercap({ sys: tree.sys, proc: tree.proc, nvml: "/none", env });
  return { tree, again, ...again() };
}

type Found = ReturnType<typeof discover>;
const counted = ({ accepted }: Pick<Found, "accepted">) =>
  accepted.filter(({ descriptor }) => descriptor.counted).map(({ descriptor }) => descriptor.label);
const meter = ({ accepted }: Pick<Found, "accepted">, id: string) => {
  const found = accepted.find(({ descriptor }) => descriptor.id === `powercap:${id}`);
  if (!found) throw new Error(`no meter ${id}`);
  return found;
};

test("a laptop: the package is counted; its parts, the platform and the MMIO twin are recorded beside it", () => {
  const found = discover("intel-laptop");
  expect(counted(found)).toEqual(["CPU package 0"]);
  expect(found.rejected).toEqual([]);
  expect(meter(found, "intel-rapl:0").descriptor).toMatchObject({
    component: "cpu",
    kind: "counter",
    method: "measured",
    instrument: "RAPL package (powercap)",
    unit: 1e-6,
    wrapsAt: 262143328850,
    maxPower: 210,
    attribution: "cpu-time",
  });
  const reasons = Object.fromEntries(
    found.accepted.map(({ descriptor }) => [descriptor.id, descriptor.uncountedReason]),
  );
  expect(reasons).toEqual({
    "powercap:intel-rapl:0": undefined,
    "powercap:intel-rapl:0:0": "part of the package",
    "powercap:intel-rapl:0:1": "part of the package",
    "powercap:intel-rapl:1": "contains the package, which is counted",
    "powercap:intel-rapl-mmio:0": "the same counter as intel-rapl:0, by another way",
  });
});

test("two sockets with memory: two packages and two dram zones", () => {
  const found = discover("intel-server");
  expect(counted(found)).toEqual(["CPU package 0", "RAM of package 0", "CPU package 1", "RAM of package 1"]);
  expect(meter(found, "intel-rapl:1:0").descriptor).toMatchObject({
    component: "dram",
    attribution: "resident-memory",
    maxPower: 150,
    error: 0.3,
  });
  expect(meter(found, "intel-rapl:0").descriptor.maxPower).toBe(648);
});

describe("dies", () => {
  test("dies of an AMD socket mirror one counter: counted once", () => {
    const found = discover("amd-threadripper");
    expect(counted(found)).toEqual(["CPU package 0 die 0"]);
    expect(meter(found, "intel-rapl:1").descriptor.uncountedReason).toContain("share one counter");
  });

  test("dies with counters of their own (Intel) are all counted", () => {
    const found = discover("amd-threadripper");
    found.tree.write("proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon 9282");
    found.tree.write("sys/class/powercap/intel-rapl:1/energy_uj", 1234567890);
    expect(counted(found.again())).toEqual(["CPU package 0 die 0", "CPU package 0 die 1"]);
  });

  test("dies that read the same are one counter, whoever made them", () => {
    const found = discover("amd-threadripper");
    found.tree.write("proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon 9282");
    expect(counted(found.again())).toEqual(["CPU package 0 die 0"]);
  });
});

test("EPYC: no limits, so a fallback; a wider error, since AMD models its counter", () => {
  const found = discover("amd-epyc");
  expect(meter(found, "intel-rapl:0").descriptor).toMatchObject({
    maxPower: 1000,
    error: 0.1,
    wrapsAt: 65532610987,
  });
});

test("only the platform can be read: it is counted, as what it is", () => {
  const found = discover("psys-only");
  expect(counted(found)).toEqual(["Platform (psys)"]);
  expect(meter(found, "intel-rapl:1").descriptor.component).toBe("platform");
});

test("the MMIO zone is counted when the register's own cannot be read", () => {
  const found = discover("intel-laptop");
  found.tree.delete("sys/class/powercap/intel-rapl:0/energy_uj");
  const again = found.again();
  expect(meter(again, "intel-rapl-mmio:0").descriptor.counted).toBe(true);
  expect(again.rejected[0]?.reason).toContain("ENOENT");
});

test("nested folders, as a container sees them that was given /sys/devices/virtual/powercap", () => {
  const { tree } = discover("intel-server");
  const nested = path.join(tree.root, "host/intel-rapl");
  fs.mkdirSync(nested, { recursive: true });
  fs.renameSync(path.join(tree.sys, "class/powercap/intel-rapl:0"), path.join(nested, "intel-rapl:0"));
  fs.renameSync(
    path.join(tree.sys, "class/powercap/intel-rapl:0:0"),
    path.join(nested, "intel-rapl:0/intel-rapl:0:0"),
  );
  const found = discoverPowercap({
    sys: "/none",
    proc: tree.proc,
    powercap: path.join(tree.root, "host"),
    nvml: "/none",
    env: {},
  });
  expect(counted(found)).toEqual(["CPU package 0", "RAM of package 0"]);
});

describe("readings", () => {
  const file = "sys/class/powercap/intel-rapl:0/energy_uj";

  test("each read sees the counter as it is now", () => {
    const found = discover("intel-server");
    const { read } = meter(found, "intel-rapl:0");
    expect(read()).toBe(199883728112);
    found.tree.write(file, 7);
    expect(read()).toBe(7);
  });

  test("an error or nonsense is null, never 0; the meter recovers when the file comes back", () => {
    const found = discover("intel-server");
    const package0 = meter(found, "intel-rapl:0");
    for (const content of ["", "garbage", "-5", "12x", "1 2"]) {
      found.tree.write(file, content);
      expect(package0.read()).toBeNull();
    }
    found.tree.write(file, 0);
    expect(package0.read()).toBe(0);
    package0.close?.();
    found.tree.delete(file);
    expect(package0.read()).toBeNull();
    found.tree.write(file, 42);
    expect(package0.read()).toBe(42);
  });
});

describe("not readable", () => {
  test("only root may read (CVE-2020-8694): one reason, one block to copy, nobody else is let in", () => {
    const { tree, again } = discover("intel-server");
    for (const zone of fs.readdirSync(path.join(tree.sys, "class/powercap"))) {
      fs.chmodSync(
        path.join(tree.sys, "class/powercap", zone, "energy_uj"),
        process.getuid?.() === 0 ? 0o400 : 0,
      );
    }
    // Root may read everything: for this look, the process is nobody.
    const wasRoot = process.geteuid?.() === 0;
    if (wasRoot) process.seteuid?.(65534);
    let found: ReturnType<typeof again>;
    try {
      found = again();
    } finally {
      if (wasRoot) process.seteuid?.(0);
    }
    expect(found.accepted).toEqual([]);
    expect(found.rejected).toHaveLength(1);
    expect(found.rejected[0]?.reason).toBe(
      "CPU package 0, RAM of package 0, CPU package 1 and RAM of package 1 are there, but only root may read the energy (kernel default since CVE-2020-8694).",
    );
    expect(found.rejected[0]?.remedy).toContain(RAPL_GROUP_BLOCK);
    expect(found.rejected[0]?.remedy).toMatch(/survives reboots/);
    expect(RAPL_GROUP_BLOCK).not.toMatch(/[ao]\+r|0?444|777/);
  });

  test("the block works as it is shown: indented, line by line", () => {
    const indented = RAPL_GROUP_BLOCK.replace(/^/gm, "      ");
    const sudo = 'sudo() { echo "root: $*"; if [ "$1" = tee ]; then cat; fi; }';
    const said = execFileSync("sh", ["-euc", `USER=ada; ${sudo}\n${indented}`], { encoding: "utf8" });
    expect(said.trim().split("\n")).toEqual([
      "root: groupadd --system --force rapl",
      "root: usermod --append --groups rapl ada",
      "root: tee /etc/udev/rules.d/70-rapl-read.rules",
      'SUBSYSTEM=="powercap", KERNEL=="intel-rapl*:*", RUN+="/bin/chgrp rapl %S%p/energy_uj", RUN+="/bin/chmod g+r %S%p/energy_uj"',
      "root: udevadm control --reload",
      "root: udevadm trigger --subsystem-match=powercap --action=add",
    ]);
  });

  test("no powercap folder: says so", () => {
    expect(discover("no-powercap").rejected[0]?.reason).toContain("powercap");
  });

  test("the folder without a zone: the driver is not loaded", () => {
    expect(discover("no-module").rejected[0]).toMatchObject({
      reason: expect.stringContaining("holds no RAPL zone"),
      remedy: expect.stringContaining("modprobe intel_rapl_msr"),
    });
  });

  test("a virtual machine: said by name, and nothing to do; a container: how to mount; another system: said", () => {
    const why = (around: Partial<Surroundings>) =>
      folderMissing("/sys/class/powercap", { platform: "linux", ...around });
    const virtual = why({ virtualization: "Amazon EC2", container: "docker" });
    expect(virtual.reason).toContain("virtual machine (Amazon EC2)");
    expect(virtual.remedy).toBeUndefined();
    expect(why({ container: "docker" }).remedy).toContain("FAIRWATT_POWERCAP");
    expect(why({}).remedy).toContain("modprobe");
    expect(why({ platform: "darwin" })).toMatchObject({
      reason: "Read through Linux powercap only; this system (darwin) has no /sys/class/powercap.",
    });
    expect(why({ platform: "darwin" }).remedy).toBeUndefined();
  });

  test("a container that masks the counters: how to mount them", () => {
    expect(discover("docker-masked").rejected[0]).toMatchObject({
      reason: "The container (docker) hides the host's energy counters.",
      remedy: expect.stringContaining("-e FAIRWATT_POWERCAP=/host/powercap"),
    });
  });
});
