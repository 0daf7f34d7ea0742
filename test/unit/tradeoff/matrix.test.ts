import { describe, expect, it } from "vitest";
import { parseProject } from "../../../src/config/parse.ts";
import type { TradeoffConfig } from "../../../src/config/tradeoff-settings.ts";
import type { Quantity } from "../../../src/quantity.ts";
import type { Candidate, Valued } from "../../../src/tradeoff/candidate.ts";
import { decisionNotices } from "../../../src/tradeoff/matrix/decision.ts";
import { breakEven, totalOver } from "../../../src/tradeoff/matrix/lifetime.ts";
import { matrixOf } from "../../../src/tradeoff/matrix/matrix.ts";
import { breakEvenWords, matrixTable } from "../../../src/tradeoff/matrix/matrix-words.ts";
import { type Axes, paretoFront } from "../../../src/tradeoff/matrix/pareto.ts";

function settings(toml: string): TradeoffConfig {
  const { config, problems } = parseProject(`[tradeoff]\n${toml}`, "fairwatt.toml");
  expect(problems).toEqual([]);
  return config.tradeoff!;
}

const valued = (value: number, half: number | null = null): Valued => ({
  value,
  low: half === null ? null : value - half,
  high: half === null ? null : value + half,
  source: "by hand",
});
const quantity = <U extends "J" | "gCO2e">(unit: U, value: number, part = 0.1): Quantity<U> => ({
  value,
  unit,
  method: "measured",
  instrument: "meter",
  covers: [],
  low: value * (1 - part),
  high: value * (1 + part),
  basis: "by hand",
});
const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  baseline: false,
  facts: [],
  quality: valued(0.9, 0.01),
  worstGroup: null,
  fairnessGap: valued(0.05),
  latency: null,
  throughput: null,
  memory: null,
  unit: "requests",
  training: { energy: quantity("J", 3.6e6), footprint: quantity("gCO2e", 400) },
  inference: { energy: quantity("J", 3600), footprint: quantity("gCO2e", 0.4) },
  embodied: null,
  cost: { training: null, per1000: null },
  entries: [],
  notices: [],
  ...more,
});
const exact = (value: number) => ({ value, low: value, high: value });

describe("totals over the lifetime", () => {
  it("are once + units x per unit, with the ends of the ranges", () => {
    const course = { once: { value: 10, low: 9, high: 11 }, per1000: { value: 2, low: 1, high: 3 } };
    expect(totalOver(course, 5000)).toEqual({ value: 20, low: 14, high: 26 });
  });

  it("cross where what more it took once is saved", () => {
    const big = { name: "big", once: exact(100), per1000: exact(5) };
    const small = { name: "small", once: exact(300), per1000: exact(1) };
    const crossing = {
      kind: "crosses",
      before: "big",
      after: "small",
      units: 50_000,
      low: 50_000,
      high: 50_000,
    };
    expect(breakEven(big, small)).toEqual(crossing);
    expect(breakEven(small, big)).toEqual(crossing);
  });

  it("do not cross where one needs less of both", () => {
    const less = { name: "less", once: exact(1), per1000: exact(1) };
    const more = { name: "more", once: exact(2), per1000: exact(2) };
    expect(breakEven(less, more)).toEqual({ kind: "always", less: "less" });
    expect(breakEven(more, less)).toEqual({ kind: "always", less: "less" });
    expect(breakEven(less, { ...more, once: exact(1) })).toEqual({ kind: "always", less: "less" });
    expect(breakEven({ ...more, per1000: exact(1) }, less)).toEqual({ kind: "always", less: "less" });
    expect(breakEven(less, { ...less, name: "same" })).toEqual({ kind: "same" });
  });

  it("cross perhaps never where the ranges of a unit overlap", () => {
    const a = { name: "a", once: exact(0), per1000: { value: 5, low: 3, high: 7 } };
    const b = { name: "b", once: exact(100), per1000: { value: 4, low: 2, high: 6 } };
    expect(breakEven(a, b)).toEqual({
      kind: "crosses",
      before: "a",
      after: "b",
      units: 100_000,
      low: 20_000,
      high: null,
    });
    const comparison = { a: "a", b: "b", resource: "CO2e" as const, result: breakEven(a, b) };
    expect(breakEvenWords(comparison, "requests")).toBe(
      "b emits less than a from 100,000 requests on (20,000 at the least; the ranges allow that it is never)",
    );
  });
});

