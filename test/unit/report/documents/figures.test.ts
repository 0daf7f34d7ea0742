import { describe, expect, it } from "vitest";
import type { Quantity } from "../../../../src/quantity.ts";
import { numberRecord } from "../../../../src/report/documents/fields.ts";
import { figure, hours, inFormUnit, ranged, shortly } from "../../../../src/report/documents/figures.ts";

const joules = (value: number, low: number, high: number): Quantity<"J"> => ({
  ...{
    value,
    low,
    high,
    unit: "J",
    method: "estimated",
    instrument: "model",
    covers: [],
    basis: "all of it",
  },
});

describe("figures of documents", () => {
  const tiny = joules(5.7, 2.7, 7.6);

  it("keep the unit of a form, and can be read where it is far too large", () => {
    expect(inFormUnit(tiny, "MWh")).toBe("≈1.6 × 10⁻⁹ MWh, that is ≈1.6 mWh (0.75 to 2.1 mWh)");
    expect(numberRecord(tiny, "MWh")).toMatchObject({ value: 1.58333333333e-9, unit: "MWh" });
    expect(inFormUnit(joules(5.7e9, 2.7e9, 7.6e9), "MWh")).toBe("≈1.6 MWh (0.75 to 2.1 MWh)");
    expect(inFormUnit(joules(0, 0, 0), "MWh")).toBe("0 MWh (0 to 0 MWh)");
    expect(inFormUnit(joules(0, 0, 7.6), "MWh")).toBe("0 MWh, that is 0 mWh (0 to 2.1 mWh)");
  });

  it("take a smaller unit in tables that no form fixes", () => {
    expect(ranged(tiny, "kWh")).toBe("≈1.6 mWh (0.75 to 2.1 mWh)");
    expect(shortly(tiny, "kWh")).toBe("≈1.6 mWh");
    expect(ranged(joules(5.7e6, 2.7e6, 7.6e6), "kWh")).toBe("≈1.6 kWh (0.75 to 2.1 kWh)");
    expect(ranged(null, "kWh")).toBe("not known");
  });

  it("have no row of zeros, and say short times as times", () => {
    expect([figure(0.0000000365), figure(0.0365), figure(0), figure(12_345)]).toEqual([
      "36.5 × 10⁻⁹",
      "0.0365",
      "0",
      "12300",
    ]);
    expect([hours(5.1), hours(36_000)]).toEqual(["0.00142 h (5.1 s)", "10.0 h"]);
  });
});
