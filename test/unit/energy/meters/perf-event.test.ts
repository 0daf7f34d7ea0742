import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { discoverPerfEvent } from "../../../../src/energy/meters/perf-event.node.ts";
import { buildFakeLibrary, type FakeLibrary } from "../../../fixtures/native/build.ts";
import { type Planted, plant } from "../../../fixtures/sys/plant.ts";
import { packageMeter } from "../records.ts";

let libc: FakeLibrary;
beforeAll(async () => {
  libc = await buildFakeLibrary("fake_perf");
});
afterAll(() => libc.remove());
const planted: Planted[] = [];
afterEach(() => {
  for (const tree of planted.splice(0)) tree.remove();
});

function machine(): Planted {
  const tree = plant("intel-server");
  planted.push(tree);
  const unit = "sys/bus/event_source/devices/power";
  tree.write(`${unit}/type`, 9);
  tree.write(`${unit}/cpumask`, "0,1");
  tree.write(`${unit}/events/energy-pkg`, "event=0x02");
  tree.write(`${unit}/events/energy-pkg.scale`, "2.3283064365386962890625e-10");
  tree.write(`${unit}/events/energy-ram`, "event=0x03");
  tree.write(`${unit}/events/energy-ram.scale`, "2.3283064365386962890625e-10");
  tree.write("sys/devices/system/cpu/cpu0/topology/physical_package_id", 0);
  tree.write("sys/devices/system/cpu/cpu1/topology/physical_package_id", 1);
  return tree;
}

const discover = (tree: Planted, accepted = [] as Parameters<typeof discoverPerfEvent>[1]) =>
  discoverPerfEvent({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {}, libc: libc.file }, accepted);

test("each package and its memory is opened on the CPU that answers for it", () => {
  libc.say("0x2 0 100 4294967396\n0x2 1 7 7\n0x3 0 1 2\n0x3 1 3 4\n");
  const { accepted, rejected } = discover(machine());
  expect(rejected).toEqual([]);
  expect(accepted.map(({ descriptor }) => [descriptor.label, descriptor.parts?.[0]])).toEqual([
    ["CPU package 0", "cpu:0"],
    ["CPU package 1", "cpu:1"],
    ["RAM of package 0", "dram:0"],
    ["RAM of package 1", "dram:1"],
  ]);
  const [first] = accepted;
  const [a, b] = [first!.read()!, first!.read()!];
  expect((b - a) * first!.descriptor.unit).toBeCloseTo(1, 9);
  expect(first!.read()).toBeNull();
  for (const meter of accepted) meter.close?.();
});

test("what powercap gives is not opened", () => {
  libc.say("0x2 0 1\n");
  expect(discover(machine(), [{ ...packageMeter, parts: ["cpu:0"] }]).accepted).toEqual([]);
});

test("refused: the level of this machine and what the levels mean, and no advice to open it for all", () => {
  libc.say("fail 13\n");
  const tree = machine();
  tree.write("proc/sys/kernel/perf_event_paranoid", 4);
  const { accepted, rejected } = discover(tree);
  expect(accepted).toEqual([]);
  expect(rejected).toHaveLength(1);
  expect(rejected[0]!.reason).toContain("here it is 4");
  expect(rejected[0]!.reason).toContain("CAP_PERFMON");
  expect(rejected[0]!.remedy).toBeUndefined();
});

test("another failure is told by its number; without the unit nothing is said", () => {
  libc.say("fail 19\n");
  expect(discover(machine()).rejected[0]?.reason).toBe("perf_event_open failed (errno 19).");
  const bare = plant("intel-server");
  planted.push(bare);
  expect(discover(bare)).toEqual({ accepted: [], rejected: [] });
});