describe("the Pareto front", () => {
  const axes = (name: string, quality: number | null, gap: number | null, grams: number | null): Axes => ({
    name,
    values: { quality, "fairness gap": gap, CO2e: grams, cost: null },
  });

  it("holds those that no other beats in all that is compared", () => {
    const { axes: compared, standings } = paretoFront([
      axes("best", 0.9, 0.05, 10),
      axes("cheap", 0.8, 0.05, 1),
      axes("beaten", 0.8, 0.06, 10),
      axes("twin", 0.9, 0.05, 10),
    ]);
    expect(compared).toEqual(["quality", "fairness gap", "CO2e"]);
    expect(standings).toEqual([
      { on: true },
      { on: true },
      { on: false, dominatedBy: ["best", "cheap", "twin"] },
      { on: true },
    ]);
  });

  it("neither raises nor drops a candidate that lacks a number", () => {
    expect(paretoFront([axes("known", 0.5, 0.1, 5), axes("unknown", 0.99, 0.01, null)]).standings).toEqual([
      { on: true },
      { on: null, missing: ["CO2e"] },
    ]);
  });
});

describe("the matrix", () => {
  const rule = candidate("rule", {
    baseline: true,
    quality: valued(0.8, 0.01),
    fairnessGap: valued(0.1),
    training: { energy: quantity("J", 0), footprint: quantity("gCO2e", 0) },
    inference: { energy: quantity("J", 36), footprint: quantity("gCO2e", 0.004) },
    latency: { p50: 0.001, p95: 0.002, p99: 0.003, method: "" },
  });

  it("totals, compares and flags", () => {
    const config = settings(
      "units = 1_000_000\n[tradeoff.limits]\nmin-quality = 0.85\nmax-latency-p95-ms = 5\nmax-kwh = 2.1",
    );
    const { rows, breakEven: crossings, axes, unit } = matrixOf([candidate("model"), rule], config, []);
    expect(axes).toEqual(["quality", "fairness gap", "CO2e"]);
    expect(unit).toBe("requests");
    // 1 kWh to train, 1 Wh for 1,000 requests: 2 kWh for a million.
    expect(rows[0]!.lifetime.energy!.value).toBeCloseTo(2, 9);
    expect(rows[0]!.lifetime.CO2e!.value).toBeCloseTo(800, 9);
    expect(rows[0]!.lifetime.cost).toBeNull();
    expect(rows.map(({ pareto }) => pareto)).toEqual([{ on: true }, { on: true }]);
    expect(rows[0]!.limits.map(({ limit, verdict }) => [limit, verdict])).toEqual([
      ["min-quality", "met"],
      ["max-latency-p95-ms", "not measured"],
      ["max-kwh", "open"],
    ]);
    expect(rows[1]!.limits[0]!.verdict).toBe("broken");
    // 0.1 more of quality for 0.8 - 0.004 kg more.
    expect(rows[0]!.marginal.perKg).toMatchObject({ against: "rule" });
    expect(rows[0]!.marginal.perKg!.value).toBeCloseTo(0.1 / 0.796, 9);
    expect(rows[1]!.marginal.perKg).toBeNull();
    expect(crossings.map(({ resource, result }) => [resource, result.kind])).toEqual([
      ["energy", "always"],
      ["CO2e", "always"],
    ]);
  });

  it("says which qualities cannot be told apart", () => {
    const rows = matrixOf(
      [candidate("a"), candidate("b", { quality: valued(0.905, 0.01) }), rule],
      settings(""),
      [],
    ).rows;
    expect(rows.map(({ indistinguishable }) => indistinguishable)).toEqual([["b"], ["a"], []]);
  });

  it("does not compare a thousand requests with a thousand tokens", () => {
    const {
      rows,
      notices,
      breakEven: crossings,
    } = matrixOf([candidate("a"), candidate("b", { unit: "tokens" })], settings("units = 1000"), []);
    expect(notices.join()).toMatch(/counted different things \(requests, tokens\)/);
    expect(crossings).toEqual([]);
    expect(rows[0]!.lifetime).toEqual({ energy: null, CO2e: null, cost: null });
  });

  it("is said in words, what is missing too", () => {
    const matrix = matrixOf(
      [candidate("model", { memory: 2 ** 21 }), rule],
      settings("units = 1_000_000"),
      [],
    );
    const { candidates, rows } = matrixTable(matrix);
    const row = (label: string) => rows.find((each) => each.label.startsWith(label))?.cells;
    expect(candidates).toEqual(["model", "rule (baseline)"]);
    expect(row("accuracy, 95 %")).toEqual(["0.900 (0.890 to 0.910)", "0.800 (0.790 to 0.810)"]);
    expect(row("peak memory")).toEqual(["2.00 MiB", "not measured"]);
    expect(row("latency")).toEqual(["not measured", "1.00, 2.00 ms"]);
    expect(row("CO2e over 1,000,000 requests")![0]).toMatch(/^800 g \(.* to .* g\)$/);
    expect(row("training energy")![1]).toBe("0");
    expect(row("cost")).toBeUndefined();
    for (const { cells } of rows) expect(cells).toHaveLength(2);
  });

  it("holds what was decided against the limits", () => {
    const config = settings(
      '[tradeoff.limits]\nmin-quality = 0.85\n[tradeoff.decision]\nchosen = "rule"\nrejected = {ghost = "gone"}',
    );
    expect(decisionNotices(matrixOf([candidate("model"), rule], config, []), config)).toEqual([
      "the decision names ghost, which is no candidate",
      "the chosen candidate is not within min-quality: broken",
    ]);
  });
});

