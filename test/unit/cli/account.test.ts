import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccountOptions, account } from "../../../src/cli/account.ts";
import { writeEntry } from "../../../src/ledger/write-entry.node.ts";
import { addEntry } from "../ledger/fixtures.ts";
import { captureOutput } from "./capture-output.ts";
import { LONG, projectCopy, SHORT } from "./fixture-runs.ts";

let copy: ReturnType<typeof projectCopy>;
let out: string;
let err: string;
beforeEach(() => {
  copy = projectCopy();
  out = "";
  err = "";
  vi.stubEnv("XDG_STATE_HOME", copy.state);
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

const settings = (text: string) => fs.writeFileSync(path.join(copy.project, "fairwatt.toml"), text);
const call = (options: Partial<AccountOptions> = {}) =>
  account({ cwd: copy.project, from: "2024-01-01", to: "2024-12-31", ...options });
const fairwatt = () => path.join(copy.project, ".fairwatt");

/** Ledger entries of the fixture's runs, as their runner would have written them. */
async function closeFixtures(): Promise<void> {
  const { readRun } = await import("../../../src/energy/read-run.node.ts");
  const { runBodyFrom } = await import("../../../src/ledger/run-body.ts");
  for (const id of [LONG, SHORT]) {
    const { summary } = await readRun(path.join(fairwatt(), "runs", id));
    const body = runBodyFrom(summary, { cwd: ".", artefacts: [], journals: {}, notices: [], fairwatt: "0" });
    await writeEntry(fairwatt(), { type: "run", time: "2024-11-21T19:00:00.000Z", body });
  }
}

describe("account", () => {
  it("prints three figures that are never added, with ranges, scope, factors and runs", async () => {
    settings(`[hosting]
kind = "own"
wue = 2.0
wue-source = "our report"
[instruments]
residual-mix = { g-per-kwh = 600, year = 2024, source = "AIB" }
[sci]
unit = "training run"
units = 2
`);
    await closeFixtures();
    expect(await call()).toBe(0);
    expect(out).toMatch(/^2 runs, 2024-01-01 to 2024-12-31 \(UTC\)/);
    expect(out).toMatch(/location-based +\S+ m?g +\(\S+ to \S+ m?g\) +±\d+ %: energy ±\d+ %, factor ±\d+ %/);
    expect(out).toMatch(/market-based +\S+ m?g .*residual mix 600 g\/kWh, 2024, AIB/);
    expect(out).toMatch(/SCI, O \+ M .* O .*, M /);
    expect(out).toMatch(/SCI, for each training run/);
    expect(out).toContain("never add them, and net no offsets against them");
    expect(out).toContain("scope 2, by both methods; ISO 14064-1 category 2");
    expect(out).toMatch(/DE, Germany +\d+ +\d+ to \d+ +20\d\d +Ember/);
    expect(out).toMatch(/water .* L .*our report/);
    expect(out).toContain(SHORT);
    expect(out).not.toMatch(/\b(green|clean|eco|neutral)\b/i);
  });

  it("prints the same as JSON, every number with its range and basis", async () => {
    await closeFixtures();
    expect(await call({ json: true })).toBe(0);
    const made = JSON.parse(out);
    expect(made).toMatchObject({
      v: 1,
      period: { from: "2024-01-01", to: "2024-12-31" },
      location: {
        total: { unit: "gCO2e", low: expect.any(Number), basis: expect.stringContaining("Germany") },
      },
      marketWhyNot: expect.stringMatching(/no contractual/),
      withoutZone: [],
    });
    expect(made.location.lines).toHaveLength(2);
    expect(made.location.lines[0].entry).toMatch(/^[0-9a-f]{64}$/);
  });

  it("does not count an entry that was corrected", async () => {
    await closeFixtures();
    await call({ json: true });
    const [first] = JSON.parse(out).location.lines;
    await writeEntry(fairwatt(), {
      type: "correction",
      time: "2024-11-22T10:00:00.000Z",
      body: { corrects: first.entry, reason: "wrong machine", fairwatt: "0" },
    });
    out = "";
    await call({ json: true });
    expect(JSON.parse(out).location.lines).toHaveLength(1);
    expect(JSON.parse(out).notices[0]).toMatch(/^1 entries of runs were corrected/);
  });

  it("leaves out entries that were changed by hand, and says so", async () => {
    const { hash } = await addEntry(fairwatt(), LONG, { startedAt: "2024-11-21T10:00:00.000Z" });
    fs.appendFileSync(path.join(fairwatt(), "ledger", `${hash}.json`), " ");
    expect(await call()).toBe(0);
    expect(out).toMatch(/was changed: its content has the hash .*; it is in no account/);
  });

  it("by the hour weights each run by the figures of its hours, as a supplement", async () => {
    settings('[grid]\nprovider = "csv"\nfile = "grid.csv"\n');
    await closeFixtures();
    const rows = [17, 18, 19].map((hour) => `2024-11-21T${hour}:00Z,100`);
    fs.writeFileSync(path.join(copy.project, "grid.csv"), `time,gco2e_per_kwh\n${rows.join("\n")}\n`);
    expect(await call({ hourly: true })).toBe(0);
    expect(out).toMatch(
      /Supplementary, by the hour: \S+ m?g \(.*\) for 2 runs; by the yearly figure the same runs have/,
    );
    expect(out).toContain("100 g/kWh: 60-minute figures (actual) of grid.csv");
    out = "";
    fs.writeFileSync(path.join(copy.project, "grid.csv"), "time,gco2e_per_kwh\n2020-01-01,5\n");
    await call({ hourly: true });
    expect(out).toMatch(/by the hour without 2 runs: grid\.csv has no figure for its hours/);
  });

  it("counts no footprint by marginal figures", async () => {
    settings('[grid]\nprovider = "csv"\nfile = "grid.csv"\nbasis = "marginal"\n');
    await closeFixtures();
    fs.writeFileSync(path.join(copy.project, "grid.csv"), "time,gco2e_per_kwh\n2024-11-21T18:00Z,100\n");
    await call({ hourly: true, json: true });
    const { hourly } = JSON.parse(out);
    expect(hourly.figures).toEqual([]);
    expect(hourly.without[0].why).toMatch(/marginal figures: no footprint is counted with them/);
  });

  it.each<[Partial<AccountOptions>, RegExp]>([
    [{ from: "soon" }, /"soon" is not a date; write 2026-01-31/],
    [{ from: "2025-01-01" }, /--to lies before --from/],
    [{ hourly: true }, /\[grid\] provider/],
  ])("says what is wrong with %j", async (options, message) => {
    expect(await call(options)).toBe(2);
    expect(err).toMatch(message);
  });

  it("says that no run began then", async () => {
    expect(await call({ from: "2020-01-01", to: "2020-12-31" })).toBe(0);
    expect(out).toMatch(/^No run in the ledger began from 2020-01-01 to 2020-12-31/);
  });
});
