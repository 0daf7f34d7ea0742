import { describe, expect, it } from "vitest";
import { summarizeColumns } from "../../../../src/fairness/guess/column-summary.ts";
import { guessRoles } from "../../../../src/fairness/guess/guess-roles.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { isAge, isProtected, targetKind } from "../../../../src/lint/rules/fairness/lexicon.ts";
import { wordsOf } from "../../../../src/lint/rules/fairness/words.ts";

const read = (text: string) =>
  readDelimited([text], { columns: new Map(), others: "read" }, { source: "t.csv" });
const guess = async (text: string) =>
  guessRoles(await read(text), {
    wordsOf,
    isProtected,
    isAge,
    isOutcome: (name) => targetKind(name) !== undefined,
  });

/** The guess without its reasons. */
const roles = async (text: string) => {
  const { label, prediction, score, threshold, positive, favourable, weight, sensitive } = await guess(text);
  return {
    label: label?.value,
    prediction: prediction?.value,
    score: score?.value,
    threshold: threshold?.value,
    positive: positive?.value,
    favourable: favourable.value,
    weight: weight?.value,
    sensitive: sensitive.map(({ value }) => value),
  };
};

/** What examples/credit/train.py writes. */
const CREDIT = `id,sex,age_group,foreign_worker,class,score,predicted_class
3,male,older,A201,1,0.850890,1
4,male,older,A201,1,0.378014,2
5,male,older,A201,2,0.430645,2
8,female,young,A202,1,0.793792,1
9,female,young,A201,2,0.501000,1
`;

describe("what columns are for", () => {
  it("the example's predictions: all roles, and the positive class from the score", async () => {
    expect(await roles(CREDIT)).toEqual({
      label: "class",
      prediction: "predicted_class",
      score: "score",
      threshold: undefined,
      positive: "1",
      favourable: "positive",
      weight: undefined,
      sensitive: ["sex", "age_group", "foreign_worker"],
    });
    const { label, prediction, score, positive, sensitive } = await guess(CREDIT);
    expect([label, prediction, score, positive, sensitive[0]].map((each) => each?.why)).toEqual([
      "named as the true outcome; the same classes as predicted_class; 1, 2",
      "named as a prediction; 1, 2",
      "named as a score; 0.378 to 0.851; every predicted_class is 1 from 0.501 on",
      "score is higher where predicted_class is 1: 0.715 on average, 0.404 where it is 2",
      "named as a protected attribute; female, male",
    ]);
  });

  it("a score without a prediction needs a threshold: 0.5 of a probability, 0 of log odds, the middle of others", async () => {
    expect(await roles("y,y_proba,gender\n0,0.1,f\n1,0.9,m\n1,0.7,f\n")).toMatchObject({
      label: "y",
      score: "y_proba",
      prediction: undefined,
      threshold: 0.5,
      positive: "1",
    });
    expect(await roles("y,pred,gender\n0,-2.5,f\n1,1.5,m\n1,0.3,f\n")).toMatchObject({
      score: "pred",
      threshold: 0,
    });
    expect(await roles("y,pred,gender\n0,10,f\n1,90,m\n1,70,f\n")).toMatchObject({ threshold: 50 });
  });

  it("outcomes that read like something bad: the negative prediction is good for the person", async () => {
    const table = (label: string, positive = "1") =>
      `${label},predicted,race\n${positive},${positive},a\n0,0,b\n`;
    expect(await roles(table("two_year_recid"))).toMatchObject({
      label: "two_year_recid",
      favourable: "negative",
    });
    expect(await roles(table("loan_default"))).toMatchObject({ favourable: "negative" });
    expect(await roles(table("hired"))).toMatchObject({ label: "hired", favourable: "positive" });
  });

  it("a score that falls with the positive class is the other class's", async () => {
    const found = await roles("y,yhat,prob,sex\n0,0,0.9,f\n1,1,0.2,m\n1,1,0.1,f\n");
    expect(found).toMatchObject({ positive: "1", score: undefined, prediction: "yhat" });
  });

  it("a person's score that is a feature is no score of the model", async () => {
    const found = await roles("approved,credit_score,prediction,sex\n0,600,0,f\n1,610,1,m\n1,580,1,f\n");
    expect(found).toMatchObject({ label: "approved", score: undefined, prediction: "prediction" });
  });

  it("a score of two values is a prediction, a label by its plain name goes before a class, a group is one", async () => {
    const found = await guess("class,label_value,score,group\nHigh,0,1,a\nLow,1,0,b\nLow,1,1,b\n");
    expect(found.prediction?.value).toBe("score");
    expect(found.score).toBeUndefined();
    expect(found.label?.value).toBe("label_value");
    expect(found.sensitive).toEqual([{ value: "group", why: "named as a group; a, b" }]);
  });

  it("an age in years is no grouping, nor a column of one value; both are named with what to do", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 2},${i % 2},${20 + i},x`).join("\n");
    const { sensitive, left } = await guess(`y,pred,age,race\n${rows}\n`);
    expect(sensitive).toEqual([]);
    expect(left).toEqual([
      { column: "age", why: "30 values; put the ages into bands first" },
      { column: "race", why: "one value only" },
    ]);
  });

  it("missing values of a group are counted, weights are found, a person's weight is not one", async () => {
    const { sensitive, weight } = await guess("y,pred,sex,weight,sample_weight\n0,0,f,80,1\n1,1,,70,2.5\n");
    expect(sensitive[0]?.why).toBe("named as a protected attribute; f, 1 missing");
    expect(weight?.value).toBe("sample_weight");
  });

  it("guesses nothing where nothing tells", async () => {
    expect(await roles("a,b,c\n0,1,0\n1,0,0\n")).toEqual({
      label: undefined,
      prediction: undefined,
      score: undefined,
      threshold: undefined,
      positive: undefined,
      favourable: "positive",
      weight: undefined,
      sensitive: [],
    });
    // Two columns that only share the prediction's classes: either may be the outcome.
    expect((await roles("a,b,pred\n0,1,0\n1,0,1\n")).label).toBeUndefined();
    expect((await roles("a,b,pred\n0,x,0\n1,z,1\n")).label).toBe("a");
  });
});

describe("a column in short", () => {
  it("has its kind, values and range", async () => {
    const [a, b] = summarizeColumns(await read("a,b\n10,x\n2.0,\n2,y\n"));
    expect(a).toEqual({
      name: "a",
      kind: "number",
      distinct: 2,
      values: ["2", "10"],
      missing: 0,
      range: { low: 2, high: 10 },
    });
    expect(b).toEqual({ name: "b", kind: "text", distinct: 2, values: ["x", "y"], missing: 1, range: null });
  });
});
