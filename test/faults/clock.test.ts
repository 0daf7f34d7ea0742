/** The wall clock set back an hour in the middle of a run, and a journal of ten hours. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { packageMeter, sampleAt, startRecords } from "../unit/energy/records.ts";
import { WATTS } from "./support/fake-powercap.ts";
import { Bench, busyPython } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

describe("a clock set back an hour", () => {
  it("changes neither energy nor duration, and is noted", async () => {
    const library = path.join(bench.folder, "shifted_clock.so");
    execFileSync("cc", [
      "-shared",
      "-fPIC",
      "-o",
      library,
      path.join(import.meta.dirname, "support/shifted_clock.c"),
      "-ldl",
    ]);
    const shift = path.join(bench.folder, "shift");
    fs.writeFileSync(shift, "0");
    const run = bench.start(busyPython(5), { env: { LD_PRELOAD: library, SHIFT_FILE: shift } });
    await bench.samplerPid();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    fs.writeFileSync(shift, "-3600");
    expect((await run.ended).code).toBe(0);
    const summary = await bench.onlyRun();
    expect(summary.state).toBe("finished");
    expect(summary.gaps.map((gap) => gap.reason)).toEqual([
      expect.stringMatching(/^the clock was set back by 3(600|599|601) s$/),
    ]);
    expect(summary.duration).toBeGreaterThan(4.5);
    expect(summary.duration).toBeLessThan(15);
    const meter = summary.meters[0]!;
    expect(Math.abs(meter.machine.value / meter.seconds - WATTS)).toBeLessThan(WATTS * 0.03);
    expect(bench.fairwatt("ledger", "verify").status).toBe(0);
  });
});

describe("a journal of ten hours", () => {
  it("is read in pieces between which other work runs, and keeps every joule", async () => {
    const directory = path.join(bench.project, ".fairwatt/runs/01M8072V9HC8BT7S68R8WS78GA");
    fs.mkdirSync(directory, { recursive: true });
    const { runner, sampler } = startRecords([packageMeter]);
    const raw = (at: number) => (at * WATTS * 1e6) % packageMeter.wrapsAt!;
    const samples = Array.from({ length: 36_001 }, (_, at) => sampleAt(at, { [packageMeter.id]: raw(at) }));
    fs.writeFileSync(path.join(directory, "h.10.jsonl"), `${JSON.stringify(runner)}\n`);
    fs.writeFileSync(
      path.join(directory, "h.11.jsonl"),
      [sampler, ...samples].map((record) => `${JSON.stringify(record)}\n`).join(""),
    );
    let turns = 0;
    const ticker = setInterval(() => turns++, 1);
    const { summary, fold } = await readRun(directory);
    clearInterval(ticker);
    expect(summary.energy.value).toBeCloseTo(36_000 * WATTS, 3);
    expect(summary.gaps).toEqual([]);
    expect(turns).toBeGreaterThan(5);
    const shown = fold.series({ maxPoints: 2_000 });
    expect(shown.t.length).toBeLessThanOrEqual(2_000);
    expect(shown.energy.at(-1)).toBeCloseTo(36_000 * WATTS, 3);
    expect(summary.sparkline).toHaveLength(48);
  });
});
