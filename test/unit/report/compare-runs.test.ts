import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../../src/energy/run.ts";
import { compareRuns, formatChange, formatChangeValues } from "../../../src/report/compare-runs.ts";
import { fixtureRun, LONG, SHORT } from "../cli/fixture-runs.ts";

async function twoRuns(change: (run: RunSummary) => Partial<RunSummary> = () => ({})) {
  const run = await fixtureRun(LONG);
  return compareRuns(run, { ...run, ...change(run) });
}

describe("compareRuns", () => {
  it("says what changed and what did not", async () => {
    const comparison = compareRuns(await fixtureRun(LONG), await fixtureRun(SHORT));
    expect(comparison.remarks).toEqual(["same commit", "same command", "3 epochs fewer"]);
    expect(comparison.cautions).toEqual([]);
    expect(comparison.energy.relative).toBeCloseTo(-0.28, 1);
    expect(comparison.energyPerEpoch?.relative).toBeCloseTo(0.02, 1);
    expect(comparison.footprint.relative).toBeCloseTo(comparison.energy.relative!, 6);
  });

  it("calls equal energies the same", async () => {
    const comparison = await twoRuns();
    expect(comparison.sentence).toMatch(
      /^the same energy as the run before \(.*\), same commit, same command, 10 epochs each$/,
    );
    expect(comparison.cautions).toEqual([]);
  });

  it("cautions where the ranges overlap", async () => {
    const { cautions } = await twoRuns(({ energy }) => ({
      energy: { ...energy, value: energy.value * 0.99 },
    }));
    expect(cautions).toEqual([expect.stringContaining("ranges of the two energies overlap")]);
  });

  it.each<[string, (run: RunSummary) => Partial<RunSummary>, RegExp]>([
    ["hosts", () => ({ host: "lab-2" }), /different hosts: lab-1 before, lab-2 after/],
    [
      "zones",
      ({ grid }) => ({ grid: { ...grid!, name: "France", gramsPerKwh: 44 } }),
      /different CO2e bases: 342 .*Germany.* before, 44 .*France/,
    ],
    ["a missing zone", () => ({ grid: undefined }), /different CO2e bases: .* zone not known after/],
    ["PUE", () => ({ pue: 1 }), /different CO2e bases/],
    [
      "metered parts",
      ({ meters }) => ({ meters: meters.slice(1) }),
      /different parts were metered: CPU package 0, .* before/,
    ],
    [
      "coverage",
      () => ({ coverage: 0.5 }),
      /different parts of the time were metered: 100 % before, 50 % after/,
    ],
    [
      "outcomes",
      () => ({ state: "stopped" as const, signal: "SIGINT" }),
      /second run did not finish: stopped by the user \(SIGINT\)/,
    ],
    [
      "methods",
      ({ energy }) => ({ energy: { ...energy, method: "modelled" as const } }),
      /different methods: measured before, modelled after/,
    ],
  ])("cautions about different %s", async (_, change, expected) => {
    const { cautions } = await twoRuns(change);
    expect(cautions.join("\n")).toMatch(expected);
  });

  it("names another commit and uncommitted changes", async () => {
    const other = await twoRuns(({ git }) => ({ git: { ...git!, commit: "a".repeat(40) } }));
    expect(other.remarks[0]).toBe("another commit (main@3f2c1ab0 to main@aaaaaaaa)");
    const dirty = await twoRuns(({ git }) => ({ git: { ...git!, dirty: true } }));
    expect(dirty.remarks[0]).toBe("same commit with changes not committed");
  });

  it("does not divide by nothing", async () => {
    const run = await fixtureRun(LONG);
    const nothing = { ...run, energy: { ...run.energy, value: 0, low: 0, high: 0 }, marks: [] };
    const comparison = compareRuns(nothing, run);
    expect(comparison.energy.relative).toBeNull();
    expect(comparison.energyPerEpoch).toBeNull();
    expect(comparison.sentence).toMatch(/^energy not comparable with the run before/);
  });
});

describe("words of a change", () => {
  it.each([
    [-0.18, "-18 %"],
    [-0.0312, "-3.1 %"],
    [2.1, "+210 %"],
    [0.0004, "no change"],
    [-0.0996, "-10 %"],
  ])("%d is %s", (relative, text) => expect(formatChange(relative)).toBe(text));

  it("shows both values in the unit of the larger", async () => {
    const { energy } = await fixtureRun(LONG);
    const before = { ...energy, value: 57_960, low: 57_900, high: 58_000 };
    const after = { ...energy, value: 3_400, low: 3_390, high: 3_410 };
    expect(formatChangeValues({ label: "energy", before, after, relative: null })).toBe("16.10 to 0.944 Wh");
  });
});
