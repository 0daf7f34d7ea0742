/** FW103: a column that can stand for a group (a post code, a surname) in a model with high stakes for persons. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables, checkedElsewhere } from "./fairness/case.ts";
import { columnName, featuresAmong } from "./fairness/features.ts";
import { listed, WHERE_FEATURES } from "./fairness/messages.ts";
import { learns, PEOPLE, REST } from "./fairness/tables-examples.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found === undefined || found.person.stakes !== "high" || found.check !== undefined) return [];
  if (checkedElsewhere(facts, evidence)) return [];
  const event = found.events[0]!;
  const used = featuresAmong(facts, event, found.person.proxies);
  const first = used[0];
  if (first === undefined || event.kind !== "fit") return [];
  const names = listed(used.map(columnName));
  return [
    findingOf(proxyFeature, {
      range: first.range,
      message: `${names} can stand for a group of persons in what ${event.text} learns.`,
      why: [
        `${event.text} trains a model with high stakes for persons.`,
        `Often correlated with origin or income: ${names}.`,
      ],
      silencedBy: proxyFeature.docs.silencedBy,
      related: [{ message: "the model that is trained on it", range: event.call.calleeRange }],
    }),
  ];
}

const program = (features: string, target: string) => `import pandas as pd
from sklearn.tree import DecisionTreeClassifier
df = pd.read_csv("data.csv")
tree = DecisionTreeClassifier()
tree.fit(df[${features}], df["${target}"])
`;

export const proxyFeature: Rule = {
  code: "FW103",
  name: "proxy-feature",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A post code, name or first language is a feature of a model with high stakes for persons.",
    why: "Such columns can carry origin or wealth into a model from which the protected attribute was left out.",
    where: WHERE_FEATURES,
    silencedBy: [
      "A comparison of results between groups (see FW101).",
      "Leaving the column out.",
      "`# fairwatt: ignore[FW103] reason`.",
    ],
    references: ["Barocas, Selbst: Big Data's Disparate Impact, California Law Review 104, 2016."],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program('["zip_code", "income"]', "loan_approved"),
        findings: ['"zip_code"'],
      },
      { file: "table.py", text: learns(REST), findings: ['"data.csv"'], evidence: PEOPLE },
    ],
    good: [
      { file: "chosen.py", text: learns('df[["income"]]'), findings: [], evidence: PEOPLE },
      { file: "houses.py", text: program('["zipcode", "sqft"]', "price"), findings: [] },
      { file: "plain.py", text: program('["income", "amount"]', "loan_approved"), findings: [] },
    ],
  },
  check,
};
