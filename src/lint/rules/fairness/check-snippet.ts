/** A comparison of results between groups, written with a file's own names. */

import type { Fix, TextRange } from "../../finding.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { isAge } from "./lexicon.ts";
import type { PersonEvidence } from "./person-evidence.ts";
import type { TrainingEvent } from "./training-events.ts";

interface Names {
  yTrue: string;
  yPred: string;
  /** Statement that makes predictions, where the file has none bound to a name. */
  predict?: string;
  /** Expression for the sensitive columns of the test rows. */
  sensitive: string;
  columns: string[];
  regression: boolean;
}

const LIBRARIES = [
  { name: "fairlearn", title: "Fairlearn", write: fairlearn },
  { name: "aif360", title: "AIF360", write: aif360 },
  { name: "aequitas", title: "Aequitas", write: aequitas },
  { name: "pandas", title: "pandas", write: plainPandas },
] as const;

/** One display fix per library that the file or the project has; plain pandas always, as the last. */
export function checkFixes(
  facts: PythonFacts,
  event: TrainingEvent,
  person: PersonEvidence,
  evidence: ProjectEvidence | undefined,
): Fix[] {
  const names = namesOf(facts, event, person);
  const anchor = anchorOf(facts, event, names);
  if (anchor === undefined) return [];
  const has = (library: string) =>
    library === "pandas" ||
    evidence?.dependencies.has(library) === true ||
    facts.imports.some(({ module }) => module.split(".")[0] === library);
  return LIBRARIES.filter(
    ({ name }) => has(name) && !(names.regression && (name === "aif360" || name === "aequitas")),
  ).map(({ title, write }): Fix => {
    const code = importsFirst(write(names), names.predict).join("\n");
    const what = `Insert a comparison by ${names.columns.slice(0, 3).join(", ") || "group"} with ${title}`;
    if (facts.isNotebook) return { title: what, safety: "display", edits: [], newCell: code };
    const newText = code
      .split("\n")
      .map((line) => (line === "" ? "" : anchor.indent + line))
      .join("\n");
    const at: TextRange = { start: anchor.offset, end: anchor.offset };
    return { title: what, safety: "display", edits: [{ range: at, newText: `\n\n${newText}` }] };
  });
}

function importsFirst(lines: string[], predict: string | undefined): string[] {
  const isImport = (line: string) => /^(?:import|from) /.test(line);
  const rest = lines.filter((line) => !isImport(line) && line !== "");
  return [...lines.filter(isImport), "", ...(predict === undefined ? [] : [predict]), ...rest];
}

function namesOf(facts: PythonFacts, event: TrainingEvent, person: PersonEvidence): Names {
  const model = event.call.receiver?.name;
  const prediction = facts.predictions.find(
    ({ call }) =>
      /^predict(?:_classes)?$/.test(call.method) &&
      (model === undefined || call.receiver?.name === model) &&
      call.targets.length === 1,
  );
  const split = facts.calls.find(
    ({ method, targets }) => method === "train_test_split" && targets.length >= 4,
  );
  const xTest = prediction?.call.args[0]?.name ?? split?.targets[1] ?? "X_test";
  const yTrue =
    event.kind === "evaluate" ? (event.y?.name ?? "y_test") : (testLabels(split, xTest) ?? "y_test");
  const yPred =
    prediction?.name ?? (event.kind === "evaluate" ? (event.call.args[1]?.name ?? "y_pred") : "y_pred");
  const inFrame = person.protectedColumns.filter(({ name }) => !/_/.test(name) || name.length < 20);
  const columns = [...new Set(inFrame.map(({ name }) => name))].slice(0, 3);
  const regression = /Regressor|(?<!Logistic)Regression|ElasticNet|Lasso|Ridge(?!Classifier)|SVR|OLS/.test(
    event.call.callee,
  );
  const asideName = split?.targets.slice(4).find((name) => /test/i.test(name));
  const needsPredict = prediction === undefined && event.kind === "fit" && model !== undefined;
  return {
    yTrue,
    yPred,
    ...(needsPredict ? { predict: `${yPred} = ${model}.predict(${xTest})` } : {}),
    sensitive: asideName ?? sensitiveRows(facts, person, xTest, yTrue, columns),
    columns,
    regression,
  };
}

/** In `X_train, X_test, y_train, y_test = train_test_split(X, y)`, what belongs to X_test. */
function testLabels(split: Call | undefined, xTest: string): string | undefined {
  const position = split?.targets.indexOf(xTest) ?? -1;
  return split === undefined
    ? undefined
    : ((position >= 0 ? split.targets[position + 2] : undefined) ?? split.targets[3]);
}

