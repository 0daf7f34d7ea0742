import { describe, expect, it } from "vitest";
import { auditBinary } from "../../../src/fairness/audit/audit-binary.ts";
import { checkLimits, limitsOf, parseLimits } from "../../../src/fairness/audit/limits.ts";
import type { BinaryTable } from "../../../src/fairness/table/scored-table.ts";
import { auditBodyFrom } from "../../../src/ledger/audit-body.ts";
import { type AuditBody, auditBody } from "../../../src/ledger/entries/audit.ts";

const BELOW = 10;
/** tp, fp, fn, tn of each group. */
type Groups = Record<string, readonly [number, number, number, number]>;

function tableOf(groups: Groups): BinaryTable {
  const rows = Object.entries(groups).flatMap(([group, counts]) =>
    counts.flatMap((count, at) => Array.from({ length: count }, () => ({ group, at }))),
  );
  const levels = Object.keys(groups);
  return {
    ...{
      task: "binary",
      source: "t",
      features: [],
      notes: ["3 of 900 rows have no label"],
      rows: rows.length,
    },
    ...{ positive: "1", negative: "0", favourable: "positive" },
    label: Uint8Array.from(rows, ({ at }) => (at === 0 || at === 2 ? 1 : 0)),
    prediction: Uint8Array.from(rows, ({ at }) => (at < 2 ? 1 : 0)),
    score: Float64Array.from(rows, ({ at }, row) => (at < 2 ? 0.6 : 0.1) + (row % 30) / 100),
    sensitive: [
      {
        kind: "category",
        name: "g",
        codes: Int32Array.from(rows, ({ group }) => levels.indexOf(group)),
        levels,
        firstRow: levels.map((level) => rows.findIndex(({ group }) => group === level)),
        firstMissing: -1,
      },
    ],
  };
}

const LIMITS = ["demographic_parity=0.1", "equal_opportunity=0.1", "four_fifths"];

function bodyOf(groups: Groups, below = BELOW): AuditBody {
  const audit = auditBinary(tableOf(groups), { replicates: 50 });
  return auditBodyFrom(audit, {
    ...{ file: "t.csv", sha256: "a".repeat(64), bytes: 1, columns: { label: "y", sensitive: ["g"] } },
    ...{ limits: checkLimits(audit, limitsOf(parseLimits(LIMITS))), below, fairwatt: "0" },
  });
}
const measure = ({ measures }: AuditBody, name: string) => measures.find((each) => each.measure === name)!;

