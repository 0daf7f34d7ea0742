/** FW105: a model with high stakes for persons is trained and saved, and never measured on data it was not fitted on. */

import type { Finding } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables, lineBehind, statementOf } from "./fairness/case.ts";
import { WHERE_COLUMNS } from "./fairness/messages.ts";
import { PEOPLE, tableOf } from "./fairness/tables-examples.ts";
import { takesCells } from "./own-cell.ts";

const SAVES =
  /^(?:joblib\.dump|pickle\.dump|cloudpickle\.dump|dill\.dump|skops\.io\.dump|sklearn\.externals\.joblib\.dump|torch\.save|mlflow\.\w+\.(?:log_model|save_model))$|\.(?:save_model|save_pretrained)$/;

/** Names of calls that measure something, here or in a module of the project. */
const MEASURES =
  /eval|scor|metric|report|confusion|predict|cross_val|validat|test_|_test$|audit|accuracy|auc|loss_and/i;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found === undefined || found.person.stakes !== "high") return [];
  const event = found.events[0]!;
  if (event.kind !== "fit" || isMeasured(facts) || getsHeldOut(event.call)) return [];
  if (isStageOfPipeline(facts) || isCalledElsewhere(facts, event.call)) return [];
  const saved = facts.calls.find((call) => call.order > event.call.order && isSave(call));
  if (saved === undefined) return [];
  const on = found.person.target?.name ?? found.person.dataSet?.name;
  return [
    findingOf(noEvaluation, {
      range: saved.calleeRange,
      message: `${event.text}${on === undefined ? "" : ` on ${on}`} is saved without being measured on data it was not fitted on.`,
      why: [
        `${event.text} trains a model about persons.`,
        "No prediction, score or metric is computed in this file.",
      ],
      silencedBy: noEvaluation.docs.silencedBy,
      related: [{ message: "trained here", range: event.call.calleeRange }],
      fixes: snippet(facts, event.call),
    }),
  ];
}

function isSave(call: Call): boolean {
  return (
    SAVES.test(call.callee) || (call.method === "save" && /model|net|clf/i.test(call.receiver?.name ?? ""))
  );
}

function isMeasured(facts: PythonFacts): boolean {
  if (facts.predictions.length > 0) return true;
  return facts.calls.some(({ method, keywords }) => {
    if (method === "train_test_split") return false;
    return (
      MEASURES.test(method) ||
      ["validation_data", "validation_split", "eval_set", "cv", "valid_sets", "evals", "eval_dataset"].some(
        (name) => keywords.has(name),
      )
    );
  });
}

const HELD_OUT = /(?:^|_)(?:test|val|valid|validation|hold_?out|dev|eval)(?:_|$)/i;

/** A function that trains on some data and is handed others: `train(net, train_loader, test_loader)`. */
function getsHeldOut({ args, keywords }: Call): boolean {
  return [...args, ...keywords.values()].some(({ reads }) => reads.some((name) => HELD_OUT.test(name)));
}

/** In a function that this file only defines: whoever calls it may measure. */
function isCalledElsewhere({ calls }: PythonFacts, { inFunction }: Call): boolean {
  if (inFunction === undefined) return false;
  const name = inFunction.slice(inFunction.lastIndexOf(".") + 1);
  return !calls.some(({ method }) => method === name);
}

/** One step of several programs: another may measure, so nothing is said. */
function isStageOfPipeline(facts: PythonFacts): boolean {
  return facts.imports.some(
    ({ module }) =>
      /^(?:argparse|click|typer|hydra|dvc|dvclive|kfp|airflow|prefect|zenml|kedro|metaflow|luigi|fire|sagemaker|azureml|wandb)\b/.test(
        module,
      ) || module.startsWith("."),
  );
}

function snippet(facts: PythonFacts, fit: Call): Finding["fixes"] {
  const model = fit.receiver?.name;
  const split = facts.calls.find(
    ({ method, targets }) => method === "train_test_split" && targets.length === 4,
  );
  if (model === undefined || split === undefined) return [];
  const [, x, , y] = split.targets;
  const code = `from sklearn.metrics import classification_report\nprint(classification_report(${y}, ${model}.predict(${x})))`;
  const title = "Insert a report on the test rows";
  if (takesCells(facts)) return [{ title, safety: "display", edits: [], newCell: code }];
  const at = lineBehind(facts, statementOf(facts, fit.range));
  if (at === undefined) return [];
  const newText = `\n${code
    .split("\n")
    .map((line) => at.indent + line)
    .join("\n")}`;
  return [{ title, safety: "display", edits: [{ range: { start: at.offset, end: at.offset }, newText }] }];
}

const program = (after: string, before = "") => `import joblib
import pandas as pd
${before}from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
df = pd.read_csv("hr.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop("Attrition", axis=1), df["Attrition"])
model = RandomForestClassifier()
model.fit(X_train, y_train)
${after}joblib.dump(model, "model.joblib")
`;

/** Only the table says what is predicted. */
const unnamed = program("")
  .replace("hr.csv", "data.csv")
  .replace('df.drop("Attrition", axis=1), df["Attrition"]', "df.iloc[:, :-1], df.iloc[:, -1]");

/** A trainer of the project that is handed its data. */
const handed = (given: string) => `import torch
from training import train_neuro, Net, loaders
train_loader, test_loader = loaders("loans.csv", target="is_default")
net = Net()
train_neuro(${given}, epochs=20)
torch.save(net.state_dict(), "net.pt")
`;

const component = `import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression


class Trainer:
    def train_model(self):
        loans = pd.read_csv("loans.csv")
        model = LogisticRegression().fit(loans.drop(columns=["loan_status"]), loans["loan_status"])
        joblib.dump(model, "model.joblib")


`;

export const noEvaluation: Rule = {
  code: "FW105",
  name: "no-evaluation",
  default: true,
  severity: "warning",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A model with high stakes for persons is trained and saved in a file that never measures it.",
    why: "Nobody can say how often it is wrong, and for whom.",
    where: WHERE_COLUMNS,
    silencedBy: [
      "Any prediction, score, metric or validation data in the file.",
      "A function that trains and is handed other data to test on.",
      "A program that is one step of several (command line arguments, pipeline tools), or a function that another file calls: that one may measure.",
      "`# fairwatt: ignore[FW105] reason`.",
    ],
    references: ["Regulation (EU) 2024/1689 (AI Act), Article 15: accuracy of high-risk systems."],
  },
  examples: {
    bad: [
      { file: "train.py", text: program(""), findings: ["joblib.dump"] },
      { file: "table.py", text: unnamed, findings: ["joblib.dump"], evidence: PEOPLE },
      { file: "handed.py", text: handed("net, train_loader"), findings: ["torch.save"] },
      { file: "component.py", text: `${component}Trainer().train_model()\n`, findings: ["joblib.dump"] },
    ],
    good: [
      { file: "scored.py", text: program("print(model.score(X_test, y_test))\n"), findings: [] },
      { file: "table.py", text: unnamed, findings: [], evidence: tableOf("sepal", "petal", "species") },
      { file: "own_metric.py", text: program("report_results(model, X_test, y_test)\n"), findings: [] },
      { file: "handed.py", text: handed("net, train_loader, test_loader"), findings: [] },
      { file: "component.py", text: component, findings: [] },
      { file: "stage.py", text: program("", "import argparse\n"), findings: [] },
      {
        file: "cars.py",
        text: program("").replaceAll("Attrition", "price").replace("hr.csv", "cars.csv"),
        findings: [],
      },
    ],
  },
  check,
};
