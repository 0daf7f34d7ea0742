/** A comparison of results between groups, written with a file's own names. */

import type { Fix, TextRange } from "../../finding.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { takesCells } from "../own-cell.ts";
import type { PersonEvidence } from "./person-evidence.ts";
import { columnsAside, sensitiveRows, testFrame } from "./sensitive-rows.ts";
import { LIBRARIES, listOf, type Names } from "./snippet-writers.ts";
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
    const code = importsFirst(write(names), names.predict, facts).join("\n");
    const what = `Insert a comparison by ${names.columns.slice(0, 3).join(", ") || "group"} with ${title}`;
    if (takesCells(facts)) return { title: what, safety: "display", edits: [], newCell: code };
    const newText = code
      .split("\n")
      .map((line) => (line === "" ? "" : anchor.indent + line))
      .join("\n");
    const at: TextRange = { start: anchor.offset, end: anchor.offset };
    const edits = [...(names.atSplit ?? []), { range: at, newText: `\n\n${newText}` }];
    return { title: what, safety: "display", edits };
  });
}

function importsFirst(lines: string[], predict: string | undefined, facts: PythonFacts): string[] {
  const isImport = (line: string) => /^(?:import|from) /.test(line);
  const rest = lines.filter((line) => !isImport(line) && line !== "");
  const imports = lines.filter(isImport).flatMap((line) => missingImport(line, facts));
  return [
    ...imports,
    ...(imports.length > 0 ? [""] : []),
    ...(predict === undefined ? [] : [predict]),
    ...rest,
  ];
}

/** The import line without the names that the file has: in a function a second import would hide them from the lines above. */
function missingImport(line: string, facts: PythonFacts): string[] {
  const has = (module: string, name: string | undefined, alias: string) =>
    facts.imports.some(
      (each) =>
        each.module === module &&
        each.name === name &&
        each.alias === alias &&
        (facts.isNotebook || isAtTop(facts.text, each.range.start)),
    );
  const [, package_ = "", short = ""] = /^import ([\w.]+) as (\w+)$/.exec(line) ?? [];
  if (package_ !== "") return has(package_, undefined, short) ? [] : [line];
  const [, module = "", names = ""] = /^from ([\w.]+) import (.+)$/.exec(line) ?? [];
  const missing = names.split(", ").filter((name) => !has(module, name, name));
  return missing.length === 0 ? [] : [`from ${module} import ${missing.join(", ")}`];
}

/** True where the line begins without white space: what a function imports is its own. */
function isAtTop(text: string, at: number): boolean {
  return /^\S/.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at + 1));
}

function namesOf(facts: PythonFacts, event: TrainingEvent, person: PersonEvidence): Names {
  // `clf = LogisticRegression().fit(X, y)`: the call gives the model.
  const model =
    event.call.receiver?.name ?? (event.call.method === "fit" ? event.call.targets[0] : undefined);
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
  const frame = testFrame(facts, prediction?.call);
  const target = person.target?.name;
  const inTestFrame = event.kind === "fit" && frame !== undefined && target !== undefined;
  const yTrue =
    event.kind === "evaluate"
      ? (event.y?.name ?? "y_test")
      : inTestFrame
        ? `${frame}[${JSON.stringify(target)}]`
        : (testLabels(split, xTest) ?? "y_test");
  const yPred =
    prediction?.name ?? (event.kind === "evaluate" ? (event.call.args[1]?.name ?? "y_pred") : "y_pred");
  // Values of a column ("male", in a map) are no columns.
  const inFrame = person.protectedColumns.filter(
    ({ name }) => !/^(?:fe)?male$/i.test(name) && (!/_/.test(name) || name.length < 20),
  );
  const asideName = split?.targets.slice(4).find((name) => /test/i.test(name));
  const aside = asideName === undefined ? undefined : columnsAside(facts, split!, asideName);
  const columns = aside ?? [...new Set(inFrame.map(({ name }) => name))].slice(0, 3);
  const regression = /Regressor|(?<!Logistic)Regression|ElasticNet|Lasso|Ridge(?!Classifier)|SVR|OLS/.test(
    event.call.callee,
  );
  const needsPredict = prediction === undefined && event.kind === "fit" && model !== undefined;
  // Networks of Keras give probabilities where other models give labels.
  const probabilities = /^(?:keras|tensorflow|tf_keras)\./.test(event.call.callee) && !regression;
  return {
    yTrue,
    yPred: probabilities ? labelsOf(yPred, facts) : yPred,
    ...(needsPredict ? { predict: `${yPred} = ${model}.predict(${xTest})` } : {}),
    ...(asideName !== undefined
      ? { sensitive: `pd.DataFrame(${asideName})` }
      : inTestFrame
        ? { sensitive: `${frame}[${listOf(columns)}]` }
        : sensitiveRows(facts, person, split, xTest, yTrue, columns)),
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
    return takesCells(facts) ? { offset: end, indent: "" } : undefined;
  return { offset: text[offset - 1] === "\r" ? offset - 1 : offset, indent: before };
}
