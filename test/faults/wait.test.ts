/** A run that waits for its start: a signal ends it before anything ran, and what starts is measured as any other. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bench, until } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  fs.writeFileSync(
    path.join(bench.project, "fairwatt.toml"),
    '[grid]\nprovider = "csv"\nfile = "grid.csv"\n',
  );
});
afterEach(() => bench.dispose());

const HOUR = 3_600_000;
const touch = ["sh", "-c", "echo ran > ran.txt; exit 3"];
const ran = () => fs.existsSync(path.join(bench.project, "ran.txt"));

/** Hours from the present one on. */
function figures(values: readonly number[]): void {
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const rows = values.map((value, index) => `${new Date(now + index * HOUR).toISOString()},${value}`);
  fs.writeFileSync(path.join(bench.project, "grid.csv"), `time,gco2e_per_kwh\n${rows.join("\n")}\n`);
}
const args = ["--lowest-carbon", "--duration", "10m", "--deadline", "+8h"];

describe("run --lowest-carbon", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ended by %s while it waits: nothing was run",
    async (signal) => {
      figures([500, 500, 500, 500, 100, 100, 500, 500, 500, 500]);
      const run = bench.start(touch, { args });
      await until(() => run.stderr.includes("Ctrl-C ends it and runs nothing") || undefined);
      run.child.kill(signal);
      expect(await run.ended).toMatchObject({ signal });
      expect(run.stderr).toContain("ended while waiting: nothing was run");
      expect(ran()).toBe(false);
      expect(fs.existsSync(path.join(bench.project, ".fairwatt", "runs"))).toBe(false);
    },
  );

  it("starts at once where no later start emits less, and passes the exit code on", async () => {
    figures([100, 500, 500, 500, 500, 500, 500, 500, 500, 500]);
    const run = bench.start(touch, { args });
    expect(await run.ended).toMatchObject({ code: 3 });
    expect(run.stderr).toContain("no later start emits less");
    expect(ran()).toBe(true);
  });

  it("runs nothing where there are no figures to plan by", async () => {
    const run = bench.start(touch, { args });
    expect(await run.ended).toMatchObject({ code: 2 });
    expect(run.stderr).toMatch(/grid\.csv is not there.*; nothing was run/);
    expect(ran()).toBe(false);
  });
});
