import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Audit } from "../../../../src/fairness/audit/audit.ts";
import { auditBinary } from "../../../../src/fairness/audit/audit-binary.ts";
import { protect } from "../../../../src/fairness/audit/small-cells.ts";
import { buildScoredTable } from "../../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { readPlanOf } from "../../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";

interface Row {
  y: number;
  p: number;
  w: number;
  a: string;
  b: string;
}

const ROLES = {
  task: "binary" as const,
  label: "y",
  prediction: "p",
  sensitive: ["a", "b"],
  positive: "1",
};
const SMALL = { minRows: 3, minDenominator: 2 };

const row = fc.record({
  y: fc.constantFrom(0, 1),
  p: fc.constantFrom(0, 1),
  w: fc.integer({ min: 1, max: 9 }),
  a: fc.constantFrom("m", "f", "x", ""),
  b: fc.constantFrom("u", "v"),
});
const rows = fc.array(row, { minLength: 2, maxLength: 60 });

async function auditOf(list: readonly Row[], weight?: "w"): Promise<Audit> {
  const text = `y,p,w,a,b\n${list.map(({ y, p, w, a, b }) => `${y},${p},${w},${a},${b}`).join("\n")}\n`;
  const roles = { ...ROLES, ...(weight && { weight }) };
  const raw = await readDelimited([text], readPlanOf(roles), { source: "t.csv" });
  return auditBinary(buildScoredTable(raw, roles) as BinaryTable, { replicates: 0, small: SMALL });
}

const measures = ({ groupings }: Audit) =>
  groupings.map(({ attributes, measures: list }) => [
    attributes,
    list.map(({ name, difference, ratio }) => [name, difference.value, ratio.value]),
  ]);
const rates = ({ groupings }: Audit) =>
  groupings.map(({ groups }) =>
    groups.map(({ name, rates: list }) => [name, list.map((rate) => [rate.name, rate.value])]),
  );
const close = (a: unknown, b: unknown): void => {
  if (typeof a === "number" && typeof b === "number") expect(a).toBeCloseTo(b, 9);
  else if (Array.isArray(a) && Array.isArray(b)) {
    expect(a).toHaveLength(b.length);
    for (const [index, each] of a.entries()) close(each, b[index]);
  } else expect(a).toEqual(b);
};
const holds = (check: (list: Row[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(rows, check), { numRuns: 60 });

describe("an audit", () => {
  it("is the same in whatever order the rows come", async () => {
    await holds(async (list) => {
      const one = await auditOf(list);
      const other = await auditOf([...list].reverse());
      expect(measures(other)).toEqual(measures(one));
      expect(rates(other)).toEqual(rates(one));
    });
  });

  it("does not know the groups' names", async () => {
    const names: Record<string, string> = { m: "k1", f: "k0", x: "k2", "": "" };
    await holds(async (list) => {
      const one = await auditOf(list);
      const other = await auditOf(list.map((each) => ({ ...each, a: names[each.a]! })));
      close(measures(other), measures(one));
    });
  });

  it("swaps the true and false rates when both classes are swapped", async () => {
    await holds(async (list) => {
      const one = await auditOf(list);
      const other = await auditOf(list.map((each) => ({ ...each, y: 1 - each.y, p: 1 - each.p })));
      const value = (audit: Audit, name: string) =>
        audit.overall.rates.find((each) => each.name === name)!.value;
      expect(value(other, "true_positive_rate")).toEqual(value(one, "true_negative_rate"));
      expect(value(other, "precision")).toEqual(value(one, "negative_predictive_value"));
      expect(value(other, "accuracy")).toEqual(value(one, "accuracy"));
    });
  });

  it("does not depend on the scale of the weights, and takes a weight for that many rows", async () => {
    await holds(async (list) => {
      const weighted = await auditOf(list, "w");
      close(
        rates(
          await auditOf(
            list.map((each) => ({ ...each, w: each.w * 7 })),
            "w",
          ),
        ),
        rates(weighted),
      );
      const repeated = list.flatMap((each) => Array.from({ length: each.w }, () => each));
      close(rates(await auditOf(repeated)), rates(weighted));
    });
  });

  it("has the same rates when every row is there twice", async () => {
    await holds(async (list) => {
      close(rates(await auditOf([...list, ...list])), rates(await auditOf(list)));
    });
  });

  it("passes on no count of few people, and nothing counted among them", async () => {
    await holds(async (list) => {
      const { value, protection } = protect({ audit: await auditOf(list) }, 5);
      const { audit } = value;
      if (audit.task !== "binary") throw new TypeError("binary");
      for (const group of [audit.overall, ...audit.groupings.flatMap(({ groups }) => groups)]) {
        for (const count of [group.rows, ...Object.values(group.counts)])
          if (count !== null && protection.rounded) expect(count % 5).toBe(0);
          else if (count !== null && count > 0) expect(count).toBeGreaterThanOrEqual(5);
        for (const rate of group.rates)
          if (rate.denominator !== null && rate.denominator > 0)
            expect(rate.denominator).toBeGreaterThanOrEqual(5);
      }
    });
  });
});
