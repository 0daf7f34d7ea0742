import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { footprintByTheHour, weightedIntensity } from "../../../../src/carbon/intensity/over-time.ts";
import {
  type AverageSeries,
  clipSlots,
  forecastErrorOf,
  resolutionOf,
  slotsOf,
} from "../../../../src/carbon/intensity/series.ts";
import { typicalDay } from "../../../../src/carbon/intensity/typical-day.ts";
import type { Quantity } from "../../../../src/quantity.ts";

const HOUR = 3_600_000;
const series = (values: number[], start = 0): AverageSeries => ({
  basis: "average",
  zone: "X",
  name: "Nowhere",
  factors: "lifecycle",
  source: "a file",
  fetchedAt: 0,
  resolution: HOUR,
  error: { relative: 0.1, how: "assumed" },
  notices: [],
  slots: slotsOf(
    values.map((gramsPerKwh, index) => ({ at: start + index * HOUR, gramsPerKwh, kind: "actual" })),
    HOUR,
    0.1,
  ),
});
const joules = (value: number): Quantity<"J"> => ({
  value,
  unit: "J",
  method: "measured",
  instrument: "RAPL",
  covers: ["CPU"],
  low: value * 0.9,
  high: value * 1.1,
  basis: "all of it measured",
});

describe("slots", () => {
  it("end at the next point or after one resolution; the last of two at one time counts", () => {
    const slots = slotsOf(
      [
        { at: 2 * HOUR, gramsPerKwh: 5, kind: "forecast" },
        { at: 0, gramsPerKwh: 1, kind: "actual" },
        { at: 0, gramsPerKwh: 2, kind: "actual" },
        { at: 2.5 * HOUR, gramsPerKwh: 6, kind: "actual" },
        { at: 3 * HOUR, gramsPerKwh: Number.NaN, kind: "actual" },
      ],
      HOUR,
      0.2,
    );
    expect(slots).toEqual([
      { from: 0, to: HOUR, gramsPerKwh: 2, low: 2, high: 2, kind: "actual" },
      { from: 2 * HOUR, to: 2.5 * HOUR, gramsPerKwh: 5, low: 4, high: 6, kind: "forecast" },
      { from: 2.5 * HOUR, to: 3.5 * HOUR, gramsPerKwh: 6, low: 6, high: 6, kind: "actual" },
    ]);
    expect(clipSlots(slots, 0.5 * HOUR, 2.25 * HOUR).map(({ from, to }) => [from, to])).toEqual([
      [0.5 * HOUR, HOUR],
      [2 * HOUR, 2.25 * HOUR],
    ]);
  });

  it("know their resolution, and how far off forecasts were where there are enough", () => {
    expect(resolutionOf([5, 1, 3, 3], 9)).toBe(2);
    expect(resolutionOf([5], 9)).toBe(9);
    const pairs = Array.from({ length: 10 }, (_, index) => ({ forecast: 100, actual: 100 + index }));
    expect(forecastErrorOf(pairs)).toBeCloseTo(0.08, 10);
    expect(forecastErrorOf(pairs.slice(0, 7))).toBeUndefined();
  });
});

describe("weightedIntensity", () => {
  it("weights by the energy of each hour, and says how much of it has a figure", () => {
    const weighted = weightedIntensity(series([100, 300]), [
      { from: 0, to: HOUR, joules: 30 },
      { from: HOUR, to: 2 * HOUR, joules: 10 },
      { from: 2 * HOUR, to: 3 * HOUR, joules: 10 },
    ])!;
    expect(weighted.intensity).toMatchObject({ value: 150, unit: "gCO2e/kWh", method: "sourced" });
    expect(weighted.covered).toBeCloseTo(0.8, 12);
    const footprint = footprintByTheHour(joules(3_600_000), weighted, 1.5);
    expect(footprint.value).toBeCloseTo(225, 10);
    expect(footprint.low).toBeCloseTo(225 * 0.9, 10);
    expect(footprint.basis).toMatch(
      /^150 g\/kWh: 60-minute figures \(actual\) of Nowhere, average, life-cycle/,
    );
  });

  it("has nothing to say where no hour has a figure", () => {
    expect(weightedIntensity(series([1]), [{ from: 5 * HOUR, to: 6 * HOUR, joules: 1 }])).toBeUndefined();
    expect(weightedIntensity(series([1]), [])).toBeUndefined();
  });

  it("equals the plain mean where the power is constant, however the energy is cut into pieces", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        (values, cuts) => {
          const end = values.length * HOUR;
          const pieces = Array.from({ length: cuts }, (_, index) => ({
            from: (index * end) / cuts,
            to: ((index + 1) * end) / cuts,
            joules: 7,
          }));
          const mean = values.reduce((all, value) => all + value, 0) / values.length;
          expect(weightedIntensity(series(values), pieces)!.intensity.value).toBeCloseTo(mean, 6);
        },
      ),
    );
  });
});

describe("typicalDay", () => {
  const two = series(Array.from({ length: 48 }, (_, hour) => (hour < 24 ? 100 : 200) + (hour % 24)));

  it("is the mean of each hour with the range of the days, and says that it is no forecast", () => {
    const typical = typicalDay(two, 48 * HOUR + HOUR / 2, 50 * HOUR)!;
    expect(typical.slots).toEqual([
      { from: 48.5 * HOUR, to: 49 * HOUR, gramsPerKwh: 150, low: 100, high: 200, kind: "typical" },
      { from: 49 * HOUR, to: 50 * HOUR, gramsPerKwh: 151, low: 101, high: 201, kind: "typical" },
    ]);
    expect(typical.notices).toEqual([
      "a typical day, not a forecast: the mean of each hour over 2 days of a file",
    ]);
    expect(typical.error.relative).toBeCloseTo(50 / 150.5, 3);
  });

  it("of one day is no surer than a forecast", () => {
    const one = series(Array.from({ length: 24 }, () => 100));
    const { slots, error } = typicalDay(one, 24 * HOUR, 25 * HOUR)!;
    expect(slots[0]!.low).toBeCloseTo(100 * (1 - one.error.relative), 9);
    expect(slots[0]!.high).toBeCloseTo(100 * (1 + one.error.relative), 9);
    expect(error.relative).toBeCloseTo(one.error.relative, 9);
    expect(error.how).toMatch(/^assumed: 1 day of figures/);
  });

  it("is not made up for hours that were never seen", () => {
    expect(typicalDay(series(Array.from({ length: 23 }, () => 1)), 0, HOUR)).toBeUndefined();
  });
});
