import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { meterDescriptor, rejectedMeter } from "../../../../src/energy/journal.ts";
import {
  defaultRoots,
  discoverMeters,
  sourcesWithoutLibraries,
} from "../../../../src/energy/meters/index.node.ts";
import { overlaps } from "../../../../src/energy/meters/scopes.ts";
import { type Planted, plant, TREES } from "../../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  for (const machine of planted.splice(0)) machine.remove();
});

function discover(name: string) {
  const tree = plant(name);
  planted.push(tree);
  return discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} });
}

const counted = (name: string) =>
  discover(name)
    .accepted.filter(({ descriptor }) => descriptor.counted)
    .map(({ descriptor }) => descriptor.id);

test("models fill in only what nothing measures", () => {
  expect(counted("intel-server").some((id) => id.startsWith("model:"))).toBe(false);
  expect(counted("intel-laptop")).toEqual(["powercap:intel-rapl:0", "model:ram"]);
  expect(counted("amd-epyc")).toEqual(["powercap:intel-rapl:0", "model:ram"]);
  expect(counted("psys-only")).toEqual(["powercap:intel-rapl:1"]);
  expect(counted("ec2")).toEqual(["model:cpu", "model:ram"]);
});

test.each(TREES)(
  "%s: all that is found can be written into a journal; ids are unique; CPU and RAM are covered",
  (name) => {
    const { accepted, rejected } = discover(name);
    const descriptors = accepted.map(({ descriptor }) =>
      meterDescriptor.parse(JSON.parse(JSON.stringify(descriptor))),
    );
    for (const meter of rejected) rejectedMeter.parse(JSON.parse(JSON.stringify(meter)));
    const ids = [...descriptors, ...rejected].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const counted = descriptors.filter((meter) => meter.counted);
    for (const component of ["cpu", "dram"] as const) {
      expect(counted.some((meter) => overlaps(meter, { component }))).toBe(true);
    }
    for (const meter of descriptors) {
      expect(meter.counted).toBe(meter.uncountedReason === undefined);
      expect(meter.maxPower).toBeGreaterThan(0);
      expect(meter.error).toBeGreaterThan(0);
      expect(meter.errorSource.length).toBeGreaterThan(20);
    }
  },
);

test("whatever meters a machine has together, no part of it is counted twice, and CPU and memory are counted", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...TREES), { minLength: 2, maxLength: 4 }), (names) => {
      const tree = plant(...names);
      const roots = { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} };
      const all = discoverMeters(roots).accepted.map(({ descriptor }) => descriptor);
      tree.remove();
      const standing = all.filter((meter) => meter.counted && !meter.insteadOf);
      for (const one of standing) {
        for (const other of standing) expect(one !== other && overlaps(one, other)).toBe(false);
      }
      for (const component of ["cpu", "dram"] as const) {
        expect(standing.some((meter) => overlaps(meter, { component }))).toBe(true);
      }
    }),
    { numRuns: 15 },
  );
});

test("a source that fails is a rejected meter, and the rest goes on", () => {
  const tree = plant("amd-epyc");
  planted.push(tree);
  const env = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no environment");
      },
    },
  );
  const found = discoverMeters({ sys: tree.sys, proc: tree.proc, nvml: "libnvidia-ml.so.1", env });
  expect(found.rejected.find(({ id }) => id === "nvml")?.reason).toBe(
    "Looking for it failed: no environment.",
  );
  expect(found.accepted.some(({ descriptor }) => descriptor.id === "model:ram")).toBe(true);
});

test("after a crash the libraries of drivers are left alone, on systems that have them", () => {
  const tree = plant("intel-server");
  planted.push(tree);
  const left = (platform: NodeJS.Platform) =>
    discoverMeters(
      { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {}, platform },
      sourcesWithoutLibraries("It crashed."),
    );
  expect(left("linux").rejected).toEqual([expect.objectContaining({ id: "nvml", reason: "It crashed." })]);
  expect(left("win32").rejected.map(({ id }) => id)).toEqual(["nvml", "emi"]);
  expect(left("linux").accepted.some(({ descriptor }) => descriptor.id === "powercap:intel-rapl:0")).toBe(
    true,
  );
});

test("this very machine: whatever it has, CPU and memory are covered", () => {
  const roots = defaultRoots({});
  const { accepted } = discoverMeters(roots);
  for (const meter of accepted) meter.read();
  expect(accepted.filter(({ descriptor }) => descriptor.counted).length).toBeGreaterThan(0);
  for (const meter of accepted) meter.close?.();
});

test("roots can be pointed elsewhere", () => {
  expect(
    defaultRoots({ FAIRWATT_SYS: "/a", FAIRWATT_PROC: "/b", FAIRWATT_POWERCAP: "/c", FAIRWATT_NVML: "/d" }),
  ).toMatchObject({
    sys: "/a",
    proc: "/b",
    powercap: "/c",
    nvml: "/d",
  });
  expect(defaultRoots({})).toMatchObject({ sys: "/sys", proc: "/proc", powercap: undefined });
});
