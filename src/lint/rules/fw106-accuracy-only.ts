/** FW106: a classifier with high stakes for persons of which only the accuracy is looked at. */

import type { Finding, Fix } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables, lineBehind, statementOf } from "./fairness/case.ts";
import { WHERE_COLUMNS } from "./fairness/messages.ts";
import { PEOPLE, tableOf } from "./fairness/tables-examples.ts";

/** Whatever tells the kinds of errors apart. */
const OTHER =
  /recall|precision|f1|fbeta|roc|auc|confusion|report|log_loss|brier|matthews|kappa|cross_validate|metric|evaluat|average_precision|sensitivity|specificity|plot_model/i;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found === undefined || found.person.stakes !== "high") return [];
  const accuracy = facts.calls.filter(
    ({ callee, method }) =>
      callee === "sklearn.metrics.accuracy_score" ||
      (method === "score" && /Classifier|LogisticRegression|SVC|NB\b/.test(callee)),
  );
  const first = accuracy[0];
  if (
    first === undefined ||
    facts.calls.some(
      ({ method, callee }) => OTHER.test(method) || OTHER.test(callee.replace("sklearn.metrics.", "")),
    )
  )
    return [];
  if (
    facts.strings.some(({ value }) =>
      /^(?:roc_auc|f1\w*|recall\w*|precision\w*|average_precision|balanced_accuracy)$/.test(value),
    )
  )
    return [];
  const on = found.person.target?.name;
  return [
    findingOf(accuracyOnly, {
      range: first.calleeRange,
      message: `Accuracy is the only figure of this model${on === undefined ? "" : ` on ${on}`}: it does not say who is wrongly refused and who is wrongly accepted.`,
      why: [
        "The model has high stakes for persons.",
        "No confusion matrix, recall, precision or AUC is computed in this file.",
      ],
      silencedBy: accuracyOnly.docs.silencedBy,
      fixes: report(facts, first),
    }),
  ];
}

function report(facts: PythonFacts, call: Call): Fix[] {
  const [yTrue, yPred] = call.args;
  const at = lineBehind(facts, outerStatement(facts, call));
  if (
    call.callee !== "sklearn.metrics.accuracy_score" ||
    yTrue?.name === undefined ||
    yPred?.name === undefined ||
    at === undefined
  )
    return [];
  const lines = [
    "from sklearn.metrics import classification_report",
    `print(classification_report(${yTrue.name}, ${yPred.name}))`,
  ];
  const newText = lines.map((line) => `\n${at.indent}${line}`).join("");
  return [
    {
      title: "Add a classification report",
      safety: "unsafe",
      edits: [{ range: { start: at.offset, end: at.offset }, newText }],
    },
  ];
}

/** `print("Accuracy:", accuracy_score(...))` is the statement. */
function outerStatement(facts: PythonFacts, call: Call): { start: number; end: number } {
  let { range } = call;
  for (const outer of facts.calls)
    if (outer.range.start <= range.start && outer.range.end >= range.end) range = outer.range;
  return statementOf(facts, range);
}

const program = (metrics: string) => `import pandas as pd
from sklearn.metrics import accuracy_score, recall_score
from sklearn.svm import SVC
df = pd.read_csv("patients.csv")
X, y = df.drop("stroke", axis=1), df["stroke"]
svc = SVC().fit(X[:900], y[:900])
y_pred = svc.predict(X[900:])
y_test = y[900:]
${metrics}`;

/** Only the table says what is predicted. */
const unnamed = program("print(svc.score(X[900:], y_test))\n")
  .replace("patients.csv", "data.csv")
  .replace('df.drop("stroke", axis=1), df["stroke"]', "df.iloc[:, :-1], df.iloc[:, -1]");

export const accuracyOnly: Rule = {
  code: "FW106",
  name: "accuracy-only-high-stakes",
  default: false,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "Only the accuracy of a classifier with high stakes for persons is computed.",
    why: "With rare outcomes a model that always says no is accurate; the two kinds of error burden different persons.",
    where: WHERE_COLUMNS,
    silencedBy: [
      "A confusion matrix, recall, precision, AUC or classification report in the file.",
      "`# fairwatt: ignore[FW106] reason`.",
    ],
    fixSafety: "It prints more; a program whose output is read by another would notice.",
    references: ["scikit-learn user guide, Metrics and scoring."],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program('print("Accuracy:", accuracy_score(y_test, y_pred))\n'),
        findings: ["accuracy_score"],
      },
      { file: "score.py", text: program("print(svc.score(X[900:], y_test))\n"), findings: ["svc.score"] },
      { file: "table.py", text: unnamed, findings: ["svc.score"], evidence: PEOPLE },
    ],
    good: [
      {
        file: "recall.py",
        text: program("print(accuracy_score(y_test, y_pred), recall_score(y_test, y_pred))\n"),
        findings: [],
      },
      { file: "table.py", text: unnamed, findings: [], evidence: tableOf("sepal", "petal", "species") },
      { file: "none.py", text: program(""), findings: [] },
    ],
  },
  check,
};
