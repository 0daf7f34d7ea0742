/** Models that are made here and handed over to a function of another file, with what they learn from. */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { eventOf, type TrainingEvent } from "./training-event.ts";

/** What is named for something else than training. */
export const NO_TRAINER = pattern()`
  dataset|data_?module|tensor|store|scale|resampl|sampl|balance|smote|preprocess|transform|encode|feature|
  select_k|split|divide|partition|save|plot|show|draw|visuali|print|log|explain|shap|describe|load|build|
  create|make|init
`;

/** Libraries whose functions are no project's own. */
export const LIBRARIES = pattern()`
  ^(?:
    torch|tensorflow|keras|transformers|lightning|pytorch_lightning|spacy|ray|mlflow|sklearn|gensim|
    simpletransformers|flair|h2o|pyspark|ultralytics|setfit|sentence_transformers|trl|unsloth|peft|rasa|
    surprise
  )\b
`;

const MODEL_CLASS =
  /^(?:sklearn|xgboost|lightgbm|catboost|imblearn\.ensemble)\.(?:\w+\.)*(?:[A-Z]\w*)?(?:Classifier|Regressor|Regression|SVC|SVR|NB|CV|Ridge|Lasso|ElasticNet)$/;

/** Models made here go to a function of another file, with examples and labels: `external_validation(classifiers, X, y)`. */
export function modelHandedOver(call: Call, { definitions }: PythonFacts): TrainingEvent | undefined {
  const { args, callee, method, receiver } = call;
  if (args.length < 3 || receiver !== undefined || !isModelMadeHere(args[0], call)) return undefined;
  if (!(areExamples(args[1], args[2]) || hasExamples(call)) || NO_TRAINER.test(method)) return undefined;
  if (/^(?:sklearn|imblearn|mlxtend|yellowbrick|shap|eli5|matplotlib)\b/.test(callee)) return undefined;
  // Functions of this file are read themselves.
  return definitions.some(({ name }) => name === method) ? undefined : eventOf("fit", call, args[1], args[2]);
}

/** Several models made here go to a function of another file that runs them: `ml.run_models(names, classifiers, grid, df, target)`. */
export function modelsHandedOver(call: Call, { definitions }: PythonFacts): TrainingEvent | undefined {
  const { args, callee, method } = call;
  if (args.length < 3 || !RUNS_MODELS.test(method) || LIBRARIES.test(callee)) return undefined;
  const isGiven = args.some((arg) => (arg.items ?? arg.entries ?? []).length > 1 && areModels(arg));
  // Functions of this file are read themselves.
  const isOwn = definitions.some(({ name }) => name === method);
  return isGiven && !isOwn ? eventOf("fit", call) : undefined;
}

const RUNS_MODELS =
  /^(?:run|train|fit|compare|evaluate|test)_(?:\w+_)?(?:models|classifiers|clfs|algorithms|experiments?)$/;

/** A network goes to a function of another file with its batches: `train_tabular(net, optimizer, train_loader, epochs=20)`. */
export function loaderHandedOver(call: Call, { definitions }: PythonFacts): TrainingEvent | undefined {
  const { args, callee, method, receiver } = call;
  if (args.length < 2 || receiver !== undefined || !/^(?:train|training|fit|fine_?tune)_/.test(method))
    return undefined;
  const isGiven = (name: RegExp) => args.some((arg) => name.test(arg.name ?? ""));
  if (!isGiven(NETWORK) || !isGiven(LOADER) || /^(?:torch|tensorflow|keras)\b/.test(callee)) return undefined;
  // Functions of this file are read themselves.
  return definitions.some(({ name }) => name === method) ? undefined : eventOf("fit", call);
}

const NETWORK = /(?:^|[_.])(?:model|net|network|classifier)$/i;
const LOADER = /train(?:ing)?[_.]?(?:data[_.]?)?(?:loader|dl)$/i;

/** Does a call make a model of a library? A search tries the one that it is given. */
export const isModelMade = ({ callee }: Call): boolean =>
  MODEL_CLASS.test(callee) && !callee.endsWith("SearchCV");

