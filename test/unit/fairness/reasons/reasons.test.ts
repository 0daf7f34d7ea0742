import { describe, expect, it } from "vitest";
import {
  type AttributionRoles,
  attributionsOf,
  READ_ALL,
  valuesOf,
} from "../../../../src/fairness/reasons/attributions.ts";
import { checkReasons } from "../../../../src/fairness/reasons/check-reasons.ts";
import { principalReasons, reasonCounts } from "../../../../src/fairness/reasons/principal-reasons.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";

const TABLE = `id,outcome,score,income,utilization,sex
a,denied,0.1,-0.30,-0.20,-0.10
b,denied,0.2,0.10,-0.40,-0.05
c,approved,0.9,0.30,0.10,-0.05
d,approved,0.8,0.20,0.10,-0.05
`;
const read = (text: string) => readDelimited([text], READ_ALL, { source: "shap.csv" });
const ROLES: AttributionRoles = {
  id: "id",
  score: "score",
  decision: { column: "outcome", denied: "denied" },
  higherMeans: "approval",
};
const contributions = async (changes: Partial<AttributionRoles> = {}, text = TABLE) =>
  attributionsOf(await read(text), { ...ROLES, ...changes });

describe("contributions", () => {
  it("are all columns of numbers that have no other role", async () => {
    const found = await contributions();
    expect(found.features).toEqual(["income", "utilization", "sex"]);
    expect(found.applicants).toEqual(["a", "b", "c", "d"]);
    expect(found.adverse).toEqual([true, true, false, false]);
  });

  it("may be decided by the score, on the side that it says", async () => {
    const by = { decision: undefined, threshold: 0.2 };
    expect((await contributions(by)).adverse).toEqual([true, false, false, false]);
    expect((await contributions({ ...by, higherMeans: "denial" })).adverse).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ["id,x\na,1\na,2\n", {}, /line 2 and line 3 have the same id/],
    ["id,x\na,1\nb,\n", {}, /line 3: x is empty; a contribution that is not known is not 0/],
    ["id,x\na,1\n", { decision: { column: "outcome", denied: "no" } }, /has no column "outcome"/],
    [
      "id,o,x\na,yes,1\n",
      { decision: { column: "o", denied: "no" } },
      /no o of shap.csv is "no"; there are: yes/,
    ],
    ["id,o\na,yes\n", { decision: undefined }, /no columns of numbers/],
  ])("are refused in %j", async (text, changes, message) => {
    await expect(contributions({ score: undefined, decision: undefined, ...changes }, text)).rejects.toThrow(
      message,
    );
  });

  it("take values of another table by the applicant's name, in whatever order", async () => {
    const found = await contributions();
    const values = await read("id,income,home\nd,4,x\nc,3,x\nb,2,x\na,1,x\n");
    expect(valuesOf(values, "id", found)[0]).toMatchObject({ values: Float64Array.of(1, 2, 3, 4) });
    expect(valuesOf(values, "id", found)[1]).toBeUndefined();
    await expect(async () => valuesOf(await read("id,income\na,1\n"), "id", found)).rejects.toThrow(
      'no row for "b"',
    );
  });
});

