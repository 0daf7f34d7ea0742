/** A journal of ten hours. Clocks that jump are in the table of faults. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { packageMeter, sampleAt, startRecords } from "../unit/energy/records.ts";
import { WATTS } from "./support/fake-powercap.ts";
import { Bench } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

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
