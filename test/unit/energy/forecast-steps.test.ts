import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastRun, type RunForecast } from "../../../src/energy/forecast.ts";
import { withEnergy } from "../../../src/energy/mark-energy.ts";
import type { Mark } from "../../../src/energy/run.ts";

interface Told {
  /** Joules between two marks; a mark comes each 2 s, of so many steps. */
  costs: readonly number[];
  steps?: number;
  total?: number;
  /** Joules until the first step's end, which takes 20 s. */
  warmUp?: number;
  more?: (marks: Mark[]) => Mark[];
}

function runOf({ costs, steps = 10, total, warmUp = 1_000, more = (marks) => marks }: Told) {
  const marks: Mark[] = [{ at: 5, kind: "phase", source: "transformers", name: "train", energy: 50 }];
  let energy = 50 + warmUp;
  for (const [order, cost] of [0, ...costs].entries()) {
    energy += cost;
    const index = order === 0 ? 1 : 1 + order * steps;
    const told = total !== undefined && { total };
    marks.push({ at: 25 + 2 * order, kind: "step", source: "transformers", index, energy, ...told });
  }
  return {
    marks: more(marks),
    energy: { value: energy, low: energy, high: energy, unit: "J" as const, method: "measured" as const },
    gaps: [],
    duration: marks.at(-1)!.at,
    state: "running" as const,
    startedAt: 0,
  } as unknown as Parameters<typeof forecastRun>[0];
}

const of = (told: Told): RunForecast => {
  const found = forecastRun(runOf(told));
  if (typeof found === "string") throw new Error(found);
  return found;
};

const width = ({ energy }: RunForecast) => energy.high - energy.low;

describe("a forecast by steps, within one epoch", () => {
  it("is what is there and the steps that are left, the first of which also loaded and compiled", () => {
    const found = of({ costs: Array(20).fill(100), total: 1_001 });
    expect(found).toMatchObject({ of: "steps", done: 201, total: 1_001 });
    expect(found.energy.value).toBeCloseTo(50 + 1_000 + 100 * 100, 0);
    expect(found.seconds.value).toBeCloseTo(25 + 2 * 100, 1);
    expect(found.energy.basis).toMatch(/^201 of 1001 steps are done/);
    expect(found.energy.low).toBeLessThan(found.energy.value);
  });

  it("counts slower steps, an evaluation among them, at their part", () => {
    // Each tenth mark comes after an evaluation.
    const costs = Array.from({ length: 200 }, (_, order) => (order % 10 === 9 ? 600 : 100));
    const found = of({ costs, total: 4_001 });
    expect(Math.abs(found.energy.value / (1_050 + 400 * 150) - 1)).toBeLessThan(0.05);
  });

  it("says why there is none", () => {
    expect(forecastRun(runOf({ costs: [100, 100], total: 100 }))).toBe("first steps");
    expect(forecastRun(runOf({ costs: Array(20).fill(100) }))).toBe("no epochs");
    expect(forecastRun(runOf({ costs: Array(20).fill(100), total: 201 }))).toBe("no epochs");
    const again = (marks: Mark[]) => [
      ...marks,
      { ...marks[0]!, at: 70, name: "after training" },
      ...marks.map((mark) => ({ ...mark, at: mark.at + 75 })),
    ];
    expect(forecastRun(runOf({ costs: Array(20).fill(100), total: 900, more: again }))).toBe("no epochs");
  });

  it("gives way to the epochs, from the second on", () => {
    const epoch = (index: number, at: number): Mark => {
      const energy = 50 + 1_000 + (at - 25) * 50;
      return { kind: "epoch", source: "transformers", index, at, total: 5, energy };
    };
    const told = { costs: Array(40).fill(100), total: 1_001 };
    const one = (marks: Mark[]) => [...marks.slice(0, 22), epoch(1, 66), ...marks.slice(22)];
    const two = (marks: Mark[]) => [...one(marks), epoch(2, 105)];
    expect(of({ ...told, more: one }).of).toBe("steps");
    expect(of({ ...told, more: two }).of).toBe("epochs");
  });

  it("takes the command's own steps before those that the hooks saw, and each once where all ranks tell them", () => {
    const own = (marks: Mark[]) =>
      marks.flatMap((mark): Mark[] => {
        const { source: _, ...rest } = mark;
        const mine = { ...rest, total: 501 };
        return mark.kind === "step" ? [mark, mine, mine] : [mark];
      });
    expect(of({ costs: Array(20).fill(100), total: 1_001, more: own }).total).toBe(501);
  });

  const steady = fc
    .record({
      marks: fc.integer({ min: 40, max: 400 }),
      warmUp: fc.double({ min: 10, max: 5_000, noNaN: true }),
    })
    .chain(({ marks, warmUp }) =>
      fc
        .array(fc.double({ min: 95, max: 105, noNaN: true }), { minLength: marks, maxLength: marks })
        .map((costs) => ({ costs, warmUp })),
    );

  it("is within 10 % after a fifth of a steady run, and its range holds what comes, nine times in ten, and narrows", () => {
    let held = 0;
    const runs = 200;
    fc.assert(
      fc.property(steady, ({ costs, warmUp }) => {
        const total = costs.length * 10 + 1;
        const whole = 50 + warmUp + costs.reduce((sum, each) => sum + each, 0);
        const at = (part: number) => of({ costs: costs.slice(0, costs.length * part), total, warmUp }).energy;
        const fifth = at(0.2);
        expect(Math.abs(fifth.value / whole - 1)).toBeLessThan(0.1);
        if (fifth.low <= whole && whole <= fifth.high) held++;
        const alike = (part: number) =>
          of({ costs: Array(Math.floor(costs.length * part)).fill(100), total });
        expect(width(alike(0.9))).toBeLessThan(width(alike(0.4)));
        expect(width(alike(0.4))).toBeLessThan(width(alike(0.2)));
      }),
      { numRuns: runs, seed: 7 },
    );
    expect(held / runs).toBeGreaterThan(0.9);
  });

  it("needs energy at steps whose number is known", () => {
    const marks: Mark[] = [{ kind: "step", at: 2, index: 3, total: 9 }];
    expect(withEnergy(marks, [[{ from: 0, to: 4, joules: 8 }]])[0]!.energy).toBe(4);
  });
});
