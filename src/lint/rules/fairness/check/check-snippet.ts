/** A comparison of results between groups, written with a file's own names. */

import type { Fix, TextRange } from "../../../finding.ts";
import type { ProjectEvidence } from "../../../project/evidence.ts";
import { isCompound, type LogicalLine, lineAt, logicalLinesOf } from "../../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../../python/python-facts.ts";
import { takesCells } from "../../own-cell.ts";
import type { PersonEvidence } from "../person-evidence.ts";
import type { TrainingEvent } from "../training-event.ts";
import { type EvaluatedRows, evaluatedRows } from "./evaluated-rows.ts";
import { sensitiveRows } from "./sensitive-rows.ts";
import { LIBRARIES, type Names } from "./snippet-writers.ts";

/** One display fix per library that the file or the project has; plain pandas always, as the last. */
export function checkFixes(
  facts: PythonFacts,
  event: TrainingEvent,
  person: PersonEvidence,
  evidence: ProjectEvidence | undefined,
): Fix[] {
  const evaluated = evaluatedRows(facts, event, person);
  const names = namesOf(facts, event, person, evaluated);
  const place = takesCells(facts) ? undefined : placeOf(facts, event, evaluated);
  if (place === undefined && !takesCells(facts)) return [];
  const has = (library: string) =>
    library === "pandas" ||
    evidence?.dependencies.has(library) === true ||
    facts.imports.some(({ module }) => module.split(".")[0] === library);
  return LIBRARIES.filter(
    ({ name }) => has(name) && !(names.regression && (name === "aif360" || name === "aequitas")),
  ).map(({ title, write }): Fix => {
    const lines = importsFirst(write(names), names.predict, facts);
    const what = `Insert a comparison by ${names.columns.slice(0, 3).join(", ") || "group"} with ${title}`;
    if (place === undefined) return { title: what, safety: "display", edits: [], newCell: lines.join("\n") };
    const edits = [...(names.atSplit ?? []), { range: place.at, newText: place.write(lines) }];
    return { title: what, safety: "display", edits };
  });
}

function importsFirst(lines: string[], predict: string | undefined, facts: PythonFacts): string[] {
  const isImport = (line: string) => /^(?:import|from) /.test(line);
  const rest = lines.filter((line) => !isImport(line) && line !== "");
  const imports = [
    ...(predict?.includes("= cross_val_predict(")
      ? ["from sklearn.model_selection import cross_val_predict"]
      : []),
    ...lines.filter(isImport),
  ].flatMap((line) => missingImport(line, facts));
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

const REGRESSION = /Regressor|(?<!Logistic)Regression|ElasticNet|Lasso|Ridge(?!Classifier)|SVR|OLS/;

function namesOf(
  facts: PythonFacts,
  event: TrainingEvent,
  person: PersonEvidence,
  evaluated: EvaluatedRows,
): Names {
  const { call } = event;
  const { yTrue, yPred, predict, seen } = evaluated;
  const regression = REGRESSION.test(`${call.callee} ${call.args[0]?.call?.callee ?? ""}`);
  // Networks of Keras give probabilities where other models give labels.
  const probabilities = /^(?:keras|tensorflow|tf_keras)\./.test(call.callee) && !regression;
  const sensitive = sensitiveRows(facts, person, evaluated);
  const before = [
    ...(seen ? [TRAINED_ON] : []),
    ...toFillIn(facts.text, predict === undefined ? [yTrue, yPred] : [yTrue, evaluated.x]),
    ...(sensitive.before ?? []),
  ];
  return {
    ...sensitive,
    yTrue,
    yPred: probabilities ? labelsOf(yPred, facts) : yPred,
    ...(predict === undefined ? {} : { predict }),
    ...(before.length === 0 ? {} : { before }),
    regression,
  };
}

const TRAINED_ON = "# The model was trained on these rows: rows that it has not seen say more.";

/** Says which names the file does not have: a person puts theirs. */
function toFillIn(text: string, expressions: readonly string[]): string[] {
  const names = expressions
    .map((each) => /^[A-Za-z_]\w*/.exec(each)?.[0])
    .filter((name) => name !== undefined);
  const missing = [...new Set(names)].filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  return missing.length === 0
    ? []
    : [`# This file has no ${missing.join(" and no ")}: put its own names for the rows to compare.`];
}

/** Labels of a network's output: one column of probabilities, or one for each class. */
function labelsOf(yPred: string, facts: PythonFacts): string {
  return /softmax/.test(facts.text) ? `np.argmax(${yPred}, axis=1)` : `(${yPred} > 0.5)`;
}

interface Place {
  at: TextRange;
  write(lines: readonly string[]): string;
}

/** Behind the statement; before it where it returns. None in the head of a loop or branch, or where the model is not trained yet. */
function placeOf(facts: PythonFacts, event: TrainingEvent, { at }: EvaluatedRows): Place | undefined {
  const line = ownLine(facts, at) ?? lineAt(logicalLinesOf(facts), at.range.start);
  if (line === undefined || isCompound(line)) return undefined;
  const indented = (lines: readonly string[]) => lines.map((each) => (each === "" ? "" : line.indent + each));
  if (/^(?:return|yield|raise|assert)\b/.test(line.code)) {
    const trainsThere = line.start <= event.call.range.start && event.call.range.end <= line.end;
    if (trainsThere && event.kind === "fit" && event.call.receiver?.name !== undefined) return undefined;
    const start = line.start - line.indent.length;
    return { at: { start, end: start }, write: (lines) => `${indented(lines).join("\n")}\n\n` };
  }
  const end = lineEnd(facts.text, line.end);
  return { at: { start: end, end }, write: (lines) => `\n\n${indented(lines).join("\n")}` };
}

/** The call's statement where that is the call alone, or its assignment: the usual case, for which no line is looked for. */
function ownLine({ text, assignments }: PythonFacts, { range }: Call): LogicalLine | undefined {
  const { start, end } =
    assignments.find(({ range: { start, end } }) => start <= range.start && range.end === end)?.range ??
    range;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = text.slice(lineStart, start);
  const isAlone = /^[ \t]*$/.test(indent) && /^[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
  return isAlone ? { start, end, indent, code: text.slice(start, end) } : undefined;
}

/** Where the line ends that an offset is in, before its break. */
function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  const end = at < 0 ? text.length : at;
  return text[end - 1] === "\r" && end > from ? end - 1 : end;
}
