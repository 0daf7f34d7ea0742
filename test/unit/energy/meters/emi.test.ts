import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discoverEmi } from "../../../../src/energy/meters/emi.node.ts";
import { emiChannels } from "../../../../src/energy/meters/emi-layout.ts";
import { buildFakeLibrary, type FakeLibrary } from "../../../fixtures/native/build.ts";

let windows: FakeLibrary;
beforeAll(async () => {
  windows = await buildFakeLibrary("fake_windows");
});
afterAll(() => windows.remove());

const discover = (platform: NodeJS.Platform = "win32") =>
  discoverEmi({ sys: "/none", proc: "/none", nvml: "/none", env: {}, platform, windows: windows.file });

describe("Windows EMI", () => {
  test("packages and their memory count, cores are beside them, in picowatt hours", () => {
    windows.say(
      "RAPL_Package0_PKG 5000000000000\nRAPL_Package0_DRAM 700\nRAPL_Package0_PP0 300\nRAPL_Package1_PKG 9000000000000\n",
    );
    const { accepted } = discover();
    expect(
      accepted.map(({ descriptor }) => [descriptor.label, descriptor.parts?.[0], descriptor.counted]),
    ).toEqual([
      ["CPU package 0", "cpu:0", true],
      ["RAM of package 0", "dram:0", true],
      ["RAPL_Package0_PP0", "cpu:0:PP0", false],
      ["CPU package 1", "cpu:1", true],
    ]);
    const [first] = accepted;
    expect(first!.read()! * first!.descriptor.unit).toBeCloseTo(18_000);
    windows.say(
      "RAPL_Package0_PKG 5000277777778\nRAPL_Package0_DRAM 700\nRAPL_Package0_PP0 300\nRAPL_Package1_PKG 0\n",
    );
    expect((first!.read()! - 5e12) * first!.descriptor.unit).toBeCloseTo(1, 6);
    for (const meter of accepted) meter.close?.();
  });

  test("a counter that is shown for two packages counts once", () => {
    windows.say("RAPL_Package0_PKG 5000000000000\nRAPL_Package1_PKG 5000000000100\n");
    expect(discover().accepted.map(({ descriptor }) => descriptor.uncountedReason)).toEqual([
      undefined,
      "the same counter as another package's",
    ]);
  });

  test("no meter: the reason; another system: nothing; no library: the reason", () => {
    windows.say("");
    expect(discover().rejected[0]?.reason).toContain("Windows 11");
    expect(discover("linux")).toEqual({ accepted: [], rejected: [] });
    const missing = {
      sys: "/none",
      proc: "/none",
      nvml: "/none",
      env: {},
      platform: "win32",
      windows: "/none.dll",
    } as const;
    expect(discoverEmi(missing).rejected[0]?.reason).toContain("could not be loaded");
  });

  test("metadata of version 1 has one channel; torn metadata gives what lies within it", () => {
    const bytes = Buffer.alloc(80);
    bytes.writeUInt16LE(8, 70);
    bytes.write("CPU\0", 72, "utf16le");
    expect(emiChannels(1, bytes)).toEqual([{ index: 0, name: "CPU", unit: 0 }]);
    const torn = Buffer.alloc(76);
    torn.writeUInt16LE(3, 66);
    torn.writeUInt16LE(2, 72);
    expect(emiChannels(2, torn)).toHaveLength(1);
    expect(emiChannels(1, Buffer.alloc(4))).toEqual([]);
  });
});
