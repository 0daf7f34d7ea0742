/** Which rows a comparison between groups is made on: what is predicted for them, and their labels, in a file's own words. */

import type { Call, PythonFacts, Value } from "../../../python/python-facts.ts";
import { takesCells } from "../../own-cell.ts";
import type { PersonEvidence } from "../person-evidence.ts";
import type { TrainingEvent } from "../training-event.ts";
import { frameRowsOf } from "./frame-expressions.ts";

export interface EvaluatedRows {
  /** Expression of the rows' features. */
  x: string;
  yTrue: string;
  yPred: string;
  /** Statement that makes `yPred`, where no prediction of these rows is bound to a name. */
  predict?: string;
  /** The comparison stands at this call's statement. */
  at: Call;
  /** True where they are the rows that the model was trained on. */
  seen?: boolean;
}

/** The name of predictions that the file does not name. */
const Y_PRED = "y_pred";

export function evaluatedRows(
  facts: PythonFacts,
  event: TrainingEvent,
  person: PersonEvidence,
): EvaluatedRows {
  const found = CROSS_VALIDATION.test(event.call.callee)
    ? crossValidated(event.call)
    : event.kind === "evaluate"
      ? measured(facts, event.call)
      : trained(facts, event, person);
  return found ?? { x: "X_test", yTrue: "y_test", yPred: Y_PRED, at: event.call };
}

const CROSS_VALIDATION = /^sklearn\.model_selection\.cross_(?:val_|validate)/;

/** Each row as the model predicts it that is trained without its fold. */
function crossValidated(call: Call): EvaluatedRows | undefined {
  const [model, x, y] = ["estimator", "X", "y"].map((name, at) => call.args[at] ?? call.keywords.get(name));
  if (model === undefined || x === undefined || y === undefined) return undefined;
  const common = { x: x.text, yTrue: y.text, at: call };
  const named = call.method === "cross_val_predict" && !call.keywords.has("method");
  if (named && call.targets[0] !== undefined) return { ...common, yPred: call.targets[0] };
  const folds = call.keywords.get("cv");
  const given = [model.text, x.text, y.text, ...(folds === undefined ? [] : [`cv=${folds.text}`])];
  return { ...common, yPred: Y_PRED, predict: `${Y_PRED} = cross_val_predict(${given.join(", ")})` };
}

/** `accuracy_score(y_test, model.predict(X_test))`, of a model made elsewhere. */
function measured(facts: PythonFacts, call: Call): EvaluatedRows | undefined {
  const labels = labelsIn(call);
  const prediction = predictionIn(call);
  if (labels === undefined || prediction === undefined) return undefined;
  const made = facts.predictions.findLast(
    ({ name, call: { order } }) => name === prediction.name && order < call.order,
  );
  const predicts = [made?.call, prediction.call].find((each) => each && /^predict/.test(each.method));
  const isNamed = prediction.name !== undefined;
  return {
    x: predicts?.args[0]?.text ?? "X_test",
    yTrue: labels.text,
    yPred: isNamed ? prediction.name! : Y_PRED,
    ...(isNamed ? {} : { predict: `${Y_PRED} = ${prediction.text}` }),
    at: call,
  };
}

const labelsIn = ({ args, keywords }: Call): Value | undefined => keywords.get("y_true") ?? args[0];
const predictionIn = ({ args, keywords }: Call): Value | undefined => keywords.get("y_pred") ?? args[1];

