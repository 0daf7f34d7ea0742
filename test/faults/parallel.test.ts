/** Runs on one machine at the same time: together never more than the machine. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { journalFiles } from "../../src/energy/run-folder.node.ts";
import { Bench, until } from "./support/measured.ts";
import { COUNTER, samplesIn } from "./table/aftermath.ts";
import { training } from "./table/scene.ts";

const RUNS = 3;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

const samplesOfEach = () =>
  bench.runDirectories().map((directory) =>
    samplesIn(
      journalFiles(directory)
        .map((file) => fs.readFileSync(file, "utf8"))
        .join(""),
    ),
  );

describe("runs side by side", () => {
  it("share the package's energy and do not double it", async () => {
    const runs = Array.from({ length: RUNS }, () => bench.start(training()));
    const areMeasured = () => {
      const each = samplesOfEach();
      return (each.length === RUNS && each.every((samples) => samples.length >= 4)) || undefined;
    };
    await until(areMeasured, "four samples of each");
    fs.writeFileSync(path.join(bench.project, "enough"), "");
    for (const run of runs) expect((await run.ended).code).toBe(5);
    const summaries = await Promise.all(
      bench.runDirectories().map(async (directory) => (await readRun(directory)).summary),
    );
    const cpu = summaries.map(
      ({ meters }) => meters.find(({ meter }) => meter.component === "cpu")!.run.value,
    );
    expect(cpu).toHaveLength(RUNS);
    for (const joules of cpu) expect(joules).toBeGreaterThan(0);
    const readings = samplesOfEach()
      .flat()
      .map(({ r }) => r[COUNTER]! * 1e-6);
    const machine = Math.max(...readings) - Math.min(...readings);
    expect(cpu.reduce((sum, joules) => sum + joules, 0)).toBeLessThanOrEqual(machine * (1 + 1e-9));
  });
});
