/** FW111: an endpoint decides about persons with a model that no file of the project compares between groups. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { checkedElsewhere } from "./fairness/case.ts";
import { fairnessCheck } from "./fairness/check-evidence.ts";
import { isAge, isProtected, targetKind } from "./fairness/lexicon.ts";
import { listed } from "./fairness/messages.ts";
import { personFields } from "./fairness/person-fields.ts";
import { isServing } from "./fairness/training-event.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || evidence === undefined || !isServing(facts)) return [];
  const prediction = facts.predictions.find(({ call }) => call.method.startsWith("predict"));
  if (prediction === undefined || fairnessCheck(facts) !== undefined || checkedElsewhere(facts, evidence))
    return [];
  const fields = personFields(facts);
  const strong = fields.filter(isProtected);
  const high = fields.some((name) => targetKind(name) === "high");
  if (strong.length === 0 && !high) return [];
  const inputs = [...strong, ...fields.filter(isAge)];
  const what = inputs.length > 0 ? ` from ${listed(inputs)}` : "";
  return [
    findingOf(serveDecisionWithoutCheck, {
      range: prediction.call.calleeRange,
      message: `This endpoint predicts about persons${what}; no file of the project compares the model's results between groups.`,
      why: [
        `Inputs: ${listed(fields, 6)}.`,
        "The project has no fairness metric, comparison by group or audit.",
      ],
      silencedBy: serveDecisionWithoutCheck.docs.silencedBy,
    }),
  ];
}

const program = (fields: string) => `import joblib
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
model = joblib.load("model.joblib")

class Person(BaseModel):
${fields}

@app.post("/predict")
def predict(person: Person):
    return {"result": int(model.predict([list(person.dict().values())])[0])}
`;
const none = { fairnessChecks: [], audits: [] };

export const serveDecisionWithoutCheck: Rule = {
  code: "FW111",
  name: "serve-decision-without-check",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A server predicts about persons, and no file of the project compares the model's results between groups.",
    why: "What is served reaches persons; the comparison has to be somewhere before that.",
    silencedBy: [
      "A comparison in any sibling file (see FW101), or an audit in Fairwatt's ledger.",
      "`# fairwatt: ignore[FW111] reason`.",
    ],
    references: ["Regulation (EU) 2024/1689 (AI Act), Article 15 and Annex III."],
  },
  examples: {
    bad: [
      {
        file: "app.py",
        text: program("    gender: str\n    income: float"),
        findings: ["model.predict"],
        evidence: none,
      },
    ],
    good: [
      { file: "alone.py", text: program("    gender: str"), findings: [] },
      { file: "houses.py", text: program("    rooms: int"), findings: [], evidence: none },
      {
        file: "checked.py",
        text: program("    gender: str"),
        findings: [],
        evidence: { ...none, fairnessChecks: [{ file: "eval.py", what: "MetricFrame" }] },
      },
    ],
  },
  check,
};
