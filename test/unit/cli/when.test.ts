import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type WhenOptions, when } from "../../../src/cli/when.ts";
import { captureOutput } from "./capture-output.ts";
import { projectCopy } from "./fixture-runs.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-22T09:00:00Z");
const VALLEY = [
  480, 470, 455, 430, 410, 390, 380, 395, 420, 430, 400, 340, 280, 230, 200, 190, 205, 250, 330, 420,
];

let copy: ReturnType<typeof projectCopy>;
let out: string;
let err: string;
beforeEach(() => {
  copy = projectCopy();
  out = "";
  err = "";
  vi.stubEnv("XDG_STATE_HOME", copy.state);
  vi.stubEnv("XDG_CACHE_HOME", path.join(copy.state, "cache"));
  vi.stubEnv("NO_COLOR", "1");
  captureOutput(
    (text) => {
      out += text;
    },
    (text) => {
      err += text;
    },
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  copy.remove();
});

function writeFigures(values: readonly number[], from = NOW): void {
  const rows = values.map((value, index) => `${new Date(from + index * HOUR).toISOString()},${value}`);
  fs.writeFileSync(path.join(copy.project, "grid.csv"), `time,gco2e_per_kwh\n${rows.join("\n")}\n`);
}
const settings = (text: string) => fs.writeFileSync(path.join(copy.project, "fairwatt.toml"), text);
const call = (options: Partial<WhenOptions>) => when({ cwd: copy.project, now: NOW, ...options });

describe("when", () => {
  it("says when, what it saves, by which figures, and how to start it then", async () => {
    settings('[grid]\nprovider = "csv"\nfile = "grid.csv"\n');
    writeFigures(VALLEY);
    expect(await call({ duration: "2h30m", deadline: "+20h", command: ["python", "a b.py"] })).toBe(0);
    expect(out).toMatch(/^Best start: .*\(in 14:00:00\), done by /);
    expect(out).toMatch(
      /Saving: 58 % \(49 % to 66 %\) of the CO2e against starting now: 197 g\/kWh for 471 g\/kWh/,
    );
    expect(out).toContain("Worth the wait: 58 % is more than the 10 % that may be chance.");
    expect(out).toContain("By the average intensity of grid.csv, factors not stated, forecast; fetched now");
    expect(out).toContain("[grid] forecast-error changes it");
    expect(out).toMatch(/Slurm: sbatch --begin=.* --wrap='fairwatt run python '\\''a b\.py'\\'''/);
    expect(out).not.toMatch(/\b(green|clean|eco)\b/i);
  });

  it("takes duration and power from earlier runs of that name", async () => {
    settings('[grid]\nprovider = "csv"\nfile = "grid.csv"\n');
    writeFigures(VALLEY);
    expect(await call({ name: "credit", json: true })).toBe(0);
    const plan = JSON.parse(out);
    expect(plan.durationSeconds).toBe(42);
    expect(plan.durationFrom).toMatch(/^nine in ten of 2 runs of that name took at most 42 s$/);
    expect(plan.saving).toMatchObject({ unit: "1", method: "estimated" });
    expect(plan.source).toMatchObject({ provider: "csv", place: "grid.csv" });
    out = "";
    await call({ name: "credit" });
    expect(out).toMatch(/That is ≈\S+ \w+ of ≈\S+ \w+, at the \d+ W of earlier runs/);
    expect(await call({ name: "nobody" })).toBe(2);
    expect(err).toContain('no run called "nobody" has finished yet');
  });

  it("goes by a typical day where there is no forecast, and says so", async () => {
    writeFigures([...VALLEY, 470, 500, 510, 495], NOW - 24 * HOUR);
    expect(await call({ file: "grid.csv", duration: "1h", deadline: "+23h" })).toBe(0);
    expect(out).toMatch(/a typical day; fetched now/);
    expect(out).toMatch(/run --lowest-carbon --grid-file grid\.csv --deadline \S+ --duration 60m -- COMMAND/);
    expect(out).toContain(
      "note: a typical day, not a forecast: the mean of each hour over 1 day of grid.csv",
    );
    writeFigures([1, 2], NOW - 5 * HOUR);
    expect(await call({ file: "grid.csv", duration: "1h" })).toBe(1);
    expect(err).toMatch(/has no forecast, and not a whole day of past figures to go by/);
  });

  it("by marginal figures says that no footprint is counted with them", async () => {
    settings('[grid]\nprovider = "csv"\nfile = "grid.csv"\nbasis = "marginal"\n');
    writeFigures(VALLEY);
    expect(await call({ name: "credit" })).toBe(0);
    expect(out).toContain("By the marginal intensity");
    expect(out).toContain("a footprint is never counted with them");
    expect(out).not.toContain("That is ≈");
  });

  it("cuts an interruptible run into parts", async () => {
    writeFigures([300, 120, 310, 320, 130, 400, 110, 390, 380, 140, 350, 360, 360, 360]);
    expect(await call({ file: "grid.csv", duration: "2h", interruptible: true, deadline: "+14h" })).toBe(0);
    expect(out).toMatch(/^Best in 2 parts:/);
    expect(out).toMatch(/timeout -s TERM 3600 fairwatt run COMMAND/);
    expect(out).toContain("COMMAND must go on from its own checkpoint");
  });

  it("asks nobody while no source is named, and says how to name one", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    expect(await call({ duration: "1h" })).toBe(2);
    expect(err).toContain('[grid] provider = "uk-carbon-intensity" in fairwatt.toml, or --provider');
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each<[Partial<WhenOptions>, number, RegExp]>([
    [{ file: "grid.csv" }, 2, /say how long the run takes: --duration 2h/],
    [{ file: "grid.csv", duration: "soon" }, 2, /"soon" is not a duration/],
    [{ file: "grid.csv", duration: "1h", deadline: "never" }, 2, /"never" is not a time/],
    [{ provider: "guess", duration: "1h" }, 2, /there is no provider "guess"; there are uk-carbon-intensity/],
    [{ file: "none.csv", duration: "1h" }, 1, /none\.csv is not there/],
    [{ file: "grid.csv", duration: "3h", deadline: "+2h" }, 1, /does not fit before the deadline/],
    [{ provider: "electricity-maps", place: "FR", duration: "1h" }, 1, /needs a key/],
  ])("says what is wrong with %j", async (options, code, message) => {
    vi.stubEnv("ELECTRICITYMAPS_API_TOKEN", "");
    writeFigures(VALLEY);
    expect(await call(options)).toBe(code);
    expect(err).toMatch(message);
    expect(out).toBe("");
  });

  it("compares zones by their yearly figures, with year and source, without a network", async () => {
    settings('zone = "DE"\n');
    expect(await call({ compare: ["FR", "aws:us-west-2"] })).toBe(0);
    expect(out).toMatch(/FR +France +44 +39 to \d+ +-87 % +2024 +Ember/);
    expect(out).toMatch(/aws:us-west-2 .* ranges overlap/);
    expect(out).toMatch(/AWS publishes no figure/);
    expect(await call({ compare: ["Atlantis"] })).toBe(2);
    expect(err).toContain('there is no zone "Atlantis"');
    expect(await call({ compare: ["DE"], json: true })).toBe(0);
  });

  it("lists the sources with key and licence", async () => {
    expect(await call({ providers: true })).toBe(0);
    expect(out).toMatch(/watttime +marginal .* WATTTIME_USER, WATTTIME_PASSWORD/);
  });
});
