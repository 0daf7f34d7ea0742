import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { gpuShare } from "../../../../src/energy/gpu-share.ts";
import { discoverMacmon } from "../../../../src/energy/meters/macmon.node.ts";
import { discoverNvidiaSmi } from "../../../../src/energy/meters/nvidia-smi.node.ts";
import { gpuMeter } from "../records.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-programs-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

/** A program on the PATH that is a shell script. */
function program(name: string, script: string): void {
  fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const roots = (env: Record<string, string> = {}, platform?: NodeJS.Platform) => ({
  sys: "/none",
  proc: "/none",
  nvml: "/none",
  platform,
  env: { PATH: folder, ...env },
});

const A = "GPU-11111111-0000-0000-0000-000000000001";
const B = "GPU-22222222-0000-0000-0000-000000000002";

describe("nvidia-smi", () => {
  test("power of each GPU at once, then from the stream", async () => {
    program(
      "nvidia-smi",
      `case "$*" in
*-lms*) echo "${A}, 301.50"; echo "${B}, [N/A]"; exec /bin/sleep 60;;
*) echo "0, ${A}, NVIDIA H100, 98.76, 700.00"; echo "1, ${B}, NVIDIA H100, 65.00, [N/A]";;
esac`,
    );
    const { accepted, rejected } = discoverNvidiaSmi(roots({ CUDA_VISIBLE_DEVICES: A }), []);
    expect(rejected).toEqual([]);
    expect(
      accepted.map(({ descriptor }) => [descriptor.label, descriptor.counted, descriptor.maxPower]),
    ).toEqual([
      ["GPU 0", true, 910],
      ["GPU 1", false, 2500],
    ]);
    const [first, second] = accepted;
    expect([first!.read(), second!.read()]).toEqual([98.76, 65]);
    await vi.waitFor(() => expect(first!.read()).toBe(301.5));
    expect(second!.read()).toBe(65);
    first!.close?.();
  });

  test("two processes: who computes, by its process monitor; nobody; nothing said yet", async () => {
    program(
      "nvidia-smi",
      `case "$*" in
pmon*) printf '# gpu pid type sm mem enc dec command\\n# Idx # C/G %% %% %% %% name\\n0 10 C 60 20 - - python\\n0 20 C 20 9 - - python\\n0 30 G - - - - Xorg\\n1 - - - - - - -\\n'; exec /bin/sleep 60;;
*-lms*) exec /bin/sleep 60;;
*) echo "0, ${A}, NVIDIA H100, 98.76, 700.00"; echo "1, ${B}, NVIDIA H100, 65.00, 700.00";;
esac`,
    );
    const [first, second] = discoverNvidiaSmi(roots(), []).accepted;
    expect(first!.processes?.()).toBeNull();
    await vi.waitFor(() => expect(second!.processes?.()?.weights).toEqual(new Map()));
    expect(gpuShare(first!.processes!()!, new Set([20]), false)).toBe(0.25);
    for (const meter of [first, second]) meter!.close?.();
  });

  test("a stream that ends grows stale, and is started again later", async () => {
    program(
      "nvidia-smi",
      `case "$*" in *-lms*) echo x >> "${folder}/started"; echo "${A}, $(wc -l < "${folder}/started")";; *) echo "0, ${A}, NVIDIA H100, 98.76, 700";; esac`,
    );
    const [meter] = discoverNvidiaSmi(roots({ PATH: `${folder}:/usr/bin:/bin` }), []).accepted;
    meter!.read();
    await vi.waitFor(() => expect(meter!.read()).toBe(1));
    const now = performance.now();
    const clock = vi.spyOn(performance, "now").mockReturnValue(now + 4_000);
    expect(meter!.read()).toBeNull();
    clock.mockReturnValue(now + 10_000);
    await vi.waitFor(() => expect(meter!.read()).toBe(2));
    clock.mockRestore();
    meter!.close?.();
  });

  test("an old driver that refuses a field is asked for fewer", () => {
    program(
      "nvidia-smi",
      `case "$*" in *max_limit*) echo "Field power.max_limit is not a valid field"; exit 2;; esac
echo "0, ${A}, Tesla K80, 70.1"; echo "1, ${B}, Tesla K80, [Not Supported]"`,
    );
    const { accepted, rejected } = discoverNvidiaSmi(roots(), []);
    expect(accepted.map((meter) => meter.descriptor.instrument)).toEqual(["nvidia-smi power, Tesla K80"]);
    expect(rejected[0]).toMatchObject({
      label: "GPU 1, Tesla K80",
      reason: "nvidia-smi gives no power for it.",
    });
  });

  test("its failure is told; it is not asked where the library answers, or where it is not installed", () => {
    program(
      "nvidia-smi",
      'echo "NVIDIA-SMI has failed because it could not communicate with the driver."; exit 9',
    );
    expect(discoverNvidiaSmi(roots(), []).rejected[0]?.reason).toContain(
      "exit code 9: NVIDIA-SMI has failed",
    );
    expect(discoverNvidiaSmi(roots(), [gpuMeter])).toEqual({ accepted: [], rejected: [] });
    expect(discoverNvidiaSmi({ ...roots(), env: {} }, [])).toEqual({ accepted: [], rejected: [] });
  });
});

const MACMON =
  '{"timestamp":"2026-01-01T00:00:00Z","temp":{"cpu_temp_avg":45.0,"gpu_temp_avg":46.0},"memory":{"ram_total":1000,"ram_usage":275},"ecpu_usage":[1000,0.2],"pcpu_usage":[2000,0.5],"gpu_usage":[1200,0.3],"all_power":9.0,"ane_power":0.5,"cpu_power":6.5,"gpu_power":2.0,"gpu_ram_power":0.25,"ram_power":RAM,"sys_power":14.0}';

describe("macmon", () => {
  test("processor, graphics with its cells, neural engine and memory; the whole machine beside them", async () => {
    program(
      "macmon",
      `case "$*" in *--samples*) echo '${MACMON.replace("RAM", "0.9")}';; *) echo '${MACMON.replace("RAM", "1.1")}'; exec /bin/sleep 60;; esac`,
    );
    const { accepted } = discoverMacmon(roots({}, "darwin"));
    expect(accepted.map((meter) => [meter.descriptor.label, meter.read()])).toEqual([
      ["CPU", 6.5],
      ["GPU", 2.25],
      ["Neural Engine", 0.5],
      ["RAM", 0.9],
      ["Whole machine (SMC)", 14],
    ]);
    expect(accepted[0]?.descriptor.errorSource).toContain("not yet tested on such hardware");
    await vi.waitFor(() => expect(accepted[3]!.read()).toBe(1.1));
    for (const meter of accepted) meter.close?.();
  });

  test("memory that is not counted stays to the model", () => {
    program("macmon", `echo '${MACMON.replace("RAM", "0.0")}'`);
    const { accepted } = discoverMacmon(roots({}, "darwin"));
    expect(accepted.map(({ descriptor }) => descriptor.component)).toEqual(["cpu", "gpu", "gpu", "platform"]);
    for (const meter of accepted) meter.close?.();
  });

  test("what it says instead of measurements is told; elsewhere it is not looked for", () => {
    program("macmon", "echo 'not JSON'");
    expect(discoverMacmon(roots({}, "darwin")).rejected[0]?.reason).toBe("macmon gives no cpu_power.");
    expect(discoverMacmon({ ...roots({}, "darwin"), env: { PATH: "/none" } }).rejected[0]?.remedy).toBe(
      "brew install macmon",
    );
    expect(discoverMacmon(roots({}, "linux"))).toEqual({ accepted: [], rejected: [] });
  });
});
