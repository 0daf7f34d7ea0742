import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastRun, type RunForecast } from "../../../src/energy/forecast.ts";
import type { Mark, RunSummary } from "../../../src/energy/run.ts";

const quantity = (value: number, error = 0): RunSummary["energy"] => ({
  value,
  unit: "J",
  method: "measured",
  instrument: "RAPL package",
  covers: ["CPU"],
  low: value * (1 - error),
  high: value * (1 + error),
  basis: "",
});

interface Told {
  /** Joules of each epoch that is done; an epoch of 100 J takes 10 s. */
  costs: readonly number[];
  total?: number;
  /** Joules since the last epoch ended. */
  since?: number;
  error?: number;
  more?: Partial<RunSummary>;
  mark?: Partial<Mark>;
}

function runOf({ costs, total, since = 0, error, more, mark }: Told) {
  let joules = 0;
  const marks = costs.map((cost, order): Mark => {
    joules += cost;
    return {
      at: joules / 10,
      kind: "epoch",
      index: order + 1,
      energy: joules,
      ...(total !== undefined && { total }),
      ...mark,
    };
  });
  return {
    marks,
    energy: quantity(joules + since, error),
    gaps: [],
    duration: (joules + since) / 10,
    state: "running" as const,
    startedAt: 1_000_000,
    ...more,
  };
}

const of = (told: Told): RunForecast => {
  const found = forecastRun(runOf(told));
  if (typeof found === "string") throw new Error(found);
  return found;
};
const width = ({ energy }: RunForecast) => energy.high - energy.low;

describe("the forecast of a run", () => {
  it("is what is there and the epochs that are left, with a range, and when it ends", () => {
    const found = of({ costs: [100, 100, 100, 100], total: 10 });
    expect(found).toMatchObject({ done: 4, total: 10, energy: { method: "estimated" } });
    expect(found.energy.value).toBeCloseTo(1_000, 6);
    expect(found.seconds.value).toBeCloseTo(100, 6);
    expect(found.finishAt.value).toBeCloseTo(1_100_000, 3);
    expect(found.energy.low).toBeLessThan(1_000);
    expect(found.energy.high).toBeGreaterThan(1_000);
    expect(found.energy.basis).toMatch(/^4 of 10 epochs are done/);
  });

  it("says why there is none", () => {
    expect(forecastRun(runOf({ costs: [], total: 5 }))).toBe("no epochs");
    expect(forecastRun(runOf({ costs: [100], total: 5 }))).toBe("one epoch");
    expect(forecastRun(runOf({ costs: [100, 100] }))).toBe("total unknown");
    expect(forecastRun(runOf({ costs: [100, 100], total: 2 }))).toBe("trained");
    expect(forecastRun(runOf({ costs: [100, 100], total: 5, more: { state: "finished" } }))).toBe("ended");
    const again = runOf({ costs: [100, 100, 100], total: 5 });
    again.marks[2]!.index = 1;
    expect(forecastRun(again)).toBe("several trainings");
  });

  it("does not trust the first epoch, which loads and compiles", () => {
    const expected = 300 + 9 * 100;
    const found = of({ costs: [300, 100], total: 10 });
    expect(Math.abs(found.energy.value / expected - 1)).toBeLessThan(0.05);
    // By the mean of both it would be 2,000 J.
    expect(of({ costs: [300, 100, 100, 100], total: 10 }).energy.value).toBeLessThan(expected * 1.01);
  });

  it("counts what lies between epochs with them, and follows a change", () => {
    const between = runOf({ costs: [100, 100, 100], total: 6 });
    between.marks = between.marks.flatMap((mark): Mark[] => [
      mark,
      { at: mark.at + 2, kind: "phase", energy: mark.energy! + 20 },
    ]);
    expect((forecastRun(between) as RunForecast).energy.value).toBeCloseTo(600, 6);
    const grown = of({ costs: [100, 100, 100, 100, 200, 200, 200, 200], total: 16 });
    expect(grown.energy.value).toBeGreaterThan(1_200 + 8 * 155);
  });

  it("is never less than what is used, and grows with an epoch that takes longer", () => {
    const found = of({ costs: [100, 100], total: 3, since: 150 });
    expect(found.energy.value).toBeCloseTo(350, 6);
    expect(found.energy.low).toBeGreaterThanOrEqual(350);
    expect(of({ costs: [100, 100], total: 4, since: 150 }).energy.value).toBeCloseTo(450, 6);
  });

  it("has the range of the meters, too", () => {
    const [exact, rough] = [0, 0.1].map((error) => of({ costs: [100, 100, 100], total: 9, error }));
    expect(rough!.energy.high).toBeCloseTo(exact!.energy.high * 1.1, 6);
    expect(rough!.energy.low).toBeCloseTo(exact!.energy.low * 0.9, 6);
  });

  it("takes epochs that were told together for as many as they are", () => {
    const run = runOf({ costs: [100, 400, 400], total: 20 });
    run.marks[1]!.index = 5;
    run.marks[2]!.index = 9;
    const found = forecastRun(run) as RunForecast;
    expect(found).toMatchObject({ done: 9, total: 20 });
    expect(found.energy.value).toBeCloseTo(2_000, 6);
  });
});

