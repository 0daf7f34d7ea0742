import { afterEach, describe, expect, test, vi } from "vitest";
import { doctor, doctorLines } from "../../../src/cli/doctor.ts";
import { doctorReport, type Look } from "../../../src/energy/doctor.ts";
import { lookAtMeters } from "../../../src/energy/look.node.ts";
import { type Planted, plant } from "../../fixtures/sys/plant.ts";

const planted: Planted[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const machine of planted.splice(0)) machine.remove();
});

/** Looks at a machine whose counters move as told between the two readings. */
async function look(name: string, between: (tree: Planted) => void = () => {}): Promise<Look> {
  vi.stubEnv("NO_COLOR", "1");
  const tree = plant(name);
  planted.push(tree);
  tree.write("proc/stat", "cpu  1000 0 0 90000 0 0 0 0 0 0");
  const looking = lookAtMeters({ sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} }, 0.05);
  between(tree);
  return looking;
}

const microjoules = (tree: Planted, zone: string, value: number) =>
  tree.write(`sys/class/powercap/${zone}/energy_uj`, value);

test("a measured machine: power by meter, what is beside the sum, and what is not measured", async () => {
  const seen = await look("intel-laptop", (tree) => {
    microjoules(tree, "intel-rapl:0", 52318273661 + 1_000_000);
    microjoules(tree, "intel-rapl:1", 131883728112 + 2_000_000);
  });
  const report = doctorReport({ ...seen, seconds: 0.1 });
  expect(report).toMatchObject({ v: 1, measured: true, verdict: "Measured: CPU package 0. Estimated: RAM." });
  expect(report.counted.map(({ power }) => power?.value.toFixed(2))).toEqual(["10.00", "7.72"]);
  expect(report.counted[0]?.power).toMatchObject({ low: expect.closeTo(9.5), high: expect.closeTo(10.5) });
  expect(report.uncounted.map(({ descriptor }) => descriptor.label)).toContain("Platform (psys)");
  expect(report.notCovered).toEqual(["disk", "network", "display", "fans and power supply"]);
  const text = doctorLines(report).join("\n");
  expect(text).toContain("CPU package 0  ");
  expect(text).toContain("RAPL package (powercap)");
  expect(text).toContain("contains the package, which is counted");
  expect(text).toContain("not measured  disk, network, display");
});

test("a machine without meters says so plainly, and why", async () => {
  const seen = await look("ec2", (tree) => tree.write("proc/stat", "cpu  1020 0 0 90000 0 0 0 0 0 0"));
  const report = doctorReport({ ...seen, seconds: 0.1 });
  expect(report.measured).toBe(false);
  expect(report.verdict).toBe(
    "Nothing is measured here: the figures are bands of a model, not measurements. Estimated: CPU (virtual), RAM.",
  );
  // 0.2 CPU seconds in 0.1 s: two of four vCPUs are busy.
  expect(report.counted[0]?.power?.value).toBeCloseTo((2.96 + 14) / 2, 2);
  const text = doctorLines(report).join("\n");
  expect(text).toContain("virtual       yes, Amazon EC2");
  expect(text).toContain("hypervisors do not pass the counters on");
});

test("on battery: the battery is the machine's figure, and the models wait beside it", async () => {
  const report = doctorReport(await look("battery-only"));
  expect(report.verdict).toBe("Measured: Whole machine (battery).");
  expect(report.uncounted.map(({ descriptor }) => descriptor.uncountedReason)).toEqual([
    "stands in while Whole machine (battery) gives no reading",
    "stands in while Whole machine (battery) gives no reading",
  ]);
  expect(report.notCovered).toEqual(["external devices"]);
  const plugged = await look("battery-only", (tree) =>
    tree.write("sys/class/power_supply/BAT0/status", "Charging"),
  );
  const { verdict } = doctorReport({ ...plugged, busy: 0.1 });
  expect(verdict).toContain(
    "Modelled: CPU. Estimated: RAM. Found, but not working now: Whole machine (battery).",
  );
});

describe("what goes wrong is said of the meter", () => {
  test("a counter that stands still, one that breaks, one that jumps", async () => {
    const seen = await look("intel-server", (tree) => {
      tree.write("sys/class/powercap/intel-rapl:0:0/energy_uj", "");
      microjoules(tree, "intel-rapl:1", 188172837112 + 100_000_000_000);
    });
    const report = doctorReport(seen);
    const problems = Object.fromEntries(
      report.counted.map(({ descriptor, problem }) => [descriptor.label, problem]),
    );
    expect(problems).toEqual({
      "CPU package 0": "the counter did not move",
      "RAM of package 0": "it was found, and cannot be read now",
      "CPU package 1": "the counter rose by more than 648 W could",
      "RAM of package 1": "the counter did not move",
    });
    expect(report.measured).toBe(false);
    expect(report.verdict).toContain("Found, but not working now: CPU package 0, RAM of package 0");
    expect(doctorLines(report).join("\n")).toContain("no reading");
  });

  test("nothing at all", async () => {
    const seen = await look("ec2");
    const report = doctorReport({ ...seen, meters: [] });
    expect(report.verdict).toContain("a run has no energy figure");
    expect(report.notCovered).toContain("CPU");
  });
});

test("a remedy stands on lines of its own, so that it can be copied; names cannot move the cursor", async () => {
  const seen = await look("ec2");
  const report = doctorReport({
    ...seen,
    rejected: [{ id: "x", component: "cpu", label: "A\x1b[2J", reason: "because.", remedy: "one\ntwo" }],
  });
  const lines = doctorLines(report);
  const at = lines.findIndex((line) => line.includes("because."));
  expect(lines.slice(at + 1, at + 3)).toEqual(["      one", "      two"]);
  expect(lines.join("\n")).not.toContain("\x1b");
});

test("limits of a container are shown", async () => {
  const text = doctorLines(doctorReport(await look("docker-v2"))).join("\n");
  expect(text).toContain("CPU limit     2.5 CPUs (control group)");
  expect(text).toContain("RAM limit     8 GiB (control group)");
});

describe("the command", () => {
  function onMachine(name: string, settings: string) {
    const tree = plant(name);
    planted.push(tree);
    tree.write("project/fairwatt.toml", settings);
    vi.stubEnv("FAIRWATT_SYS", tree.sys);
    vi.stubEnv("FAIRWATT_PROC", tree.proc);
    vi.stubEnv("FAIRWATT_NVML", "/none");
    const written: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text, done) => {
      written.push(String(text));
      (done as unknown as () => void)();
      return true;
    });
    const call = doctor({ json: true, cwd: `${tree.root}/project`, seconds: 0.05 });
    return call
      .then((code) => ({ code, json: JSON.parse(written.join("")) }))
      .finally(() => vi.restoreAllMocks());
  }

  test("--json prints one object; only modelled is no error", async () => {
    const { code, json } = await onMachine("ec2", 'zone = "FR"');
    expect(code).toBe(0);
    expect(json).toMatchObject({
      v: 1,
      measured: false,
      settings: [],
      hardware: { virtualization: "Amazon EC2" },
    });
  });

  test("a problem in the project's settings is shown with its place, and is exit code 1", async () => {
    const { code, json } = await onMachine("amd-epyc", "pue = 0.5");
    expect(code).toBe(1);
    expect(json.settings[0]).toMatch(/fairwatt\.toml:1: /);
  });
});