describe("[tradeoff] of the project file", () => {
  it("says what is wrong, and where", () => {
    const { problems } = parseProject(
      '[tradeoff]\nfairness = "luck"\nunits = 0\n[[tradeoff.candidates]]\nmodle = "m"\nquality = {value = 0.9}\n[tradeoff.decision]\non = "tomorrow"\n',
      "fairwatt.toml",
    );
    const text = problems.map(({ line, message }) => `${line + 1}: ${message}`).join("\n");
    expect(text).toMatch(/2: fairness must be one of "demographic_parity"/);
    expect(text).toMatch(/3: units must be a number above 0/);
    expect(text).toMatch(/modle.*model/);
    expect(text).toMatch(/source must be a text such as/);
    expect(text).toMatch(/on must be a day such as/);
  });

  it("takes less for better where quality is an error, and says so", () => {
    const of = (name: string, error: number, grams: number) =>
      candidate(name, {
        quality: valued(error, 0.1),
        inference: { energy: quantity("J", 3600), footprint: quantity("gCO2e", grams) },
      });
    const config = settings(
      'quality = "mean_absolute_error"\nunits = 1_000_000\n[tradeoff.limits]\nmax-quality = 3',
    );
    const matrix = matrixOf([of("large", 2, 0.8), of("small", 4, 0.4), of("bad", 5, 0.9)], config, []);
    expect(matrix.rows.map(({ pareto }) => pareto.on)).toEqual([true, true, false]);
    expect(matrix.rows.map(({ limits }) => limits[0]!.verdict)).toEqual(["met", "broken", "broken"]);
    expect(matrix.rows[0]!.marginal.perKg).toEqual({ against: "small", value: expect.closeTo(2 / 0.4, 9) });
    const labels = matrixTable(matrix).rows.map(({ label }) => label);
    expect(labels).toContain("mean_absolute_error, 95 %, less is better");
    expect(labels).toContain("mean_absolute_error saved per kg CO2e");
    expect(
      matrixOf([of("a", 2, 1)], settings('quality = "wer"\nless-is-better = true'), []).lessIsBetter,
    ).toBe(true);
  });
});
