/** kill -9 of each process of a run. No training breaks, nothing recorded is lost, the state shown is true. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WATTS } from "./support/fake-powercap.ts";
import { Bench, busyPython, until } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

const result = () => path.join(bench.project, "result.txt");

describe("kill -9", () => {
  it("of the sampler: the training goes on, another sampler continues, no energy is lost", async () => {
    const run = bench.start(busyPython(4));
    const first = await bench.samplerPid();
    process.kill(first, "SIGKILL");
    const second = await bench.samplerPid([first]);
    expect(second).not.toBe(first);
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(fs.readFileSync(result(), "utf8")).toBe("trained");
    const summary = await bench.onlyRun();
    expect(summary.state).toBe("finished");
    expect(summary.gaps.some((gap) => gap.reason.includes("SIGKILL"))).toBe(true);
    const meter = summary.meters[0]!;
    expect(meter.machine.value / meter.seconds).toBeGreaterThan(WATTS * 0.97);
    expect(meter.machine.value / meter.seconds).toBeLessThan(WATTS * 1.03);
    expect(summary.coverage).toBeGreaterThan(0.8);
  });

  it("of every sampler, again and again: the training does not notice", async () => {
    const run = bench.start(busyPython(5));
    const killed: number[] = [];
    for (let i = 0; i < 3; i++) {
      const pid = await bench.samplerPid(killed);
      killed.push(pid);
      process.kill(pid, "SIGKILL");
    }
    expect((await run.ended).code).toBe(0);
    const summary = await bench.onlyRun();
    expect(summary.gaps.filter((gap) => gap.reason.includes("SIGKILL"))).toHaveLength(3);
    const meter = summary.meters[0]!;
    expect(Math.abs(meter.machine.value / meter.seconds - WATTS)).toBeLessThan(WATTS * 0.03);
  });

  it("of the runner: the training ends by itself, all of it is measured, the run is interrupted", async () => {
    const run = bench.start(busyPython(4));
    await bench.samplerPid();
    process.kill(run.pid, "SIGKILL");
    expect(await bench.onlyRun().then(({ state }) => state)).toBe("running");
    await until(() => fs.existsSync(result()) || undefined, "the training's result");
    const summary = await settled();
    expect(summary.state).toBe("interrupted");
    expect(summary.stateReason).toContain("the runner was killed");
    expect(summary.duration).toBeGreaterThan(3.5);
    expect(summary.machineEnergy.value).toBeGreaterThan(WATTS * 3);
    expect(summary.exitCode).toBeNull();
  });

  it("of the runner: the ledger gets its entry from the next command", async () => {
    const run = bench.start(busyPython(1));
    await bench.samplerPid();
    process.kill(run.pid, "SIGKILL");
    await settled();
    expect(bench.fairwatt("runs").status).toBe(0);
    const entries = fs.readdirSync(path.join(bench.project, ".fairwatt/ledger"));
    expect(entries.filter((name) => /^[0-9a-f]{64}\.json$/.test(name))).toHaveLength(1);
    expect(bench.fairwatt("ledger", "verify").status).toBe(0);
  });

  it("of the training: its signal is passed on and everything up to it is kept", async () => {
    const run = bench.start(busyPython(30));
    await run.says("started");
    await bench.samplerPid();
    await new Promise((resolve) => setTimeout(resolve, 800));
    process.kill(Number(/started (\d+)/.exec(run.stdout)![1]), "SIGKILL");
    expect(await run.ended).toEqual({ code: null, signal: "SIGKILL" });
    const summary = await bench.onlyRun();
    expect(summary).toMatchObject({ state: "failed", signal: "SIGKILL" });
    expect(summary.energy.value).toBeGreaterThan(0);
  });

  it("of all at once (power cut): what was written is shown, as interrupted", async () => {
    const run = bench.start(busyPython(30));
    await run.says("started");
    const sampler = await bench.samplerPid();
    await new Promise((resolve) => setTimeout(resolve, 800));
    const training = Number(/started (\d+)/.exec(run.stdout)![1]);
    for (const pid of [run.pid, sampler, training]) process.kill(pid, "SIGKILL");
    await run.ended;
    const summary = await settled();
    expect(summary.state).toBe("interrupted");
    expect(summary.energy.value).toBeGreaterThan(0);
    expect(bench.fairwatt("show", "last").stdout).toContain("interrupted");
  });
});

/** The run once none of its processes is left. */
async function settled() {
  for (const deadline = Date.now() + 20_000; ; ) {
    const summary = await bench.onlyRun();
    if (summary.state !== "running" || Date.now() > deadline) return summary;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
