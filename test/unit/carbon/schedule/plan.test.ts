import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AverageSeries, IntensitySeries, Slot } from "../../../../src/carbon/intensity/series.ts";
import { compareZones } from "../../../../src/carbon/schedule/compare-zones.ts";
import {
  MARGIN,
  type Plan,
  planRun,
  profileFrom,
  usualDuration,
} from "../../../../src/carbon/schedule/plan.ts";
import { parseDuration, parseMoment, startLines } from "../../../../src/carbon/schedule/time-words.ts";
import { findZone } from "../../../../src/carbon/zones.node.ts";

const HOUR = 3_600_000;
const series = (values: readonly number[], error = 0.1, basis: IntensitySeries["basis"] = "average") =>
  ({
    basis,
    zone: "X",
    name: "Nowhere",
    factors: "lifecycle",
    source: "a source",
    fetchedAt: 0,
    resolution: HOUR,
    error: { relative: error, how: "computed" },
    notices: [],
    slots: values.map(
      (value, index): Slot => ({
        from: index * HOUR,
        to: (index + 1) * HOUR,
        gramsPerKwh: value,
        low: value * (1 - error),
        high: value * (1 + error),
        kind: "forecast",
      }),
    ),
  }) as AverageSeries;
const flat = (hours: number) => [{ ms: hours * HOUR, watts: 1 }];
const plan = (request: Parameters<typeof planRun>[0]): Plan => {
  const made = planRun(request);
  if ("problem" in made) throw new Error(made.problem);
  return made;
};

describe("planRun", () => {
  it("says when, what it saves and how sure that is", () => {
    const made = plan({
      series: series([400, 400, 200, 200, 400]),
      profile: flat(1),
      now: 0,
      deadline: 5 * HOUR,
    });
    expect(made).toMatchObject({ start: 2 * HOUR, recommended: true, basis: "average", typical: false });
    expect(made.planned).toMatchObject({ value: 200, unit: "gCO2e/kWh", method: "estimated" });
    expect(made.saving.value).toBeCloseTo(0.5, 12);
    expect(made.saving.low).toBeCloseTo(1 - 220 / 360, 12);
    expect(made.saving.high).toBeCloseTo(1 - 180 / 440, 12);
    expect(made.latestStart).toBe(5 * HOUR - HOUR * (1 + MARGIN));
  });

  it("advises to start at once where the saving may be chance, or is small", () => {
    const request = { profile: flat(1), now: 0, deadline: 5 * HOUR };
    expect(plan({ ...request, series: series([200, 184, 200, 200, 200]) })).toMatchObject({
      recommended: false,
      why: "8 % is within the error of the figures (10 %): waiting may as well emit more, start now",
    });
    expect(plan({ ...request, series: series([200, 195, 200, 200, 200], 0.01) }).why).toMatch(
      /less than the 5 % that a wait should save/,
    );
    const already = plan({ ...request, series: series([100, 195, 200, 200, 200]) });
    expect(already).toMatchObject({
      recommended: false,
      start: 0,
      why: "no later start emits less: start now",
    });
    expect(already.saving).toMatchObject({ value: 0, low: 0, high: 0 });
  });

  it("leaves a tenth of the duration before the deadline, always", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 3, maxLength: 20 }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
        (values, hours, minutes) => {
          const deadline = values.length * HOUR;
          const made = planRun({
            series: series(values),
            profile: flat(hours),
            now: 0,
            deadline,
            resumeOverhead: minutes === undefined ? undefined : minutes * 60_000,
          });
          if ("problem" in made) return;
          expect(made.parts.at(-1)!.to).toBeLessThanOrEqual(deadline - hours * HOUR * MARGIN + 1);
          expect(made.start).toBeLessThanOrEqual(made.latestStart + 1);
          expect(made.saving.low).toBeLessThanOrEqual(made.saving.value);
          expect(made.saving.high).toBeGreaterThanOrEqual(made.saving.value);
          expect(made.saving.value).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });

  it("cuts an interruptible run into parts only where that saves more, with what resuming emits", () => {
    const values = [400, 100, 400, 400, 100, 400, 400];
    const request = { series: series(values), profile: flat(2), now: 0, deadline: 7 * HOUR };
    const cheap = plan({ ...request, resumeOverhead: 60_000 });
    expect(cheap.parts).toHaveLength(2);
    expect(cheap.planned.value).toBeCloseTo((2 * 60 * 100 + 400) / 120, 6);
    expect(plan({ ...request, resumeOverhead: 4 * HOUR }).parts).toHaveLength(1);
    expect(plan(request).parts).toHaveLength(1);
  });

  it("says why there is no plan", () => {
    const request = { series: series([1, 2, 3]), profile: flat(2) };
    expect(planRun({ ...request, now: 0, deadline: HOUR })).toMatchObject({
      problem: expect.stringMatching(/does not fit/),
    });
    expect(planRun({ ...request, now: 0, deadline: 2.1 * HOUR })).toMatchObject({
      problem: expect.stringMatching(/less than a tenth/),
    });
    expect(planRun({ ...request, now: 5 * HOUR, deadline: 9 * HOUR })).toMatchObject({
      problem: expect.stringMatching(/no figures for a run/),
    });
  });

  it("says how far the figures reach, and that a day is typical", () => {
    const made = plan({ series: series([2, 1, 2]), profile: flat(1), now: 0, deadline: 9 * HOUR });
    expect(made.notices[0]).toMatch(/^figures reach to 1970-01-01T03:00Z only/);
    const typical = series([2, 1, 2]);
    typical.slots = typical.slots.map((slot) => ({ ...slot, kind: "typical" }));
    expect(plan({ series: typical, profile: flat(1), now: 0, deadline: 3 * HOUR }).typical).toBe(true);
  });
});