/** Numbers about 1, each within `spread` of it. */
const noise = (count: number, spread: number) =>
  fc.array(fc.double({ min: 1 - spread, max: 1 + spread, noNaN: true }), {
    minLength: count,
    maxLength: count,
  });

/** Epochs that differ by 4 % at most from what they take, but for the first, which takes up to three times as much. */
describe("of a steady run", () => {
  const steady = fc
    .record({
      total: fc.integer({ min: 10, max: 100 }),
      each: fc.double({ min: 1, max: 1e6, noNaN: true }),
      warmUp: fc.double({ min: 0.8, max: 3, noNaN: true }),
    })
    .chain(({ total, each, warmUp }) =>
      noise(total, 0.04).map((parts) => parts.map((part, order) => part * each * (order === 0 ? warmUp : 1))),
    );

  it("it is within 10 % after a fifth of the epochs", () => {
    fc.assert(
      fc.property(steady, (all) => {
        const whole = all.reduce((sum, each) => sum + each, 0);
        const { energy, seconds } = of({ costs: all.slice(0, Math.ceil(all.length / 5)), total: all.length });
        expect(Math.abs(energy.value / whole - 1)).toBeLessThan(0.1);
        expect(Math.abs((seconds.value * 10) / whole - 1)).toBeLessThan(0.1);
      }),
      { numRuns: 500 },
    );
  });

  it("the range narrows with each epoch where epochs are alike, and by the end in any case", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 60 }), (total) => {
        const widths = Array.from({ length: total - 2 }, (_, order) =>
          width(of({ costs: Array(order + 2).fill(100), total })),
        );
        for (const [order, each] of widths.entries())
          if (order > 0) expect(each).toBeLessThan(widths[order - 1]!);
      }),
    );
    fc.assert(
      fc.property(steady, (all) => {
        const at = (part: number) =>
          of({ costs: all.slice(0, Math.ceil(all.length * part)), total: all.length });
        expect(width(at(0.9))).toBeLessThan(width(at(0.3)));
      }),
    );
  });

  it("the range holds what comes, nine times in ten", () => {
    let held = 0;
    let asked = 0;
    fc.assert(
      fc.property(steady, fc.double({ min: 0.2, max: 0.8, noNaN: true }), (all, part) => {
        const whole = all.reduce((sum, each) => sum + each, 0);
        const { energy } = of({ costs: all.slice(0, Math.ceil(all.length * part)), total: all.length });
        asked++;
        if (energy.low <= whole && whole <= energy.high) held++;
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(held / asked).toBeGreaterThan(0.85);
  });
});

describe("whatever is told", () => {
  it("the range is one, of finite numbers", () => {
    const costs = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(
        costs,
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (all, more, since) => {
          const { energy, seconds } = of({ costs: all, total: all.length + more, since });
          for (const { low, value, high } of [energy, seconds]) {
            expect([low, value, high].every(Number.isFinite)).toBe(true);
            expect(low).toBeLessThanOrEqual(value);
            expect(value).toBeLessThanOrEqual(high);
          }
        },
      ),
      // What rounding takes from a sum of large amounts.
      { examples: [[[0, 963208503.4787683, 0, 0], 1, 923066789.9468817]] },
    );
  });
});
