import { readFileSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Slot } from "../../../../src/carbon/intensity/series.ts";
import { bestStart, meanIntensity, type ProfilePiece } from "../../../../src/carbon/schedule/contiguous.ts";
import { Cost } from "../../../../src/carbon/schedule/cost.ts";
import { cheapestParts, cheapestSlots, type Part } from "../../../../src/carbon/schedule/interruptible.ts";

const MINUTE = 60_000;

interface Case {
  duration_min: number;
  deadline_min: number;
  step_min: number;
  start_now_avg: number;
  contiguous: { start_min: number; avg: number; saving_pct: number };
  interruptible: { slots: [number, number][]; avg: number; saving_pct: number };
}
const vectors: {
  carbon_intensity: number[];
  cases: Case[];
  bimodal_carbon_intensity: number[];
  bimodal_cases: Case[];
  sdk_semantics_example: { data_10min_points: number[]; rolling_average: number[]; best_start_index: number };
} = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../../fixtures/scheduling/vectors.json"), "utf8"),
);

const slotsFrom = (values: readonly number[], minutes: number): Slot[] =>
  values.map((value, index) => ({
    from: index * minutes * MINUTE,
    to: (index + 1) * minutes * MINUTE,
    gramsPerKwh: value,
    low: value,
    high: value,
    kind: "forecast",
  }));
const constant = (minutes: number): ProfilePiece[] => [{ ms: minutes * MINUTE, watts: 100 }];

const named: [string, number[], Case][] = [
  ...vectors.cases.map((one): [string, number[], Case] => ["one valley", vectors.carbon_intensity, one]),
  ...vectors.bimodal_cases.map((one): [string, number[], Case] => [
    "many",
    vectors.bimodal_carbon_intensity,
    one,
  ]),
];

describe.each(named)("vectors, %s", (_, values, one) => {
  const slots = slotsFrom(values, one.step_min);
  const cost = new Cost(slots);
  const now = meanIntensity(cost, constant(one.duration_min), 0)!;

  it(`${one.duration_min} min of ${one.deadline_min}, in one piece`, () => {
    const best = bestStart(slots, constant(one.duration_min), 0, one.deadline_min * MINUTE)!;
    expect(now).toBeCloseTo(one.start_now_avg, 9);
    expect(best.start / MINUTE).toBe(one.contiguous.start_min);
    expect(best.mean).toBeCloseTo(one.contiguous.avg, 9);
    expect((1 - best.mean / now) * 100).toBeCloseTo(one.contiguous.saving_pct, 9);
  });

  it(`${one.duration_min} min of ${one.deadline_min}, interruptible`, () => {
    const best = cheapestSlots(slots, one.duration_min * MINUTE, 0, one.deadline_min * MINUTE)!;
    const minutes = new Map<number, number>();
    for (const { from, to } of best.parts) {
      for (const [index, slot] of slots.entries()) {
        const overlap = Math.min(to, slot.to) - Math.max(from, slot.from);
        if (overlap > 0) minutes.set(index, overlap / MINUTE);
      }
    }
    expect([...minutes]).toEqual(one.interruptible.slots);
    expect(best.mean).toBeCloseTo(one.interruptible.avg, 9);
    expect((1 - best.mean / now) * 100).toBeCloseTo(one.interruptible.saving_pct, 9);
  });
});

it("the Carbon Aware SDK's example: where the window is a whole number of slots, both mean the same", () => {
  const { data_10min_points, rolling_average, best_start_index } = vectors.sdk_semantics_example;
  const slots = slotsFrom(data_10min_points, 10);
  const cost = new Cost(slots);
  expect(
    rolling_average.map((_, index) => cost.mean(index * 10 * MINUTE, (index + 2) * 10 * MINUTE)),
  ).toEqual(rolling_average);
  expect(bestStart(slots, constant(20), 0, 50 * MINUTE)!.start).toBe(best_start_index * 10 * MINUTE);
});

const intensities = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 2, maxLength: 9 });

