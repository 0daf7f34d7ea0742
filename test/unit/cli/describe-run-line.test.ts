import { describe, expect, it } from "vitest";
import { describeRun } from "../../../src/cli/describe-run.ts";
import { liveText, summaryLines } from "../../../src/cli/describe-run-line.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { compareRuns } from "../../../src/report/compare-runs.ts";
import { runRecord } from "../../../src/report/run-record.ts";
import { fixtureRun, HOSTILE, LONG } from "./fixture-runs.ts";

describe("the live line", () => {
  it("shows time, power, energy, CO2e and its zone", async () => {
    expect(liveText(await fixtureRun(LONG))).toMatch(
      /^fairwatt {2}0:42 {2}\d{3} W {2}5\.\d\d Wh {2}2\.\d g CO2e \(Germany 2024\)$/,
    );
  });

  it("marks modelled figures, and says that the zone is not known", async () => {
    expect(liveText(await fixtureRun(HOSTILE))).toMatch(
      /^fairwatt {2}0:14 {2}≈\d+ W {2}≈0\.\d\d Wh {2}CO2e: no grid zone$/,
    );
  });

  it("keeps its unit while it grows and has a place for hours", async () => {
    const run = await fixtureRun(LONG);
    const at = (value: number, duration: number): RunSummary => ({
      ...run,
      duration,
      energy: { ...run.energy, value, low: value, high: value },
    });
    expect(liveText(at(0.36, 0.4))).toContain("0:00");
    expect(liveText(at(0.36, 1))).toContain("0.0001000 Wh");
    expect(liveText(at(3_600_000, 3 * 3600 + 62))).toMatch(/3:01:02 .* 1000 Wh/);
    expect(liveText(at(72_000_000, 1))).toContain("20.00 kWh");
  });

  it("says that it waits for the first reading", async () => {
    const run = await fixtureRun(LONG);
    expect(liveText({ ...run, meters: [], power: null })).toContain("waiting for the meters");
  });
});

describe("the four lines at the end", () => {
  it("hold energy, CO2e with its basis, the parts, where to look", async () => {
    const lines = summaryLines(await fixtureRun(LONG));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^fairwatt {2}5\.\d\d Wh \(.* Wh\), measured, in 42 s, finished, 1 gap$/);
    expect(lines[1]).toContain("342 g/kWh, Germany");
    expect(lines[2]).toContain("not measured: disk, network");
    expect(lines[3]).toContain(`fairwatt show ${LONG}`);
  });

  it("break between words where the terminal is narrow, under the text", async () => {
    const run = await fixtureRun(LONG);
    const whole = summaryLines(run);
    const narrow = summaryLines(run, 60);
    expect(narrow.length).toBeGreaterThan(4);
    for (const line of narrow) {
      expect(line.length).toBeLessThanOrEqual(60);
      expect(line).toMatch(/^(?:fairwatt {2}|CO2e {6}|parts {5}|run {7}| {10})\S/);
    }
    const words = (lines: string[]) => lines.join(" ").split(/\s+/);
    expect(words(narrow)).toEqual(words(whole));
  });

  it("are four lines for any run", async () => {
    const run = await fixtureRun(HOSTILE);
    for (const each of [run, { ...run, meters: [], notCovered: [] }]) {
      const lines = summaryLines(each);
      expect(lines).toHaveLength(4);
      expect(lines.join("\n")).not.toContain("\x1b");
    }
    expect(summaryLines({ ...run, meters: [] })[0]).toContain("fairwatt doctor");
    expect(summaryLines({ ...run, meters: [], duration: 0.3 })[0]).toContain(
      "ended before the second reading",
    );
  });
});

describe("epochs", () => {
  it("are a table in which their energy and the rest are the run's", async () => {
    const run = await fixtureRun(LONG);
    const text = describeRun(run, { directory: "/r" }).join("\n");
    expect(text).toMatch(/energy per epoch\n.*epoch {2}.*took.*energy.*range.*loss.*auc/);
    expect(text).toMatch(/\n +10 +\S.*Wh +0\.5441\s+0\.7678\n/);
    expect(text).toMatch(/outside of epochs: 0?\.?\d+/);
    const record = runRecord(run);
    const sum = record.epochs.reduce((total, { energy }) => total + energy.value, 0);
    expect(sum + record.outsideEpochs!.value).toBeCloseTo(record.energy!.value, 6);
    expect(record).toMatchObject({ forecast: null, noForecast: "ended" });
    expect(record.epochs[0]).toMatchObject({ index: 1, fromSeconds: 0.5, energyPerSample: null });
  });

  it("forecast a live run, or say why they do not", async () => {
    const ended = await fixtureRun(LONG);
    const live = (epochs: number, more: Partial<RunSummary["marks"][number]> = {}): RunSummary => ({
      ...ended,
      state: "running",
      endedAt: null,
      marks: ended.marks
        .filter(({ index }) => index === undefined || index <= epochs)
        .map((mark) => (mark.kind === "epoch" ? { ...mark, samples: 500, ...more } : mark)),
    });
    const said = (run: RunSummary) => describeRun(run, { directory: "/r" }).join("\n");
    const text = said(live(4));
    expect(text).toMatch(
      /forecast {6}≈[\d.]+ Wh \(.* to .* Wh\), ≈[\d.]+ g CO2e \(.*\), done \d\d:\d\d UTC \(.*\); 4 of 10 epochs done/,
    );
    expect(text).toContain("per 1,000 rows");
    expect(said(live(1))).toContain("none: it begins with the second epoch");
    expect(said(live(4, { total: undefined }))).toContain("does not say how many epochs there will be");
    expect(said(ended)).not.toContain("forecast");
    const steps = live(9);
    for (const mark of steps.marks) if (mark.kind === "epoch") mark.kind = "step";
    expect(said(steps)).toMatch(/forecast {6}≈.*; 9 of 10 steps done/);
    expect(runRecord(live(4)).forecast).toMatchObject({ of: "epochs", done: 4, total: 10 });
  });
});

describe("a run that was not metered", () => {
  it("has no energy, no CO2e and no power, rather than zero", async () => {
    const run = await fixtureRun(LONG);
    const unread = { ...run, meters: run.meters.map((entry) => ({ ...entry, seconds: 0 })) };
    const record = runRecord(unread);
    expect([record.energy, record.machineEnergy, record.footprint, record.meanPower]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(summaryLines(unread).join("\n")).not.toContain("0 Wh");
    expect(describeRun(unread, { directory: "x" }).join("\n")).not.toContain(" 0 Wh");
    const comparison = compareRuns(run, unread);
    expect(comparison.energy).toMatchObject({ after: null, relative: null });
    expect(comparison.cautions).toContain("a run was not metered");
  });
});