describe("an audit's entry", () => {
  it("tells everything exactly where no count is small", () => {
    const body = bodyOf({ f: [40, 20, 15, 45], m: [60, 40, 25, 75] });
    expect(auditBody.parse(body)).toEqual(body);
    expect(measure(body, "equal_opportunity").difference.value).toBe(40 / 55 - 60 / 85);
    expect(body.quality!.map(({ worst, worstLeftOut }) => [worst?.group, worstLeftOut])).toEqual([
      ["m", undefined],
      ["m", undefined],
      ["m", undefined],
    ]);
    expect(body.notices).toEqual(["3 of 900 rows have no label"]);
    expect(body.limits.map(({ finding }) => finding).join()).toMatch(/a gap of \d/);
  });

  it("keeps ranking, calibration, tests and what they could see of each group", () => {
    const { groups, settings } = bodyOf({ f: [40, 20, 15, 45], m: [60, 40, 25, 75] });
    expect(settings.power).toBe(0.8);
    const [table] = groups!.tables;
    expect(table).toMatchObject({ reference: "m", tests: expect.stringMatching(/\S/) });
    const [f, m] = table!.groups;
    expect(f!.rates.map(({ measure: name }) => name)).toEqual([
      "selection_rate",
      "true_positive_rate",
      "false_positive_rate",
      "precision",
      "accuracy",
      "roc_auc",
      "calibration_error",
      "label_minus_score",
    ]);
    expect(f!.rates[0]!.against).toEqual({
      p: expect.any(Number),
      verdict: expect.stringMatching(/\S/),
      detectable: expect.any(Number),
    });
    expect(f!.rates[0]!.against!.detectable).toBeGreaterThan(0.1);
    expect(m!.rates.some(({ against }) => against)).toBe(false);
    for (const rate of f!.rates.slice(5)) expect(rate.value).toBeLessThan(1);
    expect(f!.rates[5]!.high).toBeGreaterThan(f!.rates[5]!.value!);
  });

  it("tells no rate of a group whose own counts are small: not as the worst, a gap, a limit's finding or a test", () => {
    // Three of f are selected, of whom two rightly.
    const body = bodyOf({ f: [2, 1, 30, 30], m: [60, 40, 25, 75] });
    const text = JSON.stringify({ ...body, bytes: 0, sha256: "" });
    expect(body.groups!.tables[0]).toMatchObject({ groups: [], withheld: 2 });
    expect(body.groups!.tables[0]!.reference).toBeUndefined();
    for (const { difference, ratio } of body.measures) {
      expect([difference.value, difference.low, ratio.value, ratio.high]).toEqual([null, null, null, null]);
    }
    expect(measure(body, "demographic_parity").difference.method).toBe(
      "left out: counts below 10 could be told from it",
    );
    expect(body.quality!.map(({ worst, worstLeftOut }) => [worst, worstLeftOut])).toEqual([
      [undefined, true],
      [undefined, true],
      // Of f too few are selected to judge; m, beside it, would tell how many.
      [undefined, true],
    ]);
    expect(body.limits).toEqual([
      {
        limit: "demographic_parity <= 0.1",
        by: ["g"],
        broken: true,
        finding: "the gap is beyond the limit; its size is left out: counts below 10 could be told from it",
      },
      expect.objectContaining({ broken: true, finding: expect.stringContaining("its size is left out") }),
      {
        limit: "four_fifths",
        by: ["g"],
        broken: true,
        finding:
          'four-fifths: the rate of "predicted 1" is below 4/5 of the highest rate for 1 group that is left out: counts below 10 could be told from it',
      },
    ]);
    expect(body.notices).toEqual(["some rows have no label"]);
    expect(text).not.toMatch(/0\.047|0\.062/);
  });

  it("makes a gap coarser where only the totals would tell a small group beside it", () => {
    // x is three people; what is told of f and m must not give them.
    const large: Groups = { f: [400, 200, 150, 450], m: [600, 400, 250, 750], x: [1, 1, 0, 1] };
    const body = bodyOf(large);
    expect(body.groups!.tables[0]).toMatchObject({ groups: [{ group: "m" }], withheld: 2 });
    const { difference, ratio } = measure(body, "predictive_equality");
    expect(difference).toMatchObject({ value: 0.04, method: expect.stringContaining("in steps of 0.02") });
    expect(difference.low! <= 200 / 650 - 400 / 1150 || difference.low! <= 400 / 1150 - 200 / 650).toBe(true);
    // 10 of the 650 who could have been selected wrongly: whoever subtracts gets no count below 10.
    expect(0.02 * 650).toBeGreaterThanOrEqual(BELOW);
    expect(ratio.method).toContain("in steps of 0.05");
    const few = bodyOf({ f: [20, 12, 15, 14], m: [600, 400, 250, 750], x: [1, 1, 0, 1] });
    expect(measure(few, "predictive_equality").difference.value).toBeNull();
  });

  it("leaves out nothing where the project says so", () => {
    const body = bodyOf({ f: [2, 1, 30, 30], m: [60, 40, 25, 75] }, 0);
    expect(body.quality![0]!.worst!.group).toBe("f");
    expect(measure(body, "demographic_parity").difference.value).toBeCloseTo(0.5 - 3 / 63, 12);
    expect(body.limits[2]!.finding).toContain("for f (");
  });
});
