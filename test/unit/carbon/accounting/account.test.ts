import { describe, expect, it } from "vitest";
import { makeAccount } from "../../../../src/carbon/accounting/account.ts";
import { type Activity, combinedError } from "../../../../src/carbon/accounting/activity.ts";
import { loadEmbodied } from "../../../../src/carbon/accounting/embodied.node.ts";
import { placementOf } from "../../../../src/carbon/accounting/hosting.ts";
import { marketAccount } from "../../../../src/carbon/accounting/market.ts";
import type { InstrumentConfig } from "../../../../src/config/carbon-settings.ts";
import type { Quantity } from "../../../../src/quantity.ts";

const KWH = 3_600_000;
const PERIOD = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };

const joules = (kwh: number, error = 0.1): Quantity<"J"> => ({
  value: kwh * KWH,
  unit: "J",
  method: "measured",
  instrument: "RAPL",
  covers: ["CPU"],
  low: kwh * KWH * (1 - error),
  high: kwh * KWH * (1 + error),
  basis: "all of it measured",
});

const activity = (run: string, kwh: number, more: Partial<Activity> = {}): Activity => ({
  run,
  name: "train",
  host: "h",
  startedAt: Date.UTC(2026, 2, 1),
  durationSeconds: 3600,
  state: "finished",
  energy: joules(kwh),
  machineEnergy: joules(kwh),
  pue: 1.2,
  grid: {
    zone: "DE",
    name: "Germany",
    gramsPerKwh: 400,
    low: 300,
    high: 500,
    year: 2024,
    source: "Ember",
    chosenBy: "--zone",
  },
  accelerators: [],
  ...more,
});

const certificate = (more: Partial<InstrumentConfig> = {}): InstrumentConfig => ({
  type: "certificate",
  kwh: 5,
  "g-per-kwh": 0,
  from: "2026-01-01",
  to: "2026-12-31",
  source: "cancelled for us",
  ...more,
});
const account = (runs: Activity[], settings: Partial<Parameters<typeof makeAccount>[2]> = {}) =>
  makeAccount(runs, PERIOD, { embodied: loadEmbodied(), ...settings });

describe("location-based", () => {
  it("is energy x PUE x intensity, summed, with the errors of energy and factor combined", () => {
    const made = account([activity("a", 10), activity("b", 5)]);
    expect(made.location.total).toMatchObject({ unit: "gCO2e", method: "measured" });
    expect(made.location.total.value).toBeCloseTo(15 * 1.2 * 400, 6);
    expect(made.location.total.low).toBeCloseTo(15 * 1.2 * 400 * 0.9 * 0.75, 6);
    expect(made.location.uncertainty.activity).toBeCloseTo(0.1, 12);
    expect(made.location.uncertainty.combined).toBeCloseTo(combinedError(0.1, 0.25), 12);
    expect(made.facilityEnergy.value / KWH).toBeCloseTo(18, 9);
    expect(made.itEnergy.value / KWH).toBeCloseTo(15, 9);
    expect(made.location.factors).toHaveLength(1);
    expect(made.location.factors[0]).not.toHaveProperty("chosenBy");
  });

  it("leaves out what began outside of the period", () => {
    const before = activity("old", 10, { startedAt: PERIOD.from - 1 });
    const after = activity("new", 10, { startedAt: PERIOD.to });
    expect(
      account([before, activity("a", 1), after]).location.lines.map((line) => line.activity.run),
    ).toEqual(["a"]);
  });

  it("names runs without energy or zone: they are no zeros", () => {
    const made = account([
      activity("a", 10, { grid: undefined }),
      activity("b", 1, { energy: undefined }),
      activity("c", 1),
    ]);
    expect(made).toMatchObject({ withoutZone: ["a"], withoutEnergy: ["b"] });
    expect(made.location.total.value).toBeCloseTo(480, 6);
    expect(made.itEnergy.value / KWH).toBeCloseTo(11, 9);
    expect(made.notices.join("\n")).toMatch(/1 run had no meter.*\n.*1 run with energy but no grid zone/);
  });
});