function areModels(value: Value | undefined): boolean {
  const made = value?.items ?? value?.entries?.map((entry) => entry.value) ?? (value ? [value] : []);
  return made.length > 0 && made.every(({ call }) => call !== undefined && MODEL_CLASS.test(call.callee));
}

/** Also one after the other: `for model in [SVC(), Ridge()]: evaluate(model, X, y)`. */
function isModelMadeHere(value: Value | undefined, { loops }: Call): boolean {
  const loop = loops.findLast(({ target }) => target === value?.name);
  return areModels(loop === undefined ? value : loop.over);
}

const MODEL_NAME =
  /model|clf|classifier|regressor|estimator|pipe|learner|(?:^|_)(?:lr|rf|dt|nb|knn|sv[cm]|mlp|xgb|lgbm?|gbm)(?:_|$)/i;

/** Chosen in the call itself: `report(clf, df.drop(columns="left"), df["left"])`. */
const REST = /^\w+(?:\.drop\(|\[\w+\]$|\[\[)/;
const COLUMN = /^\w+(?:\.\w+|\[(?:["'][^"']+["']|\w+)\])$/;

/** A model goes in with examples and labels: `cross_validate_model(clf, X, y)`, `evaluate_pipeline(pipeline, X, y)`. */
export function isGivenModel({ args: [model, x, y] }: Call): boolean {
  return (
    MODEL_NAME.test(`${model?.name ?? ""} ${model?.call?.callee ?? ""}`) &&
    (areExamples(x, y) || (REST.test(x?.text ?? "") && COLUMN.test(y?.text ?? "")))
  );
}

/** A library's model that is made here goes in with a whole table: `search_best(forest, grid, df_train)`. */
export function isGivenModelAndFrame({ args, receiver }: Call, { calls }: PythonFacts): boolean {
  const isGiven = (name: RegExp) => args.some((arg) => name.test(arg.name ?? ""));
  return (
    receiver === undefined &&
    args.length > 2 &&
    (isGiven(MODEL_NAME) || isGiven(/^mod$/) || args.some(areModels)) &&
    isGiven(FRAME) &&
    calls.some(isModelMade)
  );
}

const FRAME = /^(?:df\w*|data\w*|dataset|table|\w+_df)$/;

/** A whole table goes in, or nothing; a model comes out, or nothing: `model, X_test, y_test = train_model(df)`, `run_training(df)`. */
export function givesModel({ args, keywords, targets, receiver, method }: Call): boolean {
  const gives = (name: RegExp) => targets.some((target) => name.test(target));
  if (receiver !== undefined) return false;
  if (args.length === 0 && [...keywords.values()].every(({ literal }) => literal !== undefined))
    return gives(/^(?:\w+_)?(?:model|clf|classifier|regressor|pipeline)$/);
  return (
    FRAME.test(args[0]?.name ?? "") &&
    (gives(/^(?:\w+_)?(?:model|clf|classifier|regressor|pipeline|metrics|results)$/) ||
      (targets.length === 0 && /train/.test(method)))
  );
}

/** Examples and labels by their keywords or names: `get_best_model(X_train=x, y_train=y)`, `search(X_train, X_test, y_train, y_test)`. */
export function hasExamples({ args, keywords }: Call): boolean {
  const given = (name: RegExp) =>
    [...keywords.keys()].some((key) => name.test(key)) || args.some((arg) => name.test(arg.name ?? ""));
  return given(/^(?:[xX]_?train(?:_\w+)?|train_?[xX])$/) && given(/^(?:[yY]_?train(?:_\w+)?|train_?[yY])$/);
}

export function areExamples(x: Value | undefined, y: Value | undefined): boolean {
  return (
    /^(?:[xX]s?(?:_?(?:tr|trn|train|val|test|all|full|res|sm|bal|smote)\w*)?|(?:train|test)_?[xX]|(?:train|test)_features|features_(?:train|test))$/.test(
      x?.name ?? "",
    ) &&
    /^(?:[yY]s?(?:_?(?:tr|trn|train|val|test|all|full|res|sm|bal|smote)\w*)?|(?:train|test)_?[yY]|(?:train|test)_(?:labels?|targets?)|(?:labels?|targets?)_(?:train|test))$/.test(
      y?.name ?? "",
    )
  );
}
