import { describe, expect, it } from "vitest";
import type { BudgetLine } from "../../../../src/carbon/budget/budget.ts";
import { amount, usedWords } from "../../../../src/carbon/budget/budget-words.ts";

const line = (used: number): BudgetLine => ({
  ...{
    what: "CO2e",
    limit: 3.74e6,
    limitBasis: "",
    left: 3.74e6 - used,
    state: "within",
  },
  used: {
    ...{ value: used, low: used / 2, high: used * 2, unit: "gCO2e", method: "estimated" },
    ...{ instrument: "", covers: [], basis: "" },
  },
});

describe("what is used of a budget", () => {
  it("is in the scale of the limit, and of a tiny run in one that it can be read in", () => {
    expect(usedWords(line(1.2e6))).toBe("≈1.2 t (0.60 to 2.4 t) of 3.74 t");
    expect(usedWords(line(0.00073))).toBe("≈0.73 mg (0.36 to 1.5 mg) of 3.74 t");
    expect([amount(line(0), -0.00073), amount(line(0), 0)]).toEqual(["-0.730 mg", "0 t"]);
  });
});