describe("hosting", () => {
  it.each([
    [{ kind: "own" }, 2, undefined, 2],
    [{ kind: "colocation", control: "tenant" }, 2, undefined, 2],
    [{ kind: "colocation", control: "landlord" }, 3, 8, 4],
    [{ kind: "colocation" }, 3, 8, 4],
    [{ kind: "cloud" }, 3, 1, 4],
    [{ kind: "api" }, 3, 1, 4],
    [{ kind: "edge" }, 3, 11, 5],
  ] as const)("%j", (hosting, scope, category, iso) => {
    expect(placementOf(hosting)).toMatchObject({ scope, iso });
    expect(placementOf(hosting)?.category).toBe(category);
  });

  it("is not guessed", () => {
    expect(account([activity("a", 1)]).placement).toBeUndefined();
    expect(account([activity("a", 1)]).notices[0]).toMatch(/scope and category are not known/);
  });

  it("of a data centre without overhead is a forgotten setting: it says what the table has", () => {
    const made = account([activity("a", 1, { pue: 1 })], {
      hosting: { kind: "cloud" },
      regionPue: () => ({ value: 1.135, source: "CCF" }),
    });
    expect(made.notices[0]).toMatch(
      /PUE 1\), which no data centre has.*for that region the table has 1\.135 \(CCF\)/,
    );
    expect(account([activity("a", 1, { pue: 1 })], { hosting: { kind: "own" } }).notices).toEqual([]);
  });
});

describe("market-based", () => {
  const residual = { "g-per-kwh": 600, year: 2024, source: "AIB" };

  it("is instruments first, by their order, then the residual mix", () => {
    const made = marketAccount([activity("a", 10)], {
      held: [certificate({ type: "supplier", kwh: 4, "g-per-kwh": 100 }), certificate()],
      "residual-mix": residual,
    })!;
    expect(made.instruments.map(({ instrument, usedKwh }) => [instrument.type, usedKwh])).toEqual([
      ["certificate", 5],
      ["supplier", 4],
    ]);
    expect(made.rest.kwh).toBeCloseTo(3, 9);
    expect(made.total.value).toBeCloseTo(5 * 0 + 4 * 100 + 3 * 600, 6);
    // More energy than the instruments cover is all of the residual mix.
    expect(made.total.high).toBeCloseTo(400 + (12 * 1.1 - 9) * 600, 6);
    expect(made.total.low).toBeCloseTo(400 + (12 * 0.9 - 9) * 600, 6);
  });

  it("uses an instrument for its time and market alone, and never twice", () => {
    const runs = [
      activity("early", 4, { startedAt: Date.UTC(2026, 0, 5) }),
      activity("late", 4, { startedAt: Date.UTC(2026, 11, 31, 23) }),
      activity("elsewhere", 4, { grid: { ...activity("x", 1).grid!, zone: "US-CA" } }),
    ];
    const made = marketAccount(runs, {
      held: [
        certificate({ kwh: 100, from: "2026-06-01", market: "DE" }),
        certificate({ kwh: 1, market: "US" }),
      ],
    })!;
    expect(made.instruments.map(({ usedKwh }) => usedKwh)).toEqual([1, 4.8]);
    expect(made.rest).toMatchObject({ by: "grid average" });
    expect(made.notices.join()).toMatch(/no residual mix is declared/);
  });

  it("says what the quality criteria ask for and is not there", () => {
    const made = marketAccount([activity("a", 1)], {
      held: [certificate({ id: "GO-1", vintage: 2026 })],
      "residual-mix": residual,
    })!;
    expect(made.notices).toEqual([
      'certificate "cancelled for us" does not say its tracking-system, retired-on, market: the quality criteria ask for them',
    ]);
  });

  it("says which instrument is of another time or market than every run", () => {
    const made = marketAccount([activity("a", 1)], {
      held: [certificate({ kwh: 1, from: "2030-01-01", to: "2030-12-31" })],
      "residual-mix": { "g-per-kwh": 500, year: 2024, source: "AIB" },
    })!;
    expect(made.total.basis).toMatch(/kWh by 0 instruments, /);
    expect(made.notices).toContain(
      'certificate "cancelled for us" fits none of these runs: its from, to or market is of others',
    );
  });

  it("is not there without instruments, nor for machines of scope 3", () => {
    expect(account([activity("a", 1)])).toMatchObject({
      marketWhyNot: expect.stringMatching(/no contractual instruments/),
    });
    const cloud = account([activity("a", 1)], {
      hosting: { kind: "cloud" },
      instruments: { held: [certificate()] },
    });
    expect(cloud.market).toBeUndefined();
    expect(cloud.marketWhyNot).toMatch(/these machines are in scope 3: those declared were not used/);
  });
});

