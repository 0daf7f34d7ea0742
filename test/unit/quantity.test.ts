import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDuration,
  formatQuantity,
  formatRange,
  formatSignificant,
  inUnit,
  type Method,
  pickScale,
  type Quantity,
  scaleQuantity,
  sumQuantities,
} from "../../src/quantity.ts";

const joules = (value: number, spread: number, method: Method = "measured"): Quantity<"J"> => ({
  value,
  unit: "J",
  method,
  instrument: `meter of ${method}`,
  covers: [method],
  low: value * (1 - spread),
  high: value * (1 + spread),
  basis: "",
});

describe("showing a quantity", () => {
  it("picks the unit that reads best", () => {
    expect([1, 10_000, 5e6, 5e9].map((value) => pickScale("J", value))).toEqual(["mWh", "Wh", "kWh", "MWh"]);
    expect([0.01, 5, 5_000, 5e6].map((value) => pickScale("gCO2e", value))).toEqual(["mg", "g", "kg", "t"]);
    expect(pickScale("J", 0)).toBe("Wh");
    expect(() => inUnit("J", 1, "W")).toThrow(RangeError);
  });

  it("gives as many digits as the interval supports", () => {
    expect(formatQuantity(joules(47_520, 0.001))).toBe("13.20 Wh");
    expect(formatQuantity(joules(47_520, 0.02))).toBe("13.2 Wh");
    expect(formatQuantity(joules(47_520, 0.3))).toBe("13 Wh");
    expect(formatQuantity(joules(47_520, 0.01, "modelled"))).toBe("≈13 Wh");
    expect(formatQuantity(joules(0, 0, "modelled"))).toBe("0 Wh");
  });

  it("keeps a unit that was chosen", () => {
    expect(formatQuantity(joules(47_520, 0.02), "kWh")).toBe("0.0132 kWh");
    expect(formatRange(joules(47_520, 0.015), "kWh")).toBe("0.0130 to 0.0134 kWh");
  });

  it("never writes an exponent, nor a zero for what is not zero", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        (value, digits) => {
          const text = formatSignificant(value, digits);
          return (
            !/e/i.test(text) &&
            Number(text) > 0 &&
            Math.abs(Number(text) / value - 1) <= 0.5 * 10 ** (1 - digits) + 1e-9
          );
        },
      ),
    );
  });

  it("says times as a person does", () => {
    expect([0.84, 41, 751, 11_109].map(formatDuration)).toEqual(["0.8 s", "41 s", "12:31", "3:05:09"]);
  });
});

describe("a sum", () => {
  it("adds values and bounds, and names what is in it", () => {
    const sum = sumQuantities("J", [joules(100, 0.1), joules(50, 0.2)]);
    expect(sum).toMatchObject({
      value: 150,
      low: 130,
      high: 170,
      method: "measured",
      basis: "all of it measured",
    });
  });

  it("is measured only while nearly all of it is", () => {
    const mostly = sumQuantities("J", [joules(97, 0.1), joules(3, 0.5, "estimated")]);
    expect(mostly).toMatchObject({ method: "measured", basis: "97 % measured, the rest estimated" });
    const hardly = sumQuantities("J", [joules(60, 0.1), joules(40, 0.5, "modelled")]);
    expect(hardly).toMatchObject({ method: "modelled", basis: "60 % measured, the rest modelled" });
  });

  it("does not call a part of it all of it", () => {
    const { basis } = sumQuantities("J", [joules(9_999, 0.1), joules(1, 0.5, "estimated")]);
    expect(basis).toBe("over 99 % measured, the rest estimated");
  });

  it("of nothing says so", () => {
    expect(sumQuantities("J", []).basis).toBe("nothing was metered");
  });
});

describe("scaling", () => {
  it("keeps the relative interval", () => {
    const power = scaleQuantity(joules(100, 0.1), 0.5, "W", "mean");
    expect(power).toMatchObject({ value: 50, unit: "W", basis: "mean" });
    expect(power.low).toBeCloseTo(45, 9);
    expect(power.high).toBeCloseTo(55, 9);
  });
});
