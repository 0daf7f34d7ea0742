import { describe, expect, it } from "vitest";
import { planRun, profileFrom } from "../../../src/carbon/schedule/plan.ts";
import { type FoundPlan, PlanFault, type PlanInput } from "../../../src/cli/find-plan.ts";
import { keepToCheapest } from "../../../src/cli/interrupt.ts";

const HOUR = 3_600_000;
const input: PlanInput = {
  folder: "/project",
  grid: { provider: "csv" },
  duration: 3 * HOUR,
  durationFrom: "as given",
  deadline: 12 * HOUR,
  resumeOverhead: 0,
  watts: [],
};

/** Figures of each hour from 0 on, and a clock that only sleeping moves; the work is `work` ms of running. */
function world(
  figures: readonly number[],
  { work = input.duration, fault }: { work?: number; fault?: (now: number) => string | undefined } = {},
) {
  let now = 0;
  let running = true;
  let worked = 0;
  const ran: [number, number][] = [[0, 0]];
  const said: string[] = [];
  const series = {
    basis: "average" as const,
    zone: "X",
    name: "X",
    factors: "lifecycle" as const,
    source: "s",
    fetchedAt: 0,
    resolution: HOUR,
    error: { relative: 0.05, how: "computed" },
    notices: [],
    slots: figures.map((gramsPerKwh, hour) => ({
      from: hour * HOUR,
      to: (hour + 1) * HOUR,
      gramsPerKwh,
      low: gramsPerKwh * 0.95,
      high: gramsPerKwh * 1.05,
      kind: "forecast" as const,
    })),
  };
  const ended = new Error("ended");
  return {
    said,
    /** Hours in which it ran, after the command's end. */
    async hours(kept: Promise<void>): Promise<[number, number][]> {
      await kept.catch((error) => {
        if (error !== ended) throw error;
      });
      if (running) ran.at(-1)![1] = worked < work ? now + work - worked : now;
      return ran.filter(([from, to]) => to > from).map(([from, to]) => [from / HOUR, to / HOUR]);
    },
    world: {
      now: () => now,
      async sleep(ms: number) {
        const step = running ? Math.min(ms, work - worked) : ms;
        now += step;
        if (running) worked += step;
        if (worked >= work) throw ended;
      },
      say: (text: string) => said.push(text),
      async plan(rest: PlanInput, at: number): Promise<FoundPlan> {
        const why = fault?.(at);
        if (why) throw new PlanFault(why);
        const profile = profileFrom([], rest.duration);
        const plan = planRun({
          series,
          profile,
          now: at,
          deadline: rest.deadline,
          resumeOverhead: rest.resumeOverhead,
        });
        if ("problem" in plan) throw new PlanFault(plan.problem);
        return { plan, asked: {} as FoundPlan["asked"] };
      },
      pause() {
        expect(running).toBe(true);
        running = false;
        ran.at(-1)![1] = now;
      },
      resume() {
        expect(running).toBe(false);
        running = true;
        ran.push([now, 0]);
      },
    },
  };
}

describe("a run that is stopped outside the cheapest hours", () => {
  it("runs in those, and says for how long it is stopped and what that saves", async () => {
    const w = world([100, 500, 500, 100, 500, 500, 500, 100, 500, 500, 500, 500]);
    expect(await w.hours(keepToCheapest(input, w.world))).toEqual([
      [0, 1],
      [3, 4],
      [7, 8],
    ]);
    expect(w.said.filter((line) => line.startsWith("stopped until"))).toHaveLength(2);
    expect(w.said[0]).toMatch(/which saves \d+ % of what is left; 2:00:00 of work to do/);
  });

  it("keeps the deadline where the cheap hours lie behind it, with a tenth to spare", async () => {
    const figures = Array.from({ length: 24 }, (_, hour) => 1_000 - hour * 40);
    const w = world(figures);
    const hours = await w.hours(keepToCheapest(input, w.world));
    expect(hours.at(-1)![1]).toBeLessThanOrEqual(12);
    expect(hours.reduce((sum, [from, to]) => sum + to - from, 0)).toBeCloseTo(3, 6);
  });

  it("is not stopped where a resume costs more than the wait saves", async () => {
    const w = world([300, 330, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300]);
    expect(await w.hours(keepToCheapest({ ...input, resumeOverhead: HOUR / 2 }, w.world))).toEqual([[0, 3]]);
  });

  it("goes on when the figures are gone, and when it takes longer than was said", async () => {
    const figures = [100, 500, 500, 100, 500, 500, 500, 100, 500, 500, 500, 500];
    const gone = world(figures, { fault: (now) => (now >= 2 * HOUR ? "nobody answers" : undefined) });
    expect(await gone.hours(keepToCheapest(input, gone.world))).toEqual([
      [0, 1],
      [2, 4],
    ]);
    expect(gone.said.at(-1)).toBe("goes on: nobody answers");
    const longer = world(figures, { work: 5 * HOUR });
    expect((await longer.hours(keepToCheapest(input, longer.world))).at(-1)).toEqual([7, 10]);
  });
});