describe("principal reasons", () => {
  it("are what speaks for denial, most weight first", async () => {
    const [a, b] = principalReasons(await contributions(), { reference: "baseline", most: 4 });
    expect(a!.reasons.map(({ feature }) => feature)).toEqual(["income", "utilization", "sex"]);
    expect(a!.reasons[0]!.share).toBeCloseTo(0.5);
    expect(b!.reasons.map(({ feature }) => feature)).toEqual(["utilization", "sex"]);
    expect(b!.coverage).toBe(1);
  });

  it("are none of what rounding leaves of a contribution of nothing", async () => {
    const text = "id,outcome,income,utilization\na,denied,-0.3,-2.8e-17\nb,approved,0.3,0.1\n";
    const [first] = principalReasons(await contributions({ score: undefined }, text), {
      reference: "baseline",
      most: 4,
    });
    expect(first!.reasons.map(({ feature }) => feature)).toEqual(["income"]);
  });

  it("turn around where a higher score means denial", async () => {
    const found = principalReasons(await contributions({ higherMeans: "denial" }), {
      reference: "baseline",
      most: 4,
    });
    expect(found.map(({ reasons }) => reasons.map(({ feature }) => feature))).toEqual([[], ["income"]]);
    expect(found[0]!.coverage).toBeNull();
  });

  it("hold contributions against those of the approved", async () => {
    const [, b] = principalReasons(await contributions(), { reference: "approved", most: 4 });
    expect(b!.reasons.map(({ feature, gap }) => [feature, Number(gap.toFixed(3))])).toEqual([
      ["utilization", 0.5],
      ["income", 0.15],
    ]);
    await expect(async () =>
      principalReasons(await contributions({ decision: undefined }), { reference: "approved", most: 4 }),
    ).rejects.toThrow("nobody to compare with");
  });

  it("say what the list leaves out, and what of that weighs the same", async () => {
    const even = await contributions({ score: undefined }, "id,outcome,x,y,z\na,denied,-1,-1,-3\n");
    const [a] = principalReasons(even, { reference: "baseline", most: 2 });
    expect(a!.coverage).toBeCloseTo(0.8);
    expect(a!.tied).toEqual(["y"]);
    expect([...reasonCounts([a!])]).toEqual([
      ["x", 1],
      ["z", 1],
    ]);
  });
});

describe("checks of reasons", () => {
  const context = {
    texts: { income: "Income is too high for the amount", utilization: "Your score was too low" },
    isProhibited: (name: string) => name === "sex",
    most: 4,
  };
  const stateOf = async (
    check: string,
    changes = {},
    more: Partial<Parameters<typeof checkReasons>[0]> = {},
  ) => {
    const found = { ...(await contributions()), ...more };
    const all = principalReasons(found, { reference: "baseline", most: 4 });
    return checkReasons(found, all, { ...context, ...changes }).find((each) => each.check === check)!;
  };

  it("find a feature without a text, a text that is not specific, a prohibited basis", async () => {
    expect((await stateOf("every principal reason has a text of its own")).finding).toContain("for: sex");
    expect((await stateOf("texts are specific")).finding).toContain("of: utilization");
    expect((await stateOf("no prohibited basis or proxy among the principal reasons")).finding).toContain(
      ": sex",
    );
    const spoken = { texts: { income: "You are too young" } };
    expect((await stateOf("no text speaks of a prohibited basis", spoken)).state).toBe("found");
  });

  it("find a text that says the opposite of the model", async () => {
    const check = "texts do not contradict the model's direction";
    expect((await stateOf(check)).state).toBe("not checked");
    const values = [
      { kind: "number" as const, name: "income", values: Float64Array.of(1, 2, 4, 3), firstMissing: -1 },
      undefined,
      undefined,
    ];
    expect((await stateOf(check, {}, { values })).finding).toContain("income");
    expect((await stateOf(check, { texts: { income: "Income is too low" } }, { values })).state).toBe(
      "nothing found",
    );
  });

  it("tell whether contributions add up to the score", async () => {
    const check = "contributions add up to the score";
    expect((await stateOf(check)).state).toBe("found");
    const scores = Float64Array.of(0.4, 0.65, 1.35, 1.25);
    expect((await stateOf(check, {}, { scores })).state).toBe("nothing found");
    expect((await stateOf(check, {}, { scores: undefined })).state).toBe("not checked");
  });

  it("tell whether stated factors change the score", async () => {
    const check = "stated factors change the score";
    expect((await stateOf(check)).state).toBe("not checked");
    const all = [
      [0.2, 0.1, 0.1],
      [0, 0.3, 0.1],
    ];
    expect((await stateOf(check, { replaced: all })).state).toBe("nothing found");
    const [first, second] = all;
    const found = await stateOf(check, { replaced: [[-0.1, ...first!.slice(1)], second!] });
    expect(found).toMatchObject({ state: "found", finding: expect.stringContaining("80.0 %") });
  });

  it.each([
    ["found", "Our internal standards were not met"],
    ["found", "Failed to achieve a qualifying score"],
    ["found", "Your credit score is too low"],
    ["found", "The model decided so"],
    ["nothing found", "Balances are high compared with credit limits"],
    ["nothing found", "Income is insufficient for the amount requested"],
  ])("find %s in %j that is not specific", async (state, text) =>
    expect((await stateOf("texts are specific", { texts: { income: text } })).state).toBe(state),
  );
});
