import { describe, expect, it } from "vitest";
import { latencySummary } from "../../../src/tradeoff/bench/latency.ts";
import { ratioOfSums } from "../../../src/tradeoff/bench/ratio.ts";
import { type Count, findSteadyState, type SteadyState } from "../../../src/tradeoff/bench/steady-state.ts";

/** Counts of one unit each; `slow` of them at the beginning take five times as long. */
function counts(number: number, seconds: number, slow = 0): Count[] {
  let at = 1;
  return Array.from({ length: number }, (_, index) => {
    at += index < slow ? 5 * seconds : seconds * (1 + 0.02 * Math.sin(index * 7));
    return { at, units: 1 };
  });
}
const OPTIONS = { interval: 0.1, unit: "images" };
const found = (result: ReturnType<typeof findSteadyState>): SteadyState => {
  if ("problem" in result) throw new Error(result.problem);
  return result;
};
const problem = (result: ReturnType<typeof findSteadyState>) => ("problem" in result ? result.problem : "");

describe("the steady state", () => {
  it("begins after the warm-up, which it finds", () => {
    const steady = found(findSteadyState(counts(400, 0.1, 40), (at) => 10 * at, OPTIONS));
    const end = counts(400, 0.1, 40)[39]!.at;
    expect(steady.from).toBeGreaterThanOrEqual(end - 0.6);
    expect(steady.from).toBeLessThan(end + 10);
    expect(steady.warmUp).toMatchObject({ chosen: "detected" });
    expect(steady.warmUp.units + steady.units).toBe(400);
    const joules = steady.pieces.reduce((sum, piece) => sum + piece.joules!, 0);
    expect(joules / steady.units).toBeCloseTo(1, 1);
  });

  it("takes a warm-up that is named, and what lies before the first reading as part of it", () => {
    const named = found(findSteadyState(counts(400, 0.1), undefined, { ...OPTIONS, warmUp: 11 }));
    expect(named.warmUp.chosen).toBe("given");
    expect(named.from).toBeGreaterThanOrEqual(11);
    expect(named.pieces[0]!.joules).toBeNull();
    expect(
      found(findSteadyState(counts(400, 0.1), undefined, { ...OPTIONS, readFrom: 5 })).from,
    ).toBeGreaterThanOrEqual(5);
  });

  it("is not there where units are few, come all at once, or need ever more time or energy", () => {
    expect(problem(findSteadyState(counts(12, 1), undefined, OPTIONS))).toMatch(
      /^12 counts are too few.*more than 20/,
    );
    expect(problem(findSteadyState(counts(12, 1), undefined, { ...OPTIONS, warmUp: 3 }))).toMatch(
      /after the warm-up/,
    );
    expect(problem(findSteadyState(counts(500, 0.001), undefined, OPTIONS))).toMatch(
      /within 0\.5 s.*1\.0 s at least/,
    );
    const slower = Array.from({ length: 200 }, (_, index) => ({
      at: 0.1 * index * (1 + index / 100),
      units: 1,
    }));
    expect(problem(findSteadyState(slower, undefined, OPTIONS))).toMatch(/no steady state.*% more time/);
    expect(problem(findSteadyState(counts(400, 0.1), (at) => at * at, OPTIONS))).toMatch(/% more energy/);
  });

  it("makes no piece of counts of one moment", () => {
    const bursts = counts(300, 0.1).map(({ at }) => ({ at: Math.ceil(at * 2) / 2, units: 1 }));
    const steady = found(findSteadyState(bursts, undefined, OPTIONS));
    for (const { from, to } of steady.pieces) expect(to).toBeGreaterThan(from);
    expect(steady.warmUp.units + steady.units).toBe(300);
    const atOnce = counts(300, 0.1).map(({ at }) => ({ at: Math.ceil(at / 5) * 5, units: 1 }));
    expect(problem(findSteadyState(atOnce, undefined, OPTIONS))).toMatch(/at 7 moments only/);
  });
});

describe("a ratio of sums", () => {
  it("has the interval of the ratio estimator", () => {
    expect(ratioOfSums([10, 20, 30], [1, 2, 3])).toEqual({ value: 10, low: 10, high: 10 });
    const { value, low, high } = ratioOfSums([11, 9, 10, 10], [1, 1, 1, 1]);
    // Mean 10, standard error sqrt((2 / 3) / 4), t of 3 degrees 3.182.
    expect(value).toBe(10);
    expect(high - 10).toBeCloseTo(3.1824 * Math.sqrt(2 / 12), 3);
    expect(10 - low).toBeCloseTo(high - 10, 9);
    expect(ratioOfSums([0.001, 5], [1, 1]).low).toBe(0);
    expect(() => ratioOfSums([1], [1])).toThrow(RangeError);
  });
});

describe("latencies", () => {
  it("are quantiles of all that were told, with their method", () => {
    const seconds = Array.from({ length: 101 }, (_, index) => (100 - index) / 1000);
    expect(latencySummary(seconds, "as told")).toMatchObject({
      p50: 0.05,
      p95: 0.095,
      p99: 0.099,
      count: 101,
    });
    expect(latencySummary(seconds, "as told")?.method).toMatch(
      /^as told; quantiles of all 101.*p99 rests on/,
    );
    expect(latencySummary([], "as told")).toBeUndefined();
  });
});
