/** What names of libraries say without running them: which calls make a model, a frame, a prediction. */

import { pattern } from "../pattern.ts";
import { remembered } from "../remembered.ts";

/** Methods that return their object, so that its class is kept: `model = Net().to(device)`. */
const RETURNS_SELF = new Set([
  "fit",
  "partial_fit",
  "to",
  "cuda",
  "cpu",
  "half",
  "float",
  "bfloat16",
  "double",
  "eval",
  "train",
  "requires_grad_",
  "set_params",
  "set_output",
  "set_fit_request",
  "compile_model",
]);

const FRAME_READERS =
  /^(?:pandas|polars|dask\.dataframe|modin\.pandas|cudf)\.(?:read_\w+|DataFrame|concat|merge|get_dummies|from_\w+)$/;

const readsFrame = remembered((callee) => FRAME_READERS.test(callee));

const FRAME_METHODS = new Set([
  "copy",
  "drop",
  "drop_duplicates",
  "dropna",
  "fillna",
  "replace",
  "rename",
  "merge",
  "join",
  "sample",
  "query",
  "head",
  "tail",
  "assign",
  "astype",
  "reset_index",
  "set_index",
  "sort_values",
  "select_dtypes",
  "filter",
  "apply",
  "pipe",
  "reindex",
  "clip",
  "append",
]);

/** The class of what a call makes: "pandas.DataFrame", a capitalized callee, the class of a `from_...` constructor. */
export function classOfResult(callee: string, method: string): string | undefined {
  if (readsFrame(callee)) return "pandas.DataFrame";
  const owner = callee.slice(0, Math.max(0, callee.length - method.length - 1));
  if (owner === "pandas.DataFrame" && FRAME_METHODS.has(method)) return owner;
  if (/^[A-Z]/.test(method)) return callee;
  const ownerName = owner.slice(owner.lastIndexOf(".") + 1);
  if (/^[A-Z]/.test(ownerName)) {
    if (RETURNS_SELF.has(method)) return owner;
    if (/^(?:from_|load_from_|load_model$|restore$|create$|get_peft_model$)/.test(method)) return owner;
  }
  return undefined;
}

/** Last part of a dotted name: "fit". */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

const PREDICTING_METHODS = new Set([
  "predict",
  "predict_proba",
  "predict_log_proba",
  "predict_classes",
  "decision_function",
  "cross_val_predict",
  "predict_model",
  "predict_on_batch",
  "predict_survival_function",
  "fit_predict",
  "batch_predict",
  "run_inference",
  "inference",
]);

export function isPredictingMethod(method: string): boolean {
  return PREDICTING_METHODS.has(method);
}

/** Methods of a model that score it on data they are given. */
export function isScoringMethod(method: string): boolean {
  return method === "score" || method === "evaluate" || method === "evaluate_generator";
}

const PREDICTION_NAME = pattern("i")`
  ^(?:
    y_?hat|yhat|y_?pred\w*|pred|preds|predicted|prediction|predictions|y_?proba?s?|y_?scores?|pred_\w+|
    \w+_pred|\w+_preds|\w+_predictions?|\w+_predicted|predicted_\w+|proba|probas|\w+_probabilities|
    residuals?|abs_error|is_correct|correct|misclassified|fp|fn|false_positives?|false_negatives?
  )$
`;

/** Names that mean model output wherever they stand: parameters of an evaluation function, columns of a results file. */
export function isPredictionName(name: string): boolean {
  return PREDICTION_NAME.test(name);
}
