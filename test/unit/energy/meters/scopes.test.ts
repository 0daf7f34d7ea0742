import fc from "fast-check";
import { expect, test } from "vitest";
import { RunFold } from "../../../../src/energy/fold.ts";
import type { MeterDescriptor } from "../../../../src/energy/meters/meter.ts";
import { overlapReasons, overlaps } from "../../../../src/energy/meters/scopes.ts";
import { modelMeter, packageMeter, sampleAt, startRecords } from "../records.ts";

const PARTS = ["machine", "cpu", "cpu:0", "cpu:0:die-0", "cpu:1", "dram", "dram:0", "gpu:a", "gpu:b"];

const power = (
  id: string,
  parts: readonly string[],
  more: Partial<MeterDescriptor> = {},
): MeterDescriptor => ({
  ...packageMeter,
  id,
  label: id,
  parts,
  kind: "power",
  unit: 1,
  wrapsAt: undefined,
  attribution: "whole",
  error: 0,
  ...more,
});

const meters = fc
  .array(fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }), { maxLength: 8 })
  .map((all) => all.map((parts, i) => power(`m${i}`, parts)));

test("of any meters those that count never overlap, and whatever does not count is covered by one that does", () => {
  fc.assert(
    fc.property(meters, (all) => {
      const reasons = overlapReasons(all);
      const counted = all.filter(({ id }) => !reasons.has(id));
      for (const one of counted) {
        for (const other of counted) expect(one !== other && overlaps(one, other)).toBe(false);
      }
      for (const meter of all.filter(({ id }) => reasons.has(id))) {
        expect(counted.some((other) => overlaps(other, meter))).toBe(true);
      }
    }),
  );
});

test("the reason says how the two lie to each other", () => {
  const reasons = overlapReasons([
    power("battery", ["machine"]),
    power("package", ["cpu:0"]),
    power("core", ["cpu:0:core"]),
    power("again", ["cpu:0"]),
  ]);
  expect(Object.fromEntries(reasons)).toEqual({
    battery: "contains package, which is counted",
    core: "part of package, which is counted",
    again: "the same as package, which is counted",
  });
});

test("journals without parts: a platform contains all, components stay apart", () => {
  const old = (component: MeterDescriptor["component"]) => ({ ...packageMeter, component, parts: undefined });
  expect(overlaps(old("platform"), old("gpu"))).toBe(true);
  expect(overlaps(old("cpu"), old("dram"))).toBe(false);
});

const battery = power("battery", ["machine"], { component: "platform", intermittent: true });
const constant: MeterDescriptor = {
  ...modelMeter,
  attribution: "whole",
  insteadOf: ["battery"],
  model: { kind: "constant", cpus: 1, low: [[0, 3]], mid: [[0, 3]], high: [[0, 3]] },
};

test("a battery that comes and goes: each second is counted once, by it or by the model that stands in", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }), (discharging) => {
      const fold = new RunFold();
      const { runner, sampler } = startRecords([battery, constant]);
      fold.push(runner, "r");
      fold.push(sampler, "s");
      discharging.forEach((on, i) => {
        fold.push(sampleAt(i, { battery: on ? 20 : null }), "s");
      });
      const { meters: counted } = fold.summary({ alive: false });
      const seconds = Object.fromEntries(counted.map(({ meter, seconds }) => [meter.id, seconds]));
      const byBattery = discharging.filter((on, i) => i > 0 && on && discharging[i - 1]).length;
      expect(seconds.battery).toBe(byBattery);
      // Where the battery's state changes, the model takes the step.
      expect(seconds["model:cpu"]! + byBattery).toBe(discharging.length - 1);
      expect(fold.series().watts.length).toBe(2);
      for (let i = 0; i < fold.series().t.length; i++) {
        const joules = fold.series().watts.filter(({ values }) => !Number.isNaN(values[i]!));
        expect(joules.length).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("what a battery covers is said only of a run that was on battery all the time", () => {
  const on = (discharging: readonly boolean[]) => {
    const fold = new RunFold();
    const { runner, sampler } = startRecords([battery, constant]);
    fold.push(runner, "r");
    fold.push(sampler, "s");
    discharging.forEach((on, i) => {
      fold.push(sampleAt(i, { battery: on ? 20 : null }), "s");
    });
    return fold.summary({ alive: false }).notCovered;
  };
  expect(on([true, true, true])).toEqual(["external devices"]);
  expect(on([true, true, false])).toContain("display");
});

test("two samplers of one run, one of which may not read the package: the model waits, and takes over when it ends", () => {
  const fold = new RunFold();
  const one = startRecords([{ ...packageMeter, attribution: "whole" }], { runner: 10, sampler: 11 });
  const two = startRecords([{ ...constant, insteadOf: undefined }], { runner: 20, sampler: 21 });
  fold.push(one.runner, "r");
  fold.push(one.sampler, "s1");
  fold.push(two.sampler, "s2");
  for (let i = 0; i < 10; i++) {
    fold.push(sampleAt(i, { [packageMeter.id]: i * 10e6 }), "s1");
    fold.push(sampleAt(i + 0.5, {}), "s2");
  }
  expect(fold.summary({ alive: true }).energy.value).toBeCloseTo(90);
  fold.push({ type: "end", role: "sampler", t: 0, mono: 1_009.6 }, "s1");
  for (let i = 10; i < 15; i++) fold.push(sampleAt(i + 0.5, {}), "s2");
  expect(fold.summary({ alive: true }).energy.value).toBeCloseTo(90 + 3 * 5, 0);
});