/** Rows that the trained model predicts, or is scored on; else the rows that a split held back, else those it was trained on. */
function trained(
  facts: PythonFacts,
  event: TrainingEvent,
  person: PersonEvidence,
): EvaluatedRows | undefined {
  const { call, x, y } = event;
  const model = modelOf(facts, call);
  if (model === undefined) return undefined;
  const freshly = (rows: string) => ({
    x: rows,
    yPred: Y_PRED,
    predict: `${Y_PRED} = ${model.text}.predict(${rows})`,
  });
  // What the model was trained on comes last.
  const predictions = facts.calls
    .filter((each) => /^predict(?:_classes)?$/.test(each.method) && model.isOf(each) && each.args.length > 0)
    .sort((a, b) => Number(a.args[0]!.text === x?.text) - Number(b.args[0]!.text === x?.text));
  for (const each of predictions) {
    const yPred = each.targets.length === 1 ? each.targets[0] : columnOf(facts, each);
    // A new cell stands behind the one that trains.
    if (yPred === undefined || (takesCells(facts) && isInLaterCell(facts, call, each))) continue;
    const rows = each.args[0]!.text;
    return { x: rows, yTrue: labelsOf(facts, each, yPred, rows, person), yPred, at: each };
  }
  const scored = facts.calls.find(
    (each) => each.method === "score" && model.isOf(each) && each.args.length > 1,
  );
  if (scored !== undefined) {
    const [rows, labels] = scored.args;
    // Behind the training, and not in another function where the model has another name.
    return { ...freshly(rows!.text), yTrue: labels!.text, at: model.isCall ? scored : call };
  }
  const [first] = predictions;
  if (first !== undefined) {
    const rows = first.args[0]!.text;
    const yTrue = labelsOf(facts, first, undefined, rows, person);
    return { ...freshly(rows), yTrue, at: first.inFunction === call.inFunction ? first : call };
  }
  const split = splitOf(facts, x?.name);
  if (split !== undefined) return { ...freshly(split.targets[1]!), yTrue: split.targets[3]!, at: call };
  const areRows = call.method === "fit" && x?.reads.length !== 0 && y?.reads.length !== 0;
  if (x === undefined || y === undefined || !areRows) return undefined;
  return { ...freshly(x.text), yTrue: y.text, at: call, seen: true };
}

interface Model {
  text: string;
  /** True where the call that trains stands for it: `LogisticRegression().fit(X, y).score(...)`. */
  isCall: boolean;
  /** True of a call of one of its methods. */
  isOf(call: Call): boolean;
}

function modelOf(facts: PythonFacts, call: Call): Model | undefined {
  const owner = call.receiver?.name;
  const isModule = facts.imports.some(({ alias }) => alias === owner);
  const fits = /fit|^search$/.test(call.method);
  const name = fits && owner !== undefined && !isModule ? owner : call.targets[0];
  if (name !== undefined)
    return {
      text: name,
      isCall: false,
      isOf: ({ receiver }) => receiver?.name === name || receiver?.name === `${name}.best_estimator_`,
    };
  if (call.method !== "fit" || call.receiver === undefined) return undefined;
  const text = facts.text.slice(call.range.start, call.range.end);
  return { text, isCall: true, isOf: ({ receiver }) => receiver?.call === call };
}

function isInLaterCell({ cells }: PythonFacts, call: Call, later: Call): boolean {
  return cells.some(({ range }) => call.range.end <= range.start && range.start <= later.range.start);
}

/** `test["pred"] = model.predict(...)`. */
function columnOf(facts: PythonFacts, call: Call): string | undefined {
  return facts.assignments.find(({ value, column }) => column !== undefined && value.call === call)?.target;
}

/** The split whose training rows `name` holds, else the first of the file. */
function splitOf(facts: PythonFacts, name: string | undefined): Call | undefined {
  const splits = facts.calls.filter(
    ({ method, targets }) => method === "train_test_split" && targets.length >= 4,
  );
  return splits.find(({ targets }) => name !== undefined && targets.includes(name)) ?? splits[0];
}

/** Labels of predicted rows: what a metric compares the prediction with, what a split gives beside them, a column of their frame. */
function labelsOf(
  facts: PythonFacts,
  predict: Call,
  yPred: string | undefined,
  x: string,
  person: PersonEvidence,
): string {
  const metric = facts.calls.find((call) => {
    if (!call.callee.startsWith("sklearn.metrics.") || call.inFunction !== predict.inFunction) return false;
    const given = predictionIn(call);
    return given !== undefined && (given.call === predict || (yPred !== undefined && given.text === yPred));
  });
  const compared = metric && labelsIn(metric);
  if (compared !== undefined && compared.call === undefined) return compared.text;
  const split = splitOf(facts, x);
  const position = split?.targets.indexOf(x) ?? -1;
  if (split !== undefined && position >= 0) return split.targets[position + 2] ?? split.targets[3]!;
  const origin = frameRowsOf(facts, x, predict);
  const target = person.target?.name;
  if (origin !== undefined && origin.split === undefined && target !== undefined)
    return `${origin.frame}${origin.rows}[${JSON.stringify(target)}]`;
  return split?.targets[3] ?? "y_test";
}
