import { beforeAll, describe, expect, it } from "vitest";
import { factsOfNotebook, factsOfScript } from "../../../../src/lint/notebook/read-facts.ts";
import type { ProjectEvidence } from "../../../../src/lint/project/evidence.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createPythonReader } from "../../../../src/lint/python/grammar.node.ts";
import type { PythonReader } from "../../../../src/lint/python/reader.ts";
import {
  columnReader,
  dataSetByFile,
  dataSetByLoader,
} from "../../../../src/lint/rules/fairness/data-sets.ts";
import { isAge, isProtected, targetKind } from "../../../../src/lint/rules/fairness/lexicon.ts";
import { highStakesPhrases } from "../../../../src/lint/rules/fairness/topics.ts";
import { missingFairnessCheck } from "../../../../src/lint/rules/fw101-missing-fairness-check.ts";

let reader: PythonReader;
beforeAll(async () => {
  reader = await createPythonReader();
});

const LOAN = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
loans = pd.read_csv("loans.csv")
features, labels = loans[["gender", "amount"]], loans["loan_status"]
F_train, F_test, l_train, l_test = train_test_split(features, labels)
scorer = LogisticRegression()
scorer.fit(F_train, l_train)
guess = scorer.predict(F_test)
`;

function findingsOf(
  text: string,
  evidence?: Partial<ProjectEvidence>,
  profile: "default" | "high-risk" = "default",
) {
  const facts = factsOfScript(reader, "train.py", text)!;
  return missingFairnessCheck.check({
    facts,
    evidence: evidence && { ...NO_EVIDENCE, ...evidence },
    profile,
  });
}

describe("the lexicon", () => {
  it.each([
    "CODE_GENDER",
    "maritalStatus",
    "marital-status",
    "Sex_Male",
    "native_country",
    "Geschlecht",
    "état_civil",
    "SeniorCitizen",
  ])("%s is protected", (name) => expect(isProtected(name)).toBe(true));
  it.each([
    "race_condition",
    "trace",
    "sexton",
    "grace_period",
    "horse_race",
    "engender",
    "age",
    "lap_race_time",
  ])("%s is not", (name) => expect(isProtected(name)).toBe(false));
  it("knows ages of persons by their whole name", () => {
    expect(["age", "person_age", "DAYS_BIRTH", "Alter"].map(isAge)).toEqual([true, true, true, true]);
    expect(["house_age", "page", "average", "cache_age", "eta"].map(isAge)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
  it("knows what is decided", () => {
    expect(["Loan_Status", "two_year_recid", "Attrition", "HeartDisease"].map(targetKind)).toEqual([
      "high",
      "high",
      "high",
      "high",
    ]);
    expect(["class", "default", "Churn", "price"].map(targetKind)).toEqual([
      "weak",
      "weak",
      "low",
      undefined,
    ]);
  });
});

describe("data sets", () => {
  it.each([
    ["adultincomedataset.csv", "Adult census income"],
    ["../data/adult.data", "Adult census income"],
    ["german_credit_data.csv", "German Credit"],
    ["https://x.org/compas-scores-two-years.csv", "COMPAS recidivism"],
    ["WA_Fn-UseC_-HR-Employee-Attrition.csv", "personnel records"],
    ["heart.csv", "heart disease"],
    ["Parkinsson disease.csv", "diseases of the brain"],
    ["kidney/train.csv", "kidney disease"],
    ["../input/HAM10000_metadata.csv", "images of patients' skin"],
    ["uciml/pima-indians-diabetes-database", "Pima diabetes"],
    // A plain name says what they are about, not whose they are.
    ["income.csv", "incomes of persons"],
    ["recidivism.csv", "recidivism"],
    ["diabetes.csv", "diabetes"],
    ["bank_churn.csv", "customers who leave"],
  ])("%s", (file, name) => expect(dataSetByFile(file)?.name).toBe(name));
  it.each([
    "iris.csv",
    "adulthood_of_bees.txt",
    "housing.csv",
    "mnist_train.csv",
    "downloads.csv",
    "creditcard.csv",
    "student-portal",
    "heart_rate_sensor.csv",
    "credit_score",
    "train.csv",
  ])("%s is none", (file) => expect(dataSetByFile(file)).toBeUndefined());
  it("knows a table by two of its columns, or one that no other has", () => {
    const known = (...columns: string[]) =>
      columns.map(columnReader(() => false)).find((each) => each !== undefined);
    expect(known("TRESTBPS", "age", "thalach")?.name).toBe("heart disease");
    expect(known("Chance of Admit ")?.name).toBe("admissions");
    expect(known("trestbps", "trestbps", "sub_grade")).toBeUndefined();
  });
  it("knows loaders", () => {
    expect(dataSetByLoader("fetch_adult")?.name).toBe("Adult census income");
    expect(dataSetByLoader("load_iris")).toBeUndefined();
  });
});

it("counts a phrase in different spellings once", () => {
  expect(highStakesPhrases("Credit score, credit_scoring and credit-score")).toHaveLength(1);
  expect(highStakesPhrases("probability of default in credit risk")).toHaveLength(2);
});

describe("FW101", () => {
  it("takes the labels of a cross-validation for what is predicted, not its columns", () => {
    const [finding] = findingsOf(`import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
