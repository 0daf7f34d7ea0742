import { beforeAll, describe, expect, it } from "vitest";
import type { AuditOutput } from "../../../../src/editor/audit/view.ts";
import type { MulticlassAudit } from "../../../../src/fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../../../../src/fairness/audit/audit-regression.ts";
import { auditView } from "../../../../webview/audit/protocol.ts";
import { otherAudit, sampleAudit } from "../../../browser/audit/sample-audit.ts";

describe("the view of an audit", () => {
  let sample: Awaited<ReturnType<typeof sampleAudit>>;
  beforeAll(async () => {
    sample = await sampleAudit({ limits: true, causes: true });
  });

  it("is a message that the page takes", () => {
    expect(auditView.safeParse(sample.view).error).toBeUndefined();
  });

  it("has the numbers of the audit in three digits with their range, and how both were made", () => {
    const { view, output } = sample;
    const [rate] = output.groupings[0]!.groups[1]!.rates;
    const shown = view.groupings[0]!.groups[1]!.rates[0]!;
    expect(shown.value).toBe(rate!.value);
    expect(shown.shown).toEqual({
      text: rate!.value!.toFixed(3),
      range: `${rate!.interval!.low.toFixed(3)} to ${rate!.interval!.high.toFixed(3)}`,
      whence: "95 %, Wilson score",
    });
    expect(shown.counted).toBe(`${rate!.numerator} of ${rate!.denominator} rows`);
  });

  it("marks groups that are small, empty or without a value; an impossible rate has no number", () => {
    const groups = sample.view.groupings[2]!.groups;
    const named = (name: string) => groups.find((group) => group.name === name)!;
    expect(named("diverse, older").rates[0]!.small).toBe("7 rows, fewer than 30");
    expect(named("(missing), older").isMissing).toBe(true);
    expect(named("diverse, young").rates[0]).toMatchObject({
      value: null,
      small: "nobody is in it",
      shown: { text: "not estimable", range: "" },
    });
  });

  it("has the names and values of every library that reports a grouping", () => {
    const [sex] = sample.view.groupings;
    expect(sex!.libraries.map(({ name }) => name.split(" ")[0])).toEqual([
      "Fairlearn",
      "AIF360",
      "AIF360",
      "Aequitas",
    ]);
    for (const [index, { libraries }] of sample.output.groupings.entries())
      expect(sample.view.groupings[index]!.libraries.map(({ name }) => name)).toEqual(
        libraries.map(({ convention }) => convention.library),
      );
    const fairlearn = sample.output.groupings[0]!.libraries[0]!;
    const value = fairlearn.values["demographic_parity_difference[between_groups]"] as number;
    expect(sex!.libraries[0]!.values).toContainEqual([
      "demographic_parity_difference[between_groups]",
      String(Number(value.toPrecision(6))),
    ]);
  });

  it("says so where there is one class only", async () => {
    const { tp, fn } = sample.output.overall.counts;
    const overall = { ...sample.output.overall, counts: { tp: tp + fn, fn: 0, fp: 0, tn: 0 } };
    const { view } = await sampleAudit({ change: (output) => ({ ...output, overall }) });
    expect(view.notes).toEqual([
      "class has one class only: rates among the other one are not estimable. Audit a table with both outcomes.",
      "Every row is predicted 1: there is no difference in predictions to find.",
    ]);
    expect(sample.view.notes).toEqual([]);
  });

  it("offers to explore thresholds only where there is a score", () => {
    expect(sample.view.canExplore).toBe(true);
  });

  it("praises nothing, and passes no judgement; a library's words are its own", () => {
    const { groupings, ...rest } = sample.view;
    const own = { ...rest, groupings: groupings.map((grouping) => ({ ...grouping, libraries: [] })) };
    expect(JSON.stringify(own)).not.toMatch(/\b(green|eco|neutral|clean|responsible|fair|unfair)\b/i);
  });
});

describe("the view of an audit of several classes", () => {
  it("has how often each group is predicted right, and each class against the rest", async () => {
    const { view, output } = await otherAudit("multiclass");
    expect(auditView.safeParse(view).error).toBeUndefined();
    const { groupings, byClass } = output as AuditOutput<MulticlassAudit>;
    expect(view.overviews.map(({ title }) => title)).toEqual(["region", "sex", "region × sex"]);
    const [first] = view.overviews;
    const north = groupings[0]!.groups.find(({ name }) => name === "north")!;
    expect(first!.table.rows.find(([name]) => name === "north")).toEqual([
      "north",
      String(north.rows),
      north.accuracy.value!.toFixed(3),
      `${north.accuracy.interval!.low.toFixed(3)} to ${north.accuracy.interval!.high.toFixed(3)}`,
      "",
    ]);
    expect(first!.table.rows.find(([name]) => name === "island")!.at(-1)).toBe("8 rows, fewer than 30");
    expect(first!.sentence).toMatch(/^Gap between the groups that are large enough: 0\.\d{3} \(.*Newcombe/);
    expect(view.classes.map(({ name }) => name)).toEqual(["high", "low", "middle"]);
    const [high] = byClass;
    const measure = high!.audit.groupings[0]!.measures[0]!;
    expect(view.classes[0]!.groupings[0]!.measures[0]).toMatchObject({
      label: measure.label,
      difference: { text: measure.difference.value!.toFixed(3) },
    });
    expect(view.facts).toContainEqual(["Classes", "high, low, middle"]);
    expect([view.groupings, view.canExplore, view.canSearchCauses]).toEqual([[], false, false]);
    expect(view.limits[0]!.limit).toBe("accuracy_equality <= 0.05");
  });
});

describe("the view of an audit of numbers", () => {
  it("has the errors of each group in the label's unit, against the reference", async () => {
    const { view, output } = await otherAudit("regression");
    expect(auditView.safeParse(view).error).toBeUndefined();
    const [grouping] = (output as AuditOutput<RegressionAudit>).groupings;
    const north = grouping!.groups.find(({ name }) => name === "north")!;
    const [overview] = view.overviews;
    const row = overview!.table.rows.find(([name]) => name === "north")!;
    const three = (value: number) => String(Number(value.toPrecision(3)));
    const { value, interval } = north.bias;
    expect(row[2]).toBe(`${three(value!)} (${three(interval!.low)} to ${three(interval!.high)})`);
    expect(overview!.table.head[7]).toBe("Minus south");
    expect(row[7]).toContain(three(north.comparison!.difference.value!));
    expect(overview!.table.rows.find(([name]) => name === "south")!.at(-1)).toBe("reference");
    expect(overview!.drawn.isRate).toBe(false);
    expect(overview!.drawn.points.find(({ name }) => name === "island")!.small).toBe("8 rows, fewer than 30");
    expect(view.how).toContainEqual(["Ranges of mean errors", "normal, of the mean"]);
    expect(JSON.stringify(view.how)).not.toContain("bootstrap");
    expect([view.groupings, view.classes]).toEqual([[], []]);
  });
});
