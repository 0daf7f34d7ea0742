/** Which rows a comparison between groups is made on: what is predicted for them, and their labels, in a file's own words. */

import type { Call, PythonFacts, Value } from "../../../python/python-facts.ts";
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
  const predicts = made?.call ?? prediction.call;
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
  { call, x, y }: TrainingEvent,
  person: PersonEvidence,
): EvaluatedRows | undefined {
  const name = call.receiver?.name ?? (call.method === "fit" ? call.targets[0] : undefined);
  // `LogisticRegression().fit(X, y).score(...)`: the call itself is the model.
  const isCall = name === undefined && call.method === "fit" && call.receiver !== undefined;
  const model = name ?? (isCall ? facts.text.slice(call.range.start, call.range.end) : undefined);
  const predict = (rows: string) =>
    model === undefined ? {} : { predict: `${Y_PRED} = ${model}.predict(${rows})` };
  const isOwn = (receiver: Value | undefined) =>
    name === undefined
      ? isCall && receiver?.call === call
      : receiver?.name === name || receiver?.name === `${name}.best_estimator_`;

  const predictions = facts.calls.filter(
    (each) => /^predict(?:_classes)?$/.test(each.method) && isOwn(each.receiver) && each.args.length > 0,
  );
  for (const each of predictions) {
    const yPred = each.targets.length === 1 ? each.targets[0] : columnOf(facts, each);
    if (yPred === undefined) continue;
    const rows = each.args[0]!.text;
    return { x: rows, yTrue: labelsOf(facts, each, yPred, rows, person), yPred, at: each };
  }
  const scored = facts.calls.find(
    (each) => each.method === "score" && isOwn(each.receiver) && each.args.length > 1,
  );
  if (scored !== undefined) {
    const [rows, labels] = [scored.args[0]!.text, scored.args[1]!.text];
    // Behind the training, and not in another function where the model has another name.
    const at = name === undefined ? scored : call;
    return { x: rows, yTrue: labels, yPred: Y_PRED, ...predict(rows), at };
  }
  const inMetric = predictions[0];
  if (inMetric !== undefined) {
    const rows = inMetric.args[0]!.text;
    return {
      x: rows,
      yTrue: labelsOf(facts, inMetric, undefined, rows, person),
      yPred: Y_PRED,
      ...predict(rows),
      at: inMetric.inFunction === call.inFunction ? inMetric : call,
    };
  }
  const split = splitOf(facts, x?.name);
  if (split !== undefined)
    return {
      x: split.targets[1]!,
      yTrue: split.targets[3]!,
      yPred: Y_PRED,
      ...predict(split.targets[1]!),
      at: call,
    };
  if (x === undefined || y === undefined || model === undefined) return undefined;
  return { x: x.text, yTrue: y.text, yPred: Y_PRED, ...predict(x.text), at: call, seen: true };
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
