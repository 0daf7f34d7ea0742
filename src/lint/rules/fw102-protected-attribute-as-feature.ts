/** FW102: a protected attribute is among the features of a model whose output matters to persons. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables, checkedElsewhere } from "./fairness/case.ts";
import { attributesOf, columnName, featuresAmong } from "./fairness/features.ts";
import { listed, WHERE_FEATURES } from "./fairness/messages.ts";
import { learns, PEOPLE, REST } from "./fairness/tables-examples.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found === undefined || found.person.stakes !== "high" || found.check !== undefined) return [];
  if (checkedElsewhere(facts, evidence)) return [];
  const event = found.events[0]!;
  const used = attributesOf(featuresAmong(facts, event, found.person.protectedColumns));
  const first = used[0];
  if (first === undefined || event.kind !== "fit") return [];
  const names = listed(used.map(columnName));
  return [
    findingOf(protectedAttributeAsFeature, {
      range: first.range,
      message: `${names} ${used.length === 1 ? "is" : "are"} among the features of ${event.text}; the file does not say why.`,
      why: [
        `${event.text} trains a model with high stakes for persons.`,
        `Not dropped before training: ${names}.`,
      ],
      silencedBy: protectedAttributeAsFeature.docs.silencedBy,
      related: [{ message: "the model that is trained on it", range: event.call.calleeRange }],
    }),
  ];
}

const people = (features: string, more = "") => `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("data.csv")
clf = LogisticRegression()
clf.fit(df[${features}], df["loan_status"])
${more}`;

/** A page that has a model trained on these columns, and asks for what it predicts. */
const page = (features: string, asks: string) => `import pandas as pd
import streamlit as st
from training import train_model
df = pd.read_csv("loans.csv")
X_train, y_train = df[${features}], df["loan_status"]
if st.button("Train"):
    model = train_model(X_train, y_train)
${asks}
`;
const FIELDS = `gender = st.selectbox("Gender", ["Male", "Female"])
age = st.sidebar.number_input("Age")
row = {"Gender": gender, "Age": age, "income": 1}
st.write(model.predict(pd.DataFrame([row])))`;

export const protectedAttributeAsFeature: Rule = {
  code: "FW102",
  name: "protected-attribute-as-feature",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A protected attribute is among the features of a model with high stakes for persons, and nothing compares results by it.",
    why: "Using it can be legitimate, in medicine often is, and elsewhere treats persons differently by it: the reason belongs beside the choice, with a comparison of results.",
    where: WHERE_FEATURES,
    silencedBy: [
      "A comparison of results between groups (see FW101).",
      "Leaving the column out of the features.",
      "`# fairwatt: ignore[FW102] reason`.",
    ],
    references: [
      "Equal Credit Opportunity Act, 12 CFR 1002 (Regulation B).",
      "Dwork et al.: Fairness Through Awareness, ITCS 2012.",
    ],
  },
  examples: {
    bad: [
      { file: "train.py", text: people('["income", "gender"]'), findings: ['"gender"'] },
      { file: "two.py", text: people('["race", "sex", "income"]'), findings: ['"race"'] },
      {
        // Said once, and without its values.
        file: "values.py",
        text: people('["Male", "gender", "Gender", "income"]'),
        findings: ['"gender"'],
      },
      { file: "page.py", text: page('["Gender", "income"]', FIELDS), findings: ['"Gender"'] },
      // All that the table has but for what is predicted.
      { file: "table.py", text: learns(REST), findings: ['"data.csv"'], evidence: PEOPLE },
      { file: "last.py", text: learns("df.iloc[:, :-1].values"), findings: ['"data.csv"'], evidence: PEOPLE },
    ],
    good: [
      {
        file: "checked.py",
        text: people(
          '["gender"]',
          'df["pred"] = clf.predict(df[["gender"]])\nprint(df.groupby("gender")["pred"].mean())\n',
        ),
        findings: [],
      },
      // What a page asks for, or gets sent, is not what it learns from.
      { file: "page.py", text: page('["income", "amount"]', FIELDS), findings: [] },
      {
        file: "form.py",
        text: `from flask import Flask, request
${page('["income", "amount"]', "").replace("import streamlit as st\n", "").replace('if st.button("Train"):\n    ', "")}
app = Flask(__name__)
@app.route("/predict", methods=["POST"])
def predict():
    row = pd.DataFrame([{"gender": request.form["gender"], "age": float(request.form["age"])}])
    return str(model.predict(row)[0])
`,
        findings: [],
      },
      // Columns that are chosen: the others of the table are no features.
      { file: "chosen.py", text: learns('df[["income"]]'), findings: [], evidence: PEOPLE },
      { file: "chosen_by_name.py", text: learns("df[columns]"), findings: [], evidence: PEOPLE },
      {
        file: "cut.py",
        text: learns(REST).replace("X = df", 'df = df[["income", "loan_status"]]\nX = df'),
        findings: [],
        evidence: PEOPLE,
      },
      {
        file: "dropped.py",
        text: learns('df.drop(columns=["loan_status", "gender"])'),
        findings: [],
        evidence: PEOPLE,
      },
      { file: "plain.py", text: people('["income", "amount"]'), findings: [] },
      { file: "low.py", text: people('["gender"]').replace("loan_status", "churn"), findings: [] },
    ],
  },
  check,
};
