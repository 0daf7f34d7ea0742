import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  counterStep,
  isRejected,
  modelStep,
  powerStep,
  type Step,
  wattsAt,
} from "../../../src/energy/step.ts";
import { gpuPowerMeter, modelMeter, packageMeter, WRAP } from "./records.ts";

const accepted = (step: ReturnType<typeof counterStep>): Step => {
  if (isRejected(step)) throw new Error(step.reason);
  return step;
};

describe("a counter's step", () => {
  it("is the difference in joules with the instrument's error", () => {
    const step = accepted(counterStep(packageMeter, 1_000_000, 51_000_000, 1));
    expect(step.value).toBeCloseTo(50, 9);
    expect(step.low).toBeCloseTo(48.5, 9);
    expect(step.high).toBeCloseTo(51.5, 9);
  });

  it("counts one wrap", () => {
    const step = accepted(counterStep(packageMeter, WRAP - 20_000_000, 30_000_000, 1));
    expect(step.value).toBeCloseTo(50, 6);
  });

  it("takes a counter that fell too far for a wrap as restarted (CodeCarbon records 262 kJ here)", () => {
    expect(counterStep(packageMeter, 200_000_000_000, 5_000_000, 1)).toEqual({
      reason: "the counter was restarted",
    });
  });

  it("rejects a rise that no power explains (a torn read, 53 kW)", () => {
    expect(isRejected(counterStep(packageMeter, 0, 53_000_000_000, 1))).toBe(true);
  });

  it("rejects a fall of a counter that does not wrap", () => {
    expect(isRejected(counterStep({ ...packageMeter, wrapsAt: undefined }, 10, 5, 1))).toBe(true);
  });

  it("keeps the least and widens the interval when wraps may have gone unseen", () => {
    const step = accepted(counterStep(packageMeter, 0, 10_000_000, 3600));
    expect(step.value).toBeCloseTo(10, 6);
    expect(step.high).toBeGreaterThan((WRAP * 5) / 1e6);
    expect(step.uncertain).toContain("3600 s");
  });

  it("never gives energy above what the power allows, whatever the readings", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        fc.double({ min: 0.05, max: 100, noNaN: true }),
        (a, b, dt) => {
          const step = counterStep(packageMeter, a, b, dt);
          if (isRejected(step)) return true;
          return step.value >= 0 && step.value <= packageMeter.maxPower * (dt + 0.2) * (1 + 1e-9);
        },
      ),
    );
  });
});

describe("a power step", () => {
  it("is the trapezoid", () => {
    expect(accepted(powerStep(gpuPowerMeter, 100_000, 200_000, 2, 5)).value).toBeCloseTo(300, 9);
  });
  it("is not interpolated over a long hole", () => {
    expect(isRejected(powerStep(gpuPowerMeter, 100_000, 200_000, 6, 5))).toBe(true);
  });
  it("rejects impossible readings", () => {
    expect(isRejected(powerStep(gpuPowerMeter, 100_000, 900_000, 1, 5))).toBe(true);
    expect(isRejected(powerStep(gpuPowerMeter, 100_000, -1, 1, 5))).toBe(true);
  });
});

describe("a model's step", () => {
  it("is a band", () => {
    const step = accepted(modelStep(modelMeter.model!, 2, 4));
    expect(step.value).toBeCloseTo(100, 9);
    expect(step.low).toBeCloseTo(55, 9);
    expect(step.high).toBeCloseTo(140, 9);
  });
  it("is rejected when the load is not known", () => {
    expect(isRejected(modelStep(modelMeter.model!, 1, undefined))).toBe(true);
    expect(isRejected(modelStep(modelMeter.model!, 1, -1))).toBe(true);
  });
  it("never exceeds the curve's ends", () => {
    const curve = modelMeter.model!.mid;
    expect(wattsAt(curve, -1)).toBe(10);
    expect(wattsAt(curve, 2)).toBe(90);
    expect(wattsAt([], 0.5)).toBe(0);
  });
});