/** The columns as they were before encoding, for the rows of the test set: pandas keeps the index through a split. */
function sensitiveRows(
  facts: PythonFacts,
  person: PersonEvidence,
  xTest: string,
  yTrue: string,
  columns: string[],
): string {
  const list =
    columns.length === 0
      ? "sensitive_columns"
      : `[${columns.map((name) => JSON.stringify(name)).join(", ")}]`;
  const first = person.protectedColumns[0];
  const use = facts.columns.find(
    ({ range, frame }) => frame !== undefined && range.start === first?.range.start,
  );
  const loaded = facts.calls.find(
    ({ callee, targets }) => /^pandas\.read_/.test(callee) && targets.length === 1,
  )?.targets[0];
  const frame = use?.frame ?? loaded;
  return frame === undefined || frame === xTest
    ? `${xTest}[${list}]`
    : `${frame}.loc[${yTrue}.index, ${list}]`;
}

function anchorOf(
  facts: PythonFacts,
  event: TrainingEvent,
  names: Names,
): { offset: number; indent: string } | undefined {
  const calls = [
    ...facts.predictions.filter(({ name }) => name === names.yPred).map(({ call }) => call),
    event.call,
  ];
  const call = names.predict === undefined ? calls[0]! : event.call;
  const statement = facts.assignments.find(
    ({ range }) =>
      range.start <= call.range.start && call.range.end <= range.end && range.end - call.range.end < 200,
  );
  const start = statement?.range.start ?? call.range.start;
  const end = statement?.range.end ?? call.range.end;
  const { text } = facts;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const offset = lineEnd < 0 ? text.length : lineEnd;
  const before = text.slice(lineStart, start);
  const after = text.slice(end, offset);
  // Only behind a statement of its own: anything else on the line would be torn apart.
  if (!/^[ \t]*$/.test(before) || !/^[ \t\r]*(?:#.*)?$/.test(after))
    return facts.isNotebook ? { offset: end, indent: "" } : undefined;
  return { offset: text[offset - 1] === "\r" ? offset - 1 : offset, indent: before };
}

function grouped(names: Names): string[] {
  const lines = [
    ...(names.columns.length === 0
      ? ['sensitive_columns = ["sex"]  # the columns of your data to compare']
      : []),
  ];
  lines.push(`sensitive_rows = ${names.sensitive}`);
  for (const age of names.columns.filter((name) => isAge(name)))
    lines.push(
      `sensitive_rows = sensitive_rows.assign(**{${JSON.stringify(age)}: pd.cut(sensitive_rows[${JSON.stringify(age)}], 4)})`,
    );
  return lines.some((line) => line.includes("pd.")) ? ["import pandas as pd", ...lines] : lines;
}

function fairlearn(names: Names): string[] {
  const metrics = names.regression
    ? '{"n": count, "mean_absolute_error": mean_absolute_error}'
    : '{"n": count, "accuracy": accuracy_score, "selection_rate": selection_rate, "false_negative_rate": false_negative_rate}';
  return [
    names.regression
      ? "from fairlearn.metrics import MetricFrame, count"
      : "from fairlearn.metrics import MetricFrame, count, false_negative_rate, selection_rate",
    names.regression
      ? "from sklearn.metrics import mean_absolute_error"
      : "from sklearn.metrics import accuracy_score",
    ...grouped(names),
    "by_group = MetricFrame(",
    `    metrics=${metrics},`,
    `    y_true=${names.yTrue},`,
    `    y_pred=${names.yPred},`,
    "    sensitive_features=sensitive_rows,",
    ")",
    "print(by_group.by_group)",
    "print(by_group.difference())",
  ];
}

function plainPandas(names: Names): string[] {
  const by =
    names.columns.length === 0
      ? "sensitive_columns"
      : `[${names.columns.map((name) => JSON.stringify(name)).join(", ")}]`;
  const lines = grouped(names);
  return [
    ...lines,
    `results = sensitive_rows.assign(y_true=${names.yTrue}, y_pred=${names.yPred})`,
    names.regression
      ? 'results["error"] = (results["y_pred"] - results["y_true"]).abs()'
      : 'results["error"] = results["y_pred"] != results["y_true"]',
    `for column in ${by}:`,
    names.regression
      ? '    print(results.groupby(column).agg(n=("y_pred", "size"), mean_error=("error", "mean")))'
      : '    print(results.groupby(column).agg(n=("y_pred", "size"), selection_rate=("y_pred", "mean"), error_rate=("error", "mean")))',
  ];
}

function aif360(names: Names): string[] {
  return [
    "from aif360.sklearn.metrics import disparate_impact_ratio, equal_opportunity_difference",
    ...grouped(names),
    "for column in sensitive_rows:",
    "    print(column, disparate_impact_ratio(",
    `        ${names.yTrue}, ${names.yPred}, prot_attr=sensitive_rows[column], priv_group=sensitive_rows[column].mode()[0]`,
    "    ))",
    "    print(column, equal_opportunity_difference(",
    `        ${names.yTrue}, ${names.yPred}, prot_attr=sensitive_rows[column], priv_group=sensitive_rows[column].mode()[0]`,
    "    ))",
  ];
}

function aequitas(names: Names): string[] {
  return [
    "from aequitas import Audit",
    ...grouped(names),
    `audited = sensitive_rows.astype(str).assign(score=${names.yPred}, label_value=${names.yTrue})`,
    'audit = Audit(audited, label_column="label_value", score_column="score")',
    "audit.audit()",
    "print(audit.disparity_df)",
  ];
}
