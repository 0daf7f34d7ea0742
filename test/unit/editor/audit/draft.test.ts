import { describe, expect, it } from "vitest";
import { classesOf, draftOf, problemOf, withRole } from "../../../../src/editor/audit/draft.ts";
import type { AuditRoles } from "../../../../src/editor/audit/roles.ts";
import type { ColumnSummary, TableColumns } from "../../../../src/editor/audit/table-columns.ts";
import { untranslated } from "../../../../src/editor/words.ts";

const column = (name: string, values: string[], distinct = values.length): ColumnSummary => ({
  name,
  kind: "text",
  distinct,
  values,
  missing: 0,
  range: null,
});

const TABLE: TableColumns = {
  source: "t.csv",
  rows: 100,
  columns: [
    column("y", ["bad", "good"]),
    column("yhat", ["bad", "good"]),
    column("score", ["0.1", "0.2"], 90),
    column("sex", ["f", "m"]),
    column("zip", ["1", "2"], 5000),
    column("grade", ["a", "b", "c"]),
    column("town", ["a", "b"], 150),
    column("job", ["a", "b"], 120),
  ],
  guess: {
    task: { value: "binary", why: "y has two classes at most" },
    label: { value: "y", why: "named as the true outcome" },
    prediction: { value: "yhat", why: "named as a prediction" },
    positive: { value: "good", why: "of bad and good" },
    favourable: { value: "positive", why: "nothing says otherwise" },
    sensitive: [{ value: "sex", why: "named as a protected attribute" }],
    left: [{ column: "age", why: "40 values" }],
  },
};
const guessed = () => draftOf(TABLE, undefined, "");
const problem = (roles: Partial<AuditRoles>, cleared: (keyof AuditRoles)[] = []) =>
  problemOf(withRole(guessed(), roles, cleared), TABLE, untranslated);

describe("the draft of an audit", () => {
  it("takes what was guessed with its reasons, also what was left out", () => {
    const { roles, why } = guessed();
    expect(roles).toEqual({
      task: "binary",
      label: "y",
      prediction: "yhat",
      positive: "good",
      favourable: "positive",
      sensitive: ["sex"],
    });
    expect(why.sensitive).toBe("sex: named as a protected attribute; (age: 40 values)");
    expect(problemOf(guessed(), TABLE, untranslated)).toBeUndefined();
  });

  it("takes what was settled before, unless a column of it is gone", () => {
    const settled: AuditRoles = {
      label: "y",
      prediction: "yhat",
      favourable: "negative",
      sensitive: ["grade"],
    };
    expect(draftOf(TABLE, settled, "from fairwatt.toml")).toMatchObject({
      roles: settled,
      why: { label: "from fairwatt.toml" },
    });
    expect(draftOf(TABLE, { ...settled, label: "gone" }, "").roles.label).toBe("y");
  });

  it("says what is missing, with the role that mends it", () => {
    expect(problem({}, ["label"])?.role).toBe("label");
    expect(problem({}, ["prediction"])?.role).toBe("prediction");
    expect(problem({ score: "score" }, ["prediction"])?.role).toBe("threshold");
    expect(problem({ sensitive: [] })?.role).toBe("sensitive");
    expect(problem({}, ["positive"])?.role).toBe("positive");
    expect(problem({ label: "yhat" })).toEqual({
      role: "label",
      text: "yhat is chosen twice; a column has one role.",
    });
  });

  it("says why a column cannot be, and what to do", () => {
    expect(problem({ label: "grade" })).toEqual({
      role: "task",
      text: "grade has 3 values, and two classes are to be compared. Choose the task that fits, or another column.",
    });
    expect(problem({ task: "multiclass", label: "zip" })?.text).toContain(
      "zip has 5000 values, more than the 50 classes that an audit takes",
    );
    expect(problem({ task: "regression" })?.text).toContain("y holds texts, and numbers are to be compared");
    expect(problem({ sensitive: ["sex", "zip"] })?.text).toMatch(
      /^zip has 5000 values, which would be as many groups\. Put them into fewer groups/,
    );
  });

  it("several classes and numbers take a prediction, and no score, threshold or positive class", () => {
    const byScore = withRole(withRole(guessed(), { score: "score" }, ["prediction"]), { threshold: 0.5 });
    const numbers = withRole(byScore, { task: "regression" }).roles;
    expect(numbers).toMatchObject({ task: "regression", prediction: "score" });
    expect(Object.keys(numbers)).not.toEqual(expect.arrayContaining(["threshold"]));
    expect([numbers.score, numbers.positive]).toEqual([undefined, undefined]);
    expect(problem({ task: "multiclass" }, ["prediction"])?.text).toBe(
      "Choose the column with the prediction.",
    );
    expect(problem({ task: "multiclass", label: "grade" })).toBeUndefined();
  });

  it("counts the groups of all columns together", () => {
    expect(problem({ sensitive: ["town", "job"] })?.text).toBe(
      "town, job together make up to 18000 groups. Leave one out, or put its values into fewer groups.",
    );
  });

  it("a change drops what no longer goes with it, and the reason it had", () => {
    const byScore = withRole(withRole(guessed(), { score: "score" }, ["prediction"]), { threshold: 0.5 });
    expect(byScore.roles).toMatchObject({ score: "score", threshold: 0.5 });
    expect(withRole(byScore, { prediction: "yhat" }).roles.threshold).toBeUndefined();
    expect(withRole(guessed(), { label: "grade" }).why.label).toBeUndefined();
    expect(classesOf({ label: "y", prediction: "grade" }, TABLE.columns)).toEqual([
      "bad",
      "good",
      "a",
      "b",
      "c",
    ]);
  });
});
