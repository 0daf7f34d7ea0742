import { describe, expect, it } from "vitest";
import type { Plan } from "../../../src/carbon/schedule/plan.ts";
import { type FoundPlan, PlanFault, type PlanInput } from "../../../src/cli/find-plan.ts";
import { waitForStart } from "../../../src/cli/wait.ts";
import type { Quantity } from "../../../src/quantity.ts";

const HOUR = 3_600_000;
const input: PlanInput = {
  folder: "/project",
  grid: { provider: "csv" },
  duration: HOUR,
  durationFrom: "as given",
  deadline: 10 * HOUR,
  watts: [],
};

const figure = (value: number): Quantity<"gCO2e/kWh"> => ({
  value,
  unit: "gCO2e/kWh",
  method: "estimated",
  instrument: "",
  covers: [],
  low: value,
  high: value,
  basis: "",
});

function found(start: number, recommended = true): FoundPlan {
  const plan: Plan = {
    parts: [{ from: start, to: start + HOUR }],
    start,
    latestStart: 8.9 * HOUR,
    planned: figure(100),
    ifNow: figure(200),
    saving: { ...figure(0.5), unit: "1" },
    recommended,
    why: recommended ? "50 % is more" : "3 % is less than the 5 % that a wait should save: start now",
    basis: "average",
    typical: false,
    notices: [],
  };
  return {
    plan,
    asked: {
      provider: { label: "x" } as never,
      age: 0,
      series: {
        basis: "average",
        zone: "X",
        name: "X",
        factors: "direct",
        source: "s",
        fetchedAt: 0,
        resolution: HOUR,
        error: { relative: 0.1, how: "computed" },
        notices: [],
        slots: [],
      },
    },
  };
}

/** A clock that only sleeping moves. */
function world(plans: (now: number) => FoundPlan | PlanFault, jump = 1) {
  let now = 0;
  const said: string[] = [];
  let asked = 0;
  return {
    said,
    asked: () => asked,
    time: () => now,
    now: () => now,
    sleep: async (ms: number) => {
      now += ms * jump;
    },
    say: (text: string) => said.push(text),
    plan: async (at: number) => {
      asked++;
      const plan = plans(at);
      if (plan instanceof PlanFault) throw plan;
      return plan;
    },
  };
}

describe("waitForStart", () => {
  it("starts at the planned time, not before", async () => {
    const w = world(() => found(3 * HOUR));
    await waitForStart(input, w);
    expect(w.time()).toBe(3 * HOUR);
    expect(w.asked()).toBe(12);
    expect(w.said.filter((line) => line.includes("waits until"))).toHaveLength(1);
    expect(w.said.join("\n")).toMatch(/saves 50 %; Ctrl-C ends it and runs nothing/);
  });

  it("starts at once where waiting is not worth it", async () => {
    const w = world(() => found(3 * HOUR, false));
    await waitForStart(input, w);
    expect(w.time()).toBe(0);
  });

  it("follows new forecasts, and says so", async () => {
    const w = world((now) => found(now < HOUR ? 3 * HOUR : 5 * HOUR));
    await waitForStart(input, w);
    expect(w.time()).toBe(5 * HOUR);
    expect(w.said.some((line) => line.startsWith("planned anew, not "))).toBe(true);
  });

  it("starts when waiting is no longer worth it", async () => {
    const w = world((now) => found(3 * HOUR, now < HOUR));
    await waitForStart(input, w);
    expect(w.time()).toBe(HOUR);
    expect(w.said.at(-1)).toMatch(/^planned anew: 3 % is less/);
  });

  it("keeps to its plan while the network is gone", async () => {
    const w = world((now) => (now === 0 ? found(2 * HOUR) : new PlanFault("nobody answers")));
    await waitForStart(input, w);
    expect(w.time()).toBe(2 * HOUR);
    expect(w.said.some((line) => line.startsWith("nobody answers; it keeps to "))).toBe(true);
  });

  it("never misses the deadline, though forecasts always promise a better hour", async () => {
    const w = world((now) => found(now + 2 * HOUR));
    await waitForStart(input, w);
    expect(w.time()).toBeLessThanOrEqual(8.9 * HOUR);
    expect(w.said.at(-1)).toMatch(/leaves no more time$/);
  });

  it("starts when the machine wakes after the latest start, and says why", async () => {
    const w = world(() => found(8 * HOUR), 1700);
    await waitForStart({ ...input, deadline: 8 * HOUR + 2 * HOUR }, w);
    expect(w.time()).toBeGreaterThan(8.9 * HOUR);
    expect(w.said.at(-1)).toMatch(/^it starts/);
  });

  it("needs a first plan", async () => {
    const w = world(() => new PlanFault("no figures"));
    await expect(waitForStart(input, w)).rejects.toThrow("no figures");
  });
});
