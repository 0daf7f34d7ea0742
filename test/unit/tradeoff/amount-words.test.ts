import { describe, expect, it } from "vitest";
import { powerOf, ranged, scaledRange, timesPower } from "../../../src/tradeoff/matrix/amount-words.ts";

const given = (value: number, low: number | null = null, high: number | null = null) => ({
  ...{ value, low, high, source: "" },
});

describe("amounts", () => {
  it("are read at any size: no rows of zeros", () => {
    expect(ranged(given(0.00000103, 0.000000379, 0.00000267))).toBe("1.03 (0.379 to 2.67) × 10⁻⁶");
    expect(ranged(given(0.01))).toBe("0.0100");
    expect(ranged(given(12_345_678))).toBe("12.3 × 10⁶");
    expect(ranged(given(0))).toBe("0");
    expect(ranged(given(0, 0, 0.00002))).toBe("0 (0 to 20.0) × 10⁻⁶");
    expect(ranged(given(-0.000002))).toBe("-2.00 × 10⁻⁶");
    expect([powerOf(0.5), powerOf(0.0009), timesPower(-12)]).toEqual([0, -6, "× 10⁻¹²"]);
  });

  it("of energy and CO2e choose their unit", () => {
    expect(scaledRange("J", { value: 199, low: 69, high: 518 })).toBe("55.3 mWh (19.2 to 144 mWh)");
    expect(scaledRange("gCO2e", { value: 2_500_000, low: 2_500_000, high: 2_500_000 })).toBe("2.50 t");
    expect(scaledRange("J", { value: 0, low: 0, high: 0 })).toBe("0");
  });
});
