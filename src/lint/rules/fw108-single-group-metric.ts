/** FW108: results are compared by one protected attribute while others are in the same frame. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables } from "./fairness/case.ts";
import { columnName, isGroupValue } from "./fairness/features.ts";
import { isProtected } from "./fairness/lexicon.ts";
import { listed, WHERE_COLUMNS } from "./fairness/messages.ts";
import { tableOf } from "./fairness/tables-examples.ts";
import { wordsOf } from "./fairness/words.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found?.check === undefined) return [];
  const strong = [
    ...new Set(
      found.person.protectedColumns
        .map(({ name }) => name)
        .filter((name) => isProtected(name) && !isGroupValue(name)),
    ),
  ];
  const checks = facts.calls.filter(({ keywords }) => keywords.has("sensitive_features"));
  const given = checks.flatMap(({ keywords }) => {
    const value = keywords.get("sensitive_features")!;
    return facts.columns
      .filter(({ range }) => range.start >= value.range.start && range.end <= value.range.end)
      .map(({ name }) => name);
  });
  const one = [...new Set(given)];
  const others = strong.filter((name) => wordsOf(name) !== wordsOf(one[0] ?? ""));
  if (one.length !== 1 || others.length === 0) return [];
  // Only where every check names its column: a name that holds others proves nothing.
  if (checks.some(({ keywords }) => keywords.get("sensitive_features")!.text.indexOf(one[0]!) < 0)) return [];
  return [
    findingOf(singleGroupMetric, {
      range: checks[0]!.calleeRange,
      message: `Results are compared by ${one[0]} only; ${listed(others)} ${others.length === 1 ? "is" : "are"} in the same data.`,
      why: [`Every comparison in this file is by ${one[0]}.`],
      silencedBy: singleGroupMetric.docs.silencedBy,
      related: found.person.protectedColumns
        .filter(({ name }) => others.includes(name))
        .map((column) => ({ message: `also in the data: ${columnName(column)}`, range: column.range })),
    }),
  ];
}

const program = (columns: string, sensitive: string) => `import pandas as pd
from fairlearn.metrics import MetricFrame, selection_rate
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("data.csv")
X = df[${columns}]
clf = LogisticRegression().fit(X, df["loan_status"])
print(MetricFrame(metrics=selection_rate, y_true=df["loan_status"], y_pred=clf.predict(X), sensitive_features=${sensitive}).by_group)
`;

export const singleGroupMetric: Rule = {
  code: "FW108",
  name: "single-group-metric",
  default: false,
  severity: "hint",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "Results are compared by one protected attribute while others are in the same data.",
    why: "A model can be even by one attribute and uneven by another, or where two meet.",
    where: WHERE_COLUMNS,
    silencedBy: ["A comparison by the others as well.", "`# fairwatt: ignore[FW108] reason`."],
    references: ["Buolamwini, Gebru: Gender Shades, FAT* 2018."],
  },
  examples: {
    bad: [
      { file: "one.py", text: program('["sex", "race"]', 'df["sex"]'), findings: ["MetricFrame"] },
      {
        // The table has an attribute that the program does not name.
        file: "table.py",
        text: program('["sex"]', 'df["sex"]'),
        findings: ["MetricFrame"],
        evidence: tableOf("sex", "race", "income", "loan_status"),
      },
    ],
    good: [
      { file: "both.py", text: program('["sex", "race"]', 'df[["sex", "race"]]'), findings: [] },
      {
        file: "table.py",
        text: program('["sex"]', 'df["sex"]'),
        findings: [],
        evidence: tableOf("sex", "income", "loan_status"),
      },
      { file: "only.py", text: program('["sex", "income"]', 'df["sex"]'), findings: [] },
    ],
  },
  check,
};