describe("bestStart against brute force", () => {
  it("finds nothing better at any minute, for any profile", () => {
    fc.assert(
      fc.property(
        intensities,
        fc.array(fc.record({ ms: fc.integer({ min: 1, max: 9 }), watts: fc.integer({ min: 0, max: 500 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 0, max: 8 }),
        (values, shape, earliest) => {
          const slots = slotsFrom(values, 7);
          const profile = shape.map(({ ms, watts }) => ({ ms: ms * MINUTE, watts }));
          const end = values.length * 7 * MINUTE;
          const best = bestStart(slots, profile, earliest * MINUTE, end);
          const cost = new Cost(slots);
          let least = Infinity;
          let first = -1;
          const duration = profile.reduce((sum, { ms }) => sum + ms, 0);
          for (let start = earliest * MINUTE; start + duration <= end; start += MINUTE / 4) {
            const mean = meanIntensity(cost, profile, start)!;
            if (mean < least - 1e-9) {
              least = mean;
              first = start;
            }
          }
          if (first < 0) expect(best).toBeUndefined();
          else {
            expect(best!.mean).toBeCloseTo(least, 6);
            expect(best!.start).toBeLessThanOrEqual(first);
            expect(best!.end).toBeLessThanOrEqual(end);
          }
        },
      ),
    );
  });

  it("does not run through hours without a figure, and needs time before the deadline", () => {
    const slots = slotsFrom([500, 100, 100, 400, 300], 60);
    slots.splice(2, 1);
    expect(bestStart(slots, constant(90), 0, 300 * MINUTE)).toMatchObject({
      start: 30 * MINUTE,
      mean: 700 / 3,
    });
    expect(bestStart(slots, constant(130), 0, 300 * MINUTE)).toBeUndefined();
    expect(bestStart(slots, constant(60), 0, 59 * MINUTE)).toBeUndefined();
    expect(bestStart(slots, [], 0, 59 * MINUTE)).toBeUndefined();
  });

  it("puts the hungry part of a profile into the best hour", () => {
    const slots = slotsFrom([300, 300, 100, 300], 60);
    const best = bestStart(
      slots,
      [
        { ms: 60 * MINUTE, watts: 10 },
        { ms: 60 * MINUTE, watts: 400 },
      ],
      0,
      240 * MINUTE,
    )!;
    expect(best.start).toBe(60 * MINUTE);
  });
});

const total = (parts: readonly Part[]) => parts.reduce((sum, { from, to }) => sum + to - from, 0);

/** Every way to choose minutes, for little problems. */
function bruteForce(prices: readonly number[], work: number, resume: number): number {
  let least = Infinity;
  for (let mask = 0; mask < 1 << prices.length; mask++) {
    let carbon = 0;
    let done = 0;
    let started = false;
    let owed = 0;
    for (let t = 0; t < prices.length; t++) {
      if (!(mask & (1 << t))) {
        // A part that ends while it is still resuming did nothing: another choice is better.
        owed = -1;
        continue;
      }
      if (owed < 0) owed = started ? resume : 0;
      started = true;
      carbon += prices[t]!;
      if (owed > 0) owed--;
      else done++;
    }
    if (done >= work && carbon < least) least = carbon;
  }
  return least;
}

describe("cheapestParts against brute force", () => {
  it("finds the least carbon with a cost of resuming", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 10 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (prices, work, resume) => {
          const slots = slotsFrom(prices, 1);
          const best = cheapestParts(slots, work * MINUTE, resume * MINUTE, 0, prices.length * MINUTE);
          const least = bruteForce(prices, work, resume);
          if (!Number.isFinite(least)) {
            expect(best).toBeUndefined();
            return;
          }
          expect(best!.mean * (best!.running / MINUTE)).toBeCloseTo(least, 6);
          expect(total(best!.parts)).toBe(best!.running);
          expect(best!.running).toBe((work + (best!.parts.length - 1) * resume) * MINUTE);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("interrupts less the dearer it is", () => {
    const slots = slotsFrom(vectors.bimodal_carbon_intensity, 60);
    const parts = (overhead: number) =>
      cheapestParts(slots, 240 * MINUTE, overhead * MINUTE, 0, 720 * MINUTE)!.parts.length;
    const counts = [0, 5, 15, 30, 60, 120].map(parts);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect([counts[0], counts.at(-1)]).toEqual([4, 1]);
  });

  it("takes two days of five-minute figures", () => {
    const values = Array.from({ length: 576 }, (_, index) => 300 + 200 * Math.sin(index / 40) + (index % 7));
    const slots = slotsFrom(values, 5);
    const best = cheapestParts(slots, 600 * MINUTE, 10 * MINUTE, 0, 2880 * MINUTE)!;
    expect(total(best.parts)).toBeGreaterThanOrEqual(600 * MINUTE);
    const whole = bestStart(slots, constant(600), 0, 2880 * MINUTE)!;
    expect(best.mean * best.running).toBeLessThanOrEqual(whole.mean * 600 * MINUTE * (1 + 1e-9));
  });

  it("does not run in hours without a figure, nor past the deadline", () => {
    const slots = slotsFrom([100, 1, 100, 100], 60);
    slots.splice(1, 1);
    const best = cheapestParts(slots, 120 * MINUTE, MINUTE, 0, 240 * MINUTE)!;
    expect(best.parts.every(({ from, to }) => to <= 60 * MINUTE || from >= 120 * MINUTE)).toBe(true);
    expect(cheapestSlots(slots, 181 * MINUTE, 0, 240 * MINUTE)).toBeUndefined();
    expect(cheapestParts(slots, 181 * MINUTE, MINUTE, 0, 240 * MINUTE)).toBeUndefined();
  });
});
