/** A comparison of results between groups, written with a file's own names. */

import type { Fix, TextRange } from "../../finding.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import type { PersonEvidence } from "./person-evidence.ts";
import { LIBRARIES, type Names } from "./snippet-writers.ts";
import type { TrainingEvent } from "./training-event.ts";

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
  // Values of a column ("male", in a map) are no columns.
  const inFrame = person.protectedColumns.filter(
    ({ name }) => !/^(?:fe)?male$/i.test(name) && (!/_/.test(name) || name.length < 20),
  );
  const columns = [...new Set(inFrame.map(({ name }) => name))].slice(0, 3);
  const regression = /Regressor|(?<!Logistic)Regression|ElasticNet|Lasso|Ridge(?!Classifier)|SVR|OLS/.test(
    event.call.callee,
  );
  const asideName = split?.targets.slice(4).find((name) => /test/i.test(name));
  const needsPredict = prediction === undefined && event.kind === "fit" && model !== undefined;
  // Networks of Keras give probabilities where other models give labels.
  const probabilities = /^(?:keras|tensorflow|tf_keras)\./.test(event.call.callee) && !regression;
  return {
    yTrue,
    yPred: probabilities ? labelsOf(yPred, facts) : yPred,
    ...(needsPredict ? { predict: `${yPred} = ${model}.predict(${xTest})` } : {}),
    ...(asideName === undefined
      ? sensitiveRows(facts, person, split, xTest, yTrue, columns)
      : { sensitive: asideName }),
    columns,
    regression,
  };
}

/** Labels of a network's output: one column of probabilities, or one for each class. */
function labelsOf(yPred: string, facts: PythonFacts): string {
  return /softmax/.test(facts.text) ? `np.argmax(${yPred}, axis=1)` : `(${yPred} > 0.5)`;
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
  split: Call | undefined,
  xTest: string,
  yTrue: string,
  columns: string[],
): Pick<Names, "sensitive" | "before"> {
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
  if (frame === undefined || frame === xTest) return { sensitive: `${xTest}[${list}]` };
  if (split === undefined || !hasNoIndex(facts, split))
    return { sensitive: `${frame}.loc[${yTrue}.index, ${list}]` };
  const options = [...split.keywords].map(([name, value]) => `, ${name}=${value.text}`).join("");
  if (split.keywords.has("random_state") || split.keywords.get("shuffle")?.literal === false) {
    // The same split of the row numbers gives the same rows.
    const before = [
      "from sklearn.model_selection import train_test_split",
      `_, test_rows = train_test_split(range(len(${frame}))${options})`,
    ];
    return { before, sensitive: `${frame}.iloc[test_rows][${list}]` };
  }
  const data = split.args.map(({ text }) => text).join(", ");
  const before = [
    `# ${yTrue} is an array without an index: keep these columns aside at the split, which gives them the same rows:`,
    `# ${split.targets.join(", ")}, _, sensitive_test = train_test_split(${data}, ${frame}[${list}]${options})`,
  ];
  return { before, sensitive: "sensitive_test" };
}

/** True when the labels that are split are an array: rows can then not be found again by their index. */
function hasNoIndex(facts: PythonFacts, split: Call): boolean {
  const labels = split.args[1];
  const made = facts.assignments.filter(({ target }) => target === labels?.name).at(-1);
  const text = `${labels?.text ?? ""}\n${made?.value.text ?? ""}`;
  return /\.values\b|\.to_numpy\(|fit_transform\(|\bnp\.|\bnumpy\.|\.ravel\(|to_categorical\(/.test(text);
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
