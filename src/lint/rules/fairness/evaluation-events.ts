/** Where a program measures the predictions of a model that is made elsewhere. */

import { pattern } from "../../pattern.ts";
import { columnsWithin } from "../../python/columns-within.ts";
import { isPredictingMethod, isPredictionName } from "../../python/names.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { areExamples, isGivenModel } from "./handed-models.ts";
import { eventOf, isServing, type TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

const SCORES = pattern()`
  (?:^|\.)(?:accuracy_score|roc_auc_score|f1_score|fbeta_score|precision_score|recall_score|
  classification_report|confusion_matrix|precision_recall_fscore_support|log_loss|brier_score_loss|
  mean_absolute_error|mean_squared_error|r2_score|balanced_accuracy_score|average_precision_score|
  cohen_kappa_score|matthews_corrcoef|root_mean_squared_error|mean_absolute_percentage_error|
  median_absolute_error|concordance_index|compute_model_metrics|compute_metrics|evaluate_model|
  calculate_metrics)$
`;

const CURVES = /^sklearn\.(?:metrics|calibration)\.(?:roc|precision_recall|det|calibration)_curve$/;

/** Curves and matrices of a model that is given with its examples and labels. */
const DISPLAYS = /^sklearn\.metrics\.\w+Display\.from_(?:estimator|predictions)$/;
/** A tracker that measures a registered model itself, an explainer that is given one. */
const TRACKED = /^(?:mlflow\.(?:models\.)?evaluate|dalex\.Explainer\.model_performance)$/;
/** The project's own: `generate_report(y_test, predictions)`, `evaluate_pipeline(pipeline, X, y)`. */
const isOwnReport = remembered((method) =>
  /(?:^|_)(?:report|evaluat\w+|metrics?|performance)(?:_|$)/.test(wordsOf(method)),
);

/** Detectors of outliers and drift are measured, too, and decide about nobody. */
const MONITORS = /^(?:alibi_detect|nannyml)\b/;

/** A page that shows how well a model does. */
const isDashboard = ({ imports }: PythonFacts): boolean =>
  imports.some(({ module }) => /^streamlit\b/.test(module));

/** Programs that load a model made elsewhere and measure its predictions: not a server, a library of metrics, a monitor of drift. */
export function evaluations(facts: PythonFacts): TrainingEvent[] {
  if (isServing(facts) && !isDashboard(facts)) return [];
  if (facts.imports.some(({ module }) => MONITORS.test(module))) return [];
  const score = facts.calls.find(
    (call) =>
      (DISPLAYS.test(call.callee) ||
        TRACKED.test(call.callee) ||
        isOwnEvaluation(call) ||
        isOwnMeasure(call, facts) ||
        isGivenModels(call, facts) ||
        isGivenAnswers(call, facts) ||
        isAgreement(call, facts) ||
        isScore(call, facts)) &&
      !isOfHelper(call, facts),
  );
  return score === undefined ? [] : [eventOf("evaluate", score, undefined, score.args[0])];
}

/** Keras measures a model that is loaded: `load_model("gender.h5").evaluate(test)`; TensorFlow 1 a graph's answers; others `model.score(X, y)`. */
function isOwnEvaluation({ callee, method, args, receiver }: Call): boolean {
  if (IN_GRAPH.test(callee)) return true;
  if (/^(?:score|evaluate)$/.test(method) && receiver !== undefined && areExamples(args[0], args[1]))
    return true;
  return (
    /^evaluate(?:_generator)?$/.test(method) &&
    args.length > 0 &&
    LOADED.test(receiver?.call?.callee ?? callee)
  );
}

const IN_GRAPH = /^tensorflow\.(?:compat\.v1\.)?(?:nn\.in_top_k|metrics\.\w+|confusion_matrix)$/;
const LOADED = /^(?:tensorflow\.)?keras\.(?:\w+\.)*(?:load_model|model_from_json)\b/;

/** The project's own evaluation of a model: `evaluate(model, test_loader)`, `create_report(model=model, dataset=test)`. */
function isOwnMeasure({ method, receiver, args, keywords }: Call, { definitions }: PythonFacts): boolean {
  if (receiver !== undefined || !isOwnReport(method)) return false;
  const names = [...args, ...keywords.values()].map(({ name = "" }) => name);
  return (
    names.some((name) => /^(?:model|net|clf|classifier)$/.test(name)) &&
    names.some((name) => /(?:loader|dataset|_ds|_dl)$/.test(name)) &&
    !definitions.some(({ name }) => name === method)
  );
}

/**
 * Models go in with the columns that they learn from, or with examples and labels:
 * `get_model_performance(df, feature_columns=columns, target_column=y, models=models)`, `evaluate_model(model=model, x=x, y=y)`.
 */
function isGivenModels({ method, keywords }: Call, { definitions }: PythonFacts): boolean {
  // A class only keeps what it is given.
  if (keywords.size < 3 || /^[A-Z]/.test(method) || !isOwnReport(method)) return false;
  const given = (name: RegExp) => [...keywords.keys()].some((key) => name.test(key));
  return (
    given(/^(?:models?|estimators?|classifiers?)$/) &&
    given(/^(?:y(?:_test|_true)?|(?:target|label)s?(?:_col(?:umn)?|_name)?)$/i) &&
    given(/^(?:x(?:_test)?|features?(?:_col(?:umn)?s?|_names?)?)$/i) &&
    !definitions.some(({ name }) => name === method)
  );
}

/** What was predicted and what was true go in by their names: `evaluate_scores(label_directory=a, prediction_directory=b)`. */
function isGivenAnswers({ method, keywords }: Call, { definitions }: PythonFacts): boolean {
  if (keywords.size < 2 || /^[A-Z]/.test(method) || !isOwnReport(method)) return false;
  const given = (name: RegExp) => [...keywords.keys()].some((key) => name.test(key));
  return (
    given(/^(?:predictions?|preds?|y_pred|predicted)(?:_|$)/) &&
    given(/^(?:labels?|y_true|truth|targets?|ground_truth|actuals?)(?:_|$)/) &&
    !definitions.some(({ name }) => name === method)
  );
}

/** The part of the predictions that is right: `(predictions == y_test).mean()`, `np.mean(y_test == predictions)`. */
function isAgreement({ method, receiver, args }: Call, facts: PythonFacts): boolean {
  const compared = method === "mean" ? (args[0] ?? receiver) : undefined;
  return (
    compared?.text.includes("==") === true &&
    compared.reads.some((name) => IS_LABEL.test(name)) &&
    (PREDICTS.test(compared.text) || compared.reads.some((name) => holdsPrediction(facts, name)))
  );
}

function isScore(call: Call, facts: PythonFacts): boolean {
  const { callee, method, receiver, args, keywords } = call;
  // A curve is drawn by whoever is given the points, and measures a model where that one is asked.
  const isCurve = CURVES.test(callee);
  if (isCurve && facts.predictions.length === 0) return false;
  const isOwn = receiver === undefined && args.length > 1 && isOwnReport(method);
  if (isOwn && readsAnswers(facts) && !facts.definitions.some(({ name }) => name === method)) return true;
  if (!isCurve && !SCORES.test(callee) && !(isOwn && args.some(({ name = "" }) => IS_LABEL.test(name))))
    return false;
  if (isOwn && isGivenModel(call) && !facts.definitions.some(({ name }) => name === method)) return true;
  return [...args, ...keywords.values()].some(
    (arg) =>
      arg.reads.some((name) => holdsPrediction(facts, name)) ||
      columnsWithin(facts, arg.range).some(({ name }) => SCORE_COLUMN.test(wordsOf(name))) ||
      (arg.call !== undefined && isPredictingMethod(arg.call.method)) ||
      PREDICTS.test(arg.text),
  );
}

/** A table of what was predicted and of what was true is read: `frame["prediction"]`, `frame["y_true"]`. */
const readsAnswers = ({ columns }: PythonFacts): boolean =>
  columns.some(({ name }) => isPredictionName(name)) && columns.some(({ name }) => TRUTH.test(name));

const TRUTH = /^(?:y_?true(?:_\w)?|true_label|ground_truth|actual)$/;

/** `model.predict_proba(X)[:, 1]` */
const PREDICTS = /\.(?:predict(?:_proba)?|decision_function)\(/;

/** What a model said, in a table: `df["risk_score"] > 0.5`, `frame["probability"]`. */
const SCORE_COLUMN =
  /(?:^|_)(?:pred(?:s|ict(?:ed|ion|ions))?|prob(?:a|s|as|ability|abilities)?|risk_score|model_score|y_?hat)(?:_|$)|^score$/;

/** A function that only measures what it is given, and that nothing here calls: one of a library of metrics. */
function isOfHelper({ inFunction, args, keywords }: Call, { calls, predictions }: PythonFacts): boolean {
  if (inFunction === undefined || inFunction.includes(".")) return false;
  const predicts =
    predictions.some(({ call }) => call.inFunction === inFunction && !RESHAPES.test(call.method)) ||
    calls.some((call) => call.inFunction === inFunction && isPredictingMethod(call.method));
  const isGivenModel =
    args.some(({ call }) => call !== undefined && !RESHAPES.test(call.method)) ||
    keywords.get("model")?.call !== undefined;
  return !predicts && !isGivenModel && !calls.some(({ method }) => method === inFunction);
}

/** What only gives scores another form: `y_pred = (y_score >= 0.5).astype(int)`. */
const RESHAPES =
  /^(?:astype|as_?array|array|where|round|rint|arg(?:max|sort)|ravel|squeeze|flatten|reshape|to_numpy|numpy|cpu|detach|DataFrame|Series|int|float|clip)$/;

const IS_LABEL =
  /^(?:y(?:_(?:test|true|val|valid))?|y[tT]est|test_labels?|labels?_test|true_labels?|actuals?)$/;

function holdsPrediction(facts: PythonFacts, name: string): boolean {
  return isPredictionName(name) || facts.predictions.some((use) => use.name === name);
}