describe("SCI", () => {
  const hardware = [
    { name: "server", "embodied-kg": 876, "lifespan-years": 1, share: 0.5, source: "its maker" },
    {
      name: "other",
      "embodied-kg": 1000,
      "lifespan-years": 1,
      share: 1,
      source: "its maker",
      host: "elsewhere",
    },
  ];

  it("is O + M for each unit, with M = TE x TiR/EL x RR/ToR, and no instrument lowers it", () => {
    const settings = { sci: { unit: "inference", units: 1000, hardware } };
    const made = account([activity("a", 10, { durationSeconds: 36_000 })], settings);
    expect(made.sci.terms[0]).toMatchObject({
      totalGrams: 876_000,
      reservedHours: 10,
      lifespanHours: 8760,
      share: 0.5,
    });
    expect(made.sci.embodied!.value).toBeCloseTo(500, 9);
    expect(made.sci.score!.value).toBeCloseTo((10 * 1.2 * 400 + 500) / 1000, 9);
    const held = account([activity("a", 10, { durationSeconds: 36_000 })], {
      ...settings,
      instruments: { held: [certificate({ kwh: 1e6 })] },
    });
    expect(held.market!.total.value).toBe(0);
    expect(held.sci.score).toEqual(made.sci.score);
    expect(held.location.total).toEqual(made.location.total);
  });

  it("without hardware takes accelerators that the table knows, and says that it is of these alone", () => {
    const made = account([
      activity("a", 10, { accelerators: ["GPU 0, NVML energy counter, NVIDIA H100", "GPU 1, NVIDIA H100"] }),
    ]);
    expect(made.sci.embodied!.value).toBeCloseTo((2 * 164_000) / (3 * 8760), 6);
    expect(made.sci.embodied).toMatchObject({ method: "sourced" });
    expect(made.sci.embodied!.low).toBeLessThan(made.sci.embodied!.value / 2);
    expect(made.sci.notices.join()).toMatch(/M is of accelerators alone/);
  });

  it("does not take an unknown M for zero", () => {
    const made = account([activity("a", 10)]);
    expect(made.sci.embodied).toBeUndefined();
    expect(made.sci.total.basis).toBe("O alone: M is not known");
    expect(made.sci.notices.join("\n")).toMatch(/M is not known.*\n.*no score per unit/);
  });

  it("says where E is a part of the machine only", () => {
    const made = account([activity("a", 1, { machineEnergy: joules(4) })], { sci: { units: 1, hardware } });
    expect(made.sci.notices).toEqual([expect.stringMatching(/SCI asks for all that is reserved/)]);
  });
});

it("water is WUE x energy of the computers, by the source that is named", () => {
  const made = account([activity("a", 10)], {
    hosting: { kind: "own", wue: 1.8, "wue-source": "our report" },
  });
  expect(made.water).toMatchObject({
    unit: "L",
    basis: "1.8 L for each kWh of the computers (WUE), our report",
  });
  expect(made.water!.value).toBeCloseTo(18, 9);
  expect(account([activity("a", 10)], { hosting: { kind: "own" } }).water).toBeUndefined();
});
