/** FW109: a loop over a column's values assigns the column instead of choosing its rows: every slice is the whole set. */

import type { Finding, Fix } from "../finding.ts";
import type { Assignment, Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";

const MEASURES = /metric|scor|evaluat|confusion|accuracy|report|auc|recall|precision/i;

function check({ facts }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const inLoops = callsOfLoops(facts);
  return facts.assignments.flatMap((assignment) => {
    const slice = sliceOf(facts, inLoops, assignment);
    if (slice === undefined) return [];
    const { frame, key, value } = slice;
    return [
      findingOf(biasedSliceCode, {
        range: assignment.range,
        message: `${assignment.target} = ${value} sets the column of every row: this slice is the whole set, not the rows where it is ${value}.`,
        why: [
          `The loop goes over the values of the column and measures the model for each.`,
          "Nothing chooses the rows of the group.",
        ],
        silencedBy: biasedSliceCode.docs.silencedBy,
        fixes: filter(assignment, frame, key, value),
      }),
    ];
  });
}

interface CallInLoop {
  call: Call;
  loop: Call["loops"][number];
}

/** Calls in loops over the values of a column, by the loop's name for a value: found once, not for each assignment. */
function callsOfLoops({ calls }: PythonFacts): ReadonlyMap<string, readonly CallInLoop[]> {
  const found = new Map<string, CallInLoop[]>();
  for (const call of calls)
    for (const loop of call.loops) {
      const { target, over } = loop;
      if (over.call?.method !== "unique" && !/unique\(|set\(|\.categories/.test(over.text)) continue;
      const known = found.get(target);
      if (known === undefined) found.set(target, [{ call, loop }]);
      else known.push({ call, loop });
    }
  return found;
}

/** `frame[key] = value` in a loop of `value` over unique values, in which something is measured against labels. */
function sliceOf(
  { groups }: PythonFacts,
  inLoops: ReadonlyMap<string, readonly CallInLoop[]>,
  assignment: Assignment,
): { frame: string; key: string; value: string } | undefined {
  const target = /^(\w+)\[(.+)\]$/.exec(assignment.target);
  const value = assignment.value.text;
  if (target === null || !/^\w+$/.test(value)) return undefined;
  const [, frame, key] = target as unknown as [string, string, string];
  const inside = (inLoops.get(value) ?? []).filter(
    ({ loop: { range } }) => range.start <= assignment.range.start && assignment.range.end <= range.end,
  );
  if (!inside.some(({ call }) => MEASURES.test(call.method))) return undefined;
  const chosen = groups.some(
    ({ how, range }) =>
      how === "mask" &&
      inside.some(({ loop }) => loop.range.start <= range.start && range.end <= loop.range.end),
  );
  return chosen ? undefined : { frame, key, value };
}

function filter(assignment: Assignment, frame: string, key: string, value: string): Fix[] {
  const newText = `${frame} = ${frame}[${frame}[${key}] == ${value}]`;
  return [
    {
      title: `Choose the rows where it is ${value}`,
      safety: "unsafe",
      edits: [{ range: assignment.range, newText }],
    },
  ];
}

const program = (
  line: string,
  measure = "print(f1_score(part['y'], model.predict(part[features])))",
) => `import joblib
import pandas as pd
from sklearn.metrics import f1_score
model = joblib.load("model.joblib")
df = pd.read_csv("test.csv")
for column in ["sex", "race"]:
    for value in df[column].unique():
        part = df.copy()
        ${line}
        ${measure}
`;

export const biasedSliceCode: Rule = {
  code: "FW109",
  name: "biased-slice-code",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A loop that measures a model per group assigns the group's column instead of choosing its rows.",
    why: "Each group's figure is then that of all rows, so groups look alike whatever the model does.",
    silencedBy: [
      "Rows chosen by the column within the loop.",
      "`# fairwatt: ignore[FW109] reason`, where setting the column is meant (a counterfactual).",
    ],
    fixSafety: "The figures change: they become those of the groups.",
    references: ["Seen in a public repository's slice evaluation, 2026."],
  },
  examples: {
    bad: [{ file: "slices.py", text: program("part[column] = value"), findings: ["part[column]"] }],
    good: [
      { file: "chosen.py", text: program("part = part[part[column] == value]"), findings: [] },
      // A counterfactual: predictions are compared, nothing is measured against labels.
      {
        file: "counterfactual.py",
        text: program("part[column] = value", "flips[value] = model.predict(part[features])"),
        findings: [],
      },
    ],
  },
  check,
};
