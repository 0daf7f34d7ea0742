import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BudgetOptions, budget, budgetWarnings } from "../../../src/cli/budget.ts";
import { addEntry, temporaryFolder } from "../ledger/fixtures.ts";
import { captureOutput } from "./capture-output.ts";

const NOW = Date.UTC(2026, 10, 22, 9);
const KWH = 3_600_000;
let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = "";
  err = "";
  vi.stubEnv("XDG_STATE_HOME", path.join(folder, "state"));
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
  fs.rmSync(folder, { recursive: true, force: true });
});

const settings = (text: string) => fs.writeFileSync(path.join(folder, "fairwatt.toml"), text);
const call = (options: Partial<BudgetOptions> = {}) => budget({ cwd: folder, now: NOW, ...options });
const energy = (kwh: number) => ({
  value: kwh * KWH,
  unit: "J",
  method: "measured" as const,
  instrument: "RAPL",
  covers: ["CPU"],
  low: kwh * KWH * 0.9,
  high: kwh * KWH * 1.1,
  basis: "all of it measured",
});
const add = (run: string, kwh: number) =>
  addEntry(path.join(folder, ".fairwatt"), run, {
    name: "train",
    energy: energy(kwh),
    meters: [{ id: "powercap:0", label: "CPU", energy: energy(kwh), share: "all" }],
    grid: {
      zone: "X",
      name: "X",
      gramsPerKwh: 100,
      low: 90,
      high: 110,
      year: 2024,
      source: "s",
      chosenBy: "--zone",
    },
  });

describe("budget", () => {
  it("says which limit it did not understand", async () => {
    settings('[budget]\nperiod = "year"\nkwh = 1\nkgco2e = -1\n');
    expect(await call()).toBe(0);
    expect(err).toMatch(/fairwatt\.toml:4:\d+: kgco2e must be a number above 0/);
  });

  it("prints what is used and left, with ranges, and what is left after each run", async () => {
    settings('[budget]\nperiod = "month"\nkgco2e = 1\nkwh = 8\napproved-by = "Ada"\n');
    await add("01A", 2);
    await add("01B", 1);
    expect(await call()).toBe(0);
    expect(out).toMatch(/^Budget of 2026-11 \(UTC\): 9 days left, 71 % of the time is gone/);
    expect(out).toContain("CO2e: 0.30 kg (0.24 to 0.36 kg) of 1.00 kg, 30 %; 0.700 kg left; within");
    expect(out).toContain("energy: 3.0 kWh (2.7 to 3.3 kWh) of 8.00 kWh, 38 %; 5.00 kWh left; within");
    expect(out).toContain("kgco2e under [budget], approved by Ada");
    expect(out).toMatch(/01B +2026-11-21 10:00 +0\.300 kg +3\.00 kWh +0\.700 kg +5\.00 kWh/);
  });

  it("exits 1 when it is passed, or a run of that name is forecast to pass it", async () => {
    settings('[budget]\nperiod = "month"\nkwh = 5\n');
    await add("01A", 3);
    expect(await call()).toBe(0);
    out = "";
    expect(await call({ name: "train" })).toBe(1);
    expect(out).toContain(
      'A run called "train" uses ≈3.0 kWh (2.7 to 3.3 kWh), mean of 1 earlier run called "train":',
    );
    expect(out).toMatch(/energy: ≈6\.0 kWh \(5\.4 to 6\.6 kWh\) of 5\.00 kWh when it has ended; passed/);
    await add("01B", 4);
    out = "";
    expect(await call({ json: true })).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      v: 1,
      period: { name: "2026-11", from: "2026-11-01T00:00:00.000Z" },
      lines: [{ what: "energy", state: "passed", used: { unit: "J", basis: expect.any(String) } }],
      burnDown: [{ run: "01A" }, { run: "01B" }],
    });
  });

  it("says what to do where there is none, or nothing to forecast by", async () => {
    expect(await call()).toBe(2);
    expect(err).toMatch(/there is no budget: write {2}\[budget\]/);
    settings('[budget]\nperiod = "month"\nkwh = 5\n');
    expect(await call({ name: "nobody" })).toBe(2);
    expect(err).toContain('no run called "nobody" that finished');
  });
});

describe("budgetWarnings, before a run", () => {
  it("are of a limit that the run is forecast to pass, or that is passed already", async () => {
    expect(await budgetWarnings(folder, "train", NOW)).toEqual([]);
    settings('[budget]\nperiod = "month"\nkwh = 5\n');
    expect(await budgetWarnings(folder, "train", NOW)).toEqual([]);
    await add("01A", 3);
    expect(await budgetWarnings(folder, "other", NOW)).toEqual([]);
    expect(await budgetWarnings(folder, "train", NOW)).toEqual([
      "this run is forecast to pass the budget of 2026-11: ≈6.0 kWh (5.4 to 6.6 kWh) of 5.00 kWh when it has ended, by earlier runs of its name",
    ]);
    await add("01B", 4);
    expect((await budgetWarnings(folder, "other", NOW))[0]).toMatch(
      /^the budget of 2026-11 is passed: 7\.0 kWh/,
    );
  });
});
