/** Two runs on one machine at the same time: together never more than the machine. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { WATTS } from "./support/fake-powercap.ts";
import { Bench, busyPython } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

describe("runs side by side", () => {
  it("share the package's energy and do not double it", async () => {
    const runs = [bench.start(busyPython(4)), bench.start(busyPython(4)), bench.start(busyPython(3))];
    for (const run of runs) expect((await run.ended).code).toBe(0);
    const summaries = await Promise.all(
      bench.runDirectories().map(async (directory) => (await readRun(directory)).summary),
    );
    expect(summaries).toHaveLength(3);
    const cpu = summaries.map(
      ({ meters }) => meters.find(({ meter }) => meter.component === "cpu")!.run.value,
    );
    const from = Math.min(...summaries.map(({ startedAt }) => startedAt));
    const to = Math.max(...summaries.map(({ endedAt }) => endedAt!));
    const machine = (WATTS * (to - from)) / 1000;
    for (const joules of cpu) expect(joules).toBeGreaterThan(0);
    expect(cpu.reduce((sum, joules) => sum + joules, 0)).toBeLessThanOrEqual(machine);
  });
});