describe("earlier runs", () => {
  it("give the duration that nine in ten did not pass", () => {
    expect(usualDuration([])).toBeUndefined();
    expect(usualDuration([7])).toBe(7);
    expect(usualDuration(Array.from({ length: 20 }, (_, index) => index + 1))).toBe(18);
  });

  it("give the power over time; what was not read is taken as the mean", () => {
    expect(profileFrom([10, Number.NaN, 30], 30)).toEqual([
      { ms: 10, watts: 10 },
      { ms: 10, watts: 20 },
      { ms: 10, watts: 30 },
    ]);
    expect(profileFrom([], 5)).toEqual([{ ms: 5, watts: 1 }]);
  });
});

describe("compareZones", () => {
  it("does not tell apart what the ranges do not", () => {
    const compared = compareZones(findZone("DE")!, [
      findZone("FR")!,
      findZone("aws:us-west-2")!,
      findZone("DE")!,
    ]);
    expect(compared.map(({ zone, told }) => [zone.code, told])).toEqual([
      ["FR", true],
      ["DE", false],
      ["aws:us-west-2", false],
    ]);
    expect(compared[0]!.ratio).toBeCloseTo(44.18 / 342.06, 3);
  });
});

describe("times", () => {
  it("are durations", () => {
    expect(["45m", "2h", "1h30m", "1.5 h", "1d", "90 min", "30s"].map(parseDuration)).toEqual(
      [0.75, 2, 1.5, 1.5, 24, 1.5, 1 / 120].map((hours) => hours * HOUR),
    );
    for (const wrong of ["", "2", "h", "2h!", "-2h", "0h", "2 hours"])
      expect(() => parseDuration(wrong)).toThrow(/write 45m/);
  });

  it("are moments after now, by this machine's clock", () => {
    const now = new Date(2026, 10, 22, 17, 30).getTime();
    expect(parseMoment("18:00", now)).toBe(now + HOUR / 2);
    expect(parseMoment("17:30", now)).toBe(new Date(2026, 10, 23, 17, 30).getTime());
    expect(parseMoment("+12h", now)).toBe(now + 12 * HOUR);
    expect(parseMoment("2026-11-23T08:00", now)).toBe(new Date(2026, 10, 23, 8).getTime());
    expect(parseMoment("2099-11-23T08:00Z", now)).toBe(Date.parse("2099-11-23T08:00Z"));
    expect(parseMoment("2099-01-01", now)).toBe(new Date(2099, 0, 1, 23, 59).getTime());
    expect(() => parseMoment("2020-01-01T00:00", now)).toThrow(/over already/);
    for (const wrong of ["25:00", "soon", "", "2026-13-40"])
      expect(() => parseMoment(wrong, now)).toThrow(/is not a time/);
  });

  it("are lines that start a command, never too late and never in a minute that is over", () => {
    const at = new Date(2026, 10, 22, 14, 4, 31).getTime();
    const now = at - HOUR;
    expect(startLines(at, "fairwatt run 'a b' 50%", "/home/ada/it's", { now })).toEqual({
      slurm:
        "sbatch --begin=2026-11-22T14:04:00 --chdir='/home/ada/it'\\''s' --wrap='fairwatt run '\\''a b'\\'' 50%'",
      at: "cd '/home/ada/it'\\''s' && echo 'fairwatt run '\\''a b'\\'' 50%' | at -t 202611221404",
      cron: "4 14 22 11 * cd '/home/ada/it'\\''s' && fairwatt run 'a b' 50\\%",
    });
    expect(startLines(at, "run", "/p", { now, until: at + HOUR }).at).toBe(
      "cd /p && echo 'timeout -s TERM 3631 run' | at -t 202611221404",
    );
    expect(startLines(at, "run", "/p", { now: at - 1000 }).at).toBe("cd /p && echo run | at -t 202611221405");
  });
});