df = pd.read_csv("loans.csv")
print(cross_val_score(LogisticRegression(), df[["income", "sex"]], df["default"]).mean())
`);
    expect(finding?.message).toMatch(/^cross_val_score on default has sex in its data;/);
  });

  it("says what, why and where", () => {
    const [finding] = findingsOf(LOAN);
    expect(finding?.message).toBe(
      "scorer.fit on loan_status has gender in its data; no result is compared between groups in this file.",
    );
    expect(finding?.related.map(({ message }) => message)).toContain("protected attribute: gender");
    expect(finding?.severity).toBe("warning");
    expect(findingsOf(LOAN, undefined, "high-risk")[0]?.severity).toBe("error");
  });

  it("writes the check with the file's own names, for what the project has", () => {
    const [finding] = findingsOf(LOAN, { dependencies: new Set(["fairlearn", "aequitas"]) });
    expect(finding?.fixes.map(({ title }) => title.split(" ").at(-1))).toEqual([
      "Fairlearn",
      "Aequitas",
      "pandas",
    ]);
    const snippet = finding!.fixes[0]!.edits[0]!.newText;
    expect(snippet).toContain("np.ravel(l_test) == positive");
    expect(snippet).toContain("np.ravel(guess) == positive");
    expect(snippet).toContain('loans.loc[l_test.index, ["gender"]]');
  });

  it.each([0, 1])("is silent once fix %i is inserted", (index) => {
    const fix = findingsOf(LOAN, { dependencies: new Set(["fairlearn"]) })[0]!.fixes[index]!;
    const { range, newText } = fix.edits[0]!;
    expect(findingsOf(LOAN.slice(0, range.start) + newText + LOAN.slice(range.end))).toEqual([]);
  });

  it("offers a new cell in a notebook", () => {
    const cells = [{ cell_type: "code", source: LOAN, outputs: [] }];
    const facts = factsOfNotebook(
      reader,
      "a.ipynb",
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    )!;
    const [fix] = missingFairnessCheck.check({ facts, evidence: undefined, profile: "default" })[0]!.fixes;
    expect(fix?.edits).toEqual([]);
    expect(fix?.newCell).toContain("np.ravel(guess) == positive");
  });

  it("is information where little hangs on it", () => {
    expect(
      findingsOf(LOAN.replaceAll("loan_status", "churn").replace("loans.csv", "a.csv"))[0]?.severity,
    ).toBe("information");
  });

  it("says that exploration of the label is no check", () => {
    const why = findingsOf(
      LOAN.replace("features,", 'print(loans.groupby("gender")["loan_status"].mean())\nfeatures,'),
    )[0]!.why;
    expect(why.at(-1)).toBe("The groupby over gender looks at the label, not at predictions.");
  });
});
