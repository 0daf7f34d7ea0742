/** FW104: protected columns are dropped before the split and not kept aside, so results cannot be compared by them. */

import type { Finding, Fix } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseOf, checkedElsewhere } from "./fairness/case.ts";
import { isAge, isProtected } from "./fairness/lexicon.ts";
import { listed } from "./fairness/messages.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseOf(facts);
  if (found === undefined || found.check !== undefined || checkedElsewhere(facts, evidence)) return [];
  const split = facts.calls.find(
    ({ method, targets }) => method === "train_test_split" && targets.length === 4,
  );
  const event = found.events[0]!;
  const before = (split ?? event.call).order;
  if (split === undefined && facts.calls.some(({ method }) => method === "train_test_split")) return [];
  const dropped = facts.columns.filter(
    ({ how, name, order }) => how === "drop" && order < before && (isProtected(name) || isAge(name)),
  );
  const gone = new Set(dropped.map(({ name }) => name));
  const lost = dropped.filter(({ name }) => !livesOn(facts, name, gone));
  const strong = lost.filter(({ name }) => isProtected(name));
  if (strong.length === 0) return [];
  const names = [...new Set(lost.map(({ name }) => name))];
  return [
    findingOf(unawarenessOnly, {
      range: strong[0]!.range,
      message: `${listed(names)} ${names.length === 1 ? "is" : "are"} dropped and not kept aside, so the results of ${event.text} cannot be compared by ${names.length === 1 ? "it" : "them"}.`,
      why: [
        "Dropping a column is no check: others can stand for it.",
        "Nothing keeps the column for the test rows.",
      ],
      silencedBy: unawarenessOnly.docs.silencedBy,
      fixes: split === undefined ? [] : keepAside(facts, split, lost[0]!.frame, names),
    }),
  ];
}

/** A column whose attribute another one has: `df["sex"] = df["personal_status"].map(...)` before it is dropped. */
function livesOn(facts: PythonFacts, name: string, gone: ReadonlySet<string>): boolean {
  const made = facts.text.matchAll(/\[\s*["']([^"'\n]{1,60})["']\s*\]\s*=(?!=)([^\n]{1,400})/g);
  return [...made].some(
    ([, other = "", from = ""]) =>
      !gone.has(other) &&
      (isProtected(other) || isAge(other)) &&
      (from.includes(`"${name}"`) || from.includes(`'${name}'`)),
  );
}

/** Gives the columns to the split as a third array. Only where the frame still has them: its drop made another frame. */
function keepAside(
  facts: PythonFacts,
  split: Call,
  frame: string | undefined,
  names: readonly string[],
): Fix[] {
  const statement = facts.assignments.find(
    ({ range }) => range.start <= split.range.start && range.end >= split.range.end,
  );
  const second = split.args[1];
  if (
    frame === undefined ||
    !/^\w+$/.test(frame) ||
    second === undefined ||
    split.args.length !== 2 ||
    statement === undefined
  )
    return [];
  const drops = facts.calls.filter(({ method, receiver }) => method === "drop" && receiver?.name === frame);
  if (
    drops.some(
      ({ targets, keywords }) => targets.includes(frame) || keywords.get("inplace")?.literal === true,
    )
  )
    return [];
  const head = facts.text.slice(statement.range.start, split.range.start);
  const targets = /^[\w\s,]+?(?=\s*=\s*$)/.exec(head)?.[0];
  if (targets === undefined) return [];
  const at = statement.range.start + targets.length;
  const columns = `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  return [
    {
      title: `Keep ${listed(names)} aside at the split`,
      safety: "unsafe",
      edits: [
        { range: { start: at, end: at }, newText: ", sensitive_train, sensitive_test" },
        { range: { start: second.range.end, end: second.range.end }, newText: `, ${frame}[${columns}]` },
      ],
    },
  ];
}

const program = (drop: string, split: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("data.csv")
y = df["loan_status"]
X = df.drop(columns=${drop})
${split}
clf = LogisticRegression()
clf.fit(X_train, y_train)
`;
const SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)";

export const unawarenessOnly: Rule = {
  code: "FW104",
  name: "unawareness-only",
  default: false,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "Protected columns are dropped before the split and not kept for the test rows.",
    why: "Without the column a model can still differ between groups through others, and without it at hand nobody can see that.",
    silencedBy: [
      "Keeping the column aside: a third array of train_test_split.",
      "A comparison of results between groups (see FW101).",
      "`# fairwatt: ignore[FW104] reason`.",
    ],
    fixSafety: "The split returns two more arrays; code that counts them would break.",
    references: ["Dwork et al.: Fairness Through Awareness, ITCS 2012."],
  },
  examples: {
    bad: [
      { file: "train.py", text: program('["loan_status", "gender"]', SPLIT), findings: ['"gender"'] },
      {
        file: "same_frame.py",
        text: program('["loan_status"]', `X.drop("race", axis=1, inplace=True)\n${SPLIT}`),
        findings: ['"race"'],
      },
    ],
    good: [
      {
        file: "kept.py",
        text: program(
          '["loan_status", "gender"]',
          'X_train, X_test, y_train, y_test, A_train, A_test = train_test_split(X, y, df["gender"])',
        ),
        findings: [],
      },
      {
        // Its attribute stays, in a column that was made of it.
        file: "made.py",
        text: program('["loan_status", "personal_status"]', SPLIT).replace(
          'y = df["loan_status"]',
          'df["sex"] = df["personal_status"].map(SEXES)\ny = df["loan_status"]',
        ),
        findings: [],
      },
      { file: "other.py", text: program('["loan_status", "loan_id"]', SPLIT), findings: [] },
    ],
  },
  check,
};
