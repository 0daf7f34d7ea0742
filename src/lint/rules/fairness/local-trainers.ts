/** Trainers of other files of the project: by what they are called, or by the models that they are given. */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import {
  areExamples,
  givesModel,
  hasExamples,
  isGivenModel,
  isGivenModelAndFrame,
  LIBRARIES,
  loaderHandedOver,
  modelHandedOver,
  modelsHandedOver,
  NO_TRAINER,
} from "./handed-models.ts";
import { saysToTrain } from "./self-description.ts";
import { eventOf, isServing, type TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

/** What a function of the project that trains is called: `train_model`, `trainer`, `fit_and_score`, `train_model_plot_results`. */
const LOCAL_TRAINER = pattern()`
  ^(?:trainer|train|fit|retrain|build_and_train|run_training|
  train_and)(?:_(?:and_\w+|(?:\w+_)?models?(?:_\w+)?|classifiers?|regressors?|calibrators?|
    random_forest|logistic\w*|xgb\w*|ensembles?|baselines?|neural_net(?:work)?|[dagrc]nn|gru|lstm|mlp|
    transformer|svm|svc|knn|lgbm?|lightgbm|catboost|gradient_boosting|(?:decision_)?trees?))?$
`;
/** One that is given examples and labels may be called by what it looks for: `select_best_model`, `evaluate_models`, `tune`. */
const LOCAL_SEARCH = pattern()`
  (?:^|_)(?:models?|tune|tuning|optimi[sz]e|experiments?|classifiers?|regressors?|search|knn|svm|svc|mlp|
  [dar]nn|lstm|forests?|decision_tree|logistic|regression|cross_val(?:id\w+)?|k_?fold|cv|baselines?|xgb|
  xgboost|lgbm|lightgbm|catboost)(?:_|$)
`;
/** Or by what it does: `train_predict`, `get_mae`. A class may only keep what it is given. */
const LOCAL_ROUND =
  /(?:^|_)(?:train|fit|learn|predict|classify|evaluate|evaluation|benchmark|compare|accuracy|auc|mae|rmse)(?:_|$)/;

/** A model that is built from labels is trained: `build_model(X_train, y_train)`. */
const MODEL_BUILDER =
  /^(?:build|create|make)_(?:\w+_)?(?:models?|classifier|regressor)(?:_(?:task|step))?$|^model_building/;

const isNamedSearch = remembered((method) => {
  const words = wordsOf(method);
  const isRound = LOCAL_ROUND.test(words) && !/^[A-Z]/.test(method);
  return (isRound || LOCAL_SEARCH.test(words)) && !NO_TRAINER.test(words);
});

/** A trainer of another file of the project: `train_model(X_train, y_train)`. */
export function localTrainer(
  call: Call,
  facts: PythonFacts,
  x: Value | undefined,
  y: Value | undefined,
): TrainingEvent | undefined {
  const given =
    modelHandedOver(call, facts) ?? modelsHandedOver(call, facts) ?? loaderHandedOver(call, facts);
  if (given !== undefined) return given;
  if (isOwnTrainer(call, facts) || isOwnModel(call, facts) || isOwnPipeline(call, facts))
    return eventOf("fit", call);
  const isNamedTrainer = LOCAL_TRAINER.test(call.method);
  if (!isNamedTrainer && !MODEL_BUILDER.test(call.method) && !isNamedSearch(call.method)) return undefined;
  const examples = x ?? firstOf(call, ["X_train", "x_train", "train_x", "train_X"]);
  const labels = y ?? firstOf(call, ["y_train", "train_y"]);
  // Of an object nothing is known: examples and labels must be what it is given.
  const isUnknown = call.receiver !== undefined && call.callee.startsWith("?");
  const isGivenAll = areExamples(examples, labels) || isGivenModel(call) || isGivenModelAndFrame(call, facts);
  if ((isUnknown || !isNamedTrainer) && !isGivenAll && !hasExamples(call)) return undefined;
  // By their names, too: `train(model=model, train_dl=loader)`.
  const isToldModel = isNamedTrainer && call.keywords.size > 1 && [...call.keywords.keys()].some(isModelKey);
  if (call.args.length < 2 && labels === undefined && !givesModel(call) && !isToldModel) return undefined;
  if (
    /^(?:torch|tensorflow|keras|transformers|lightning|pytorch_lightning|spacy|ray|mlflow|sklearn)\b/.test(
      call.callee,
    )
  )
    return undefined;
  // A page that starts a training elsewhere.
  if (isServing(facts) && !areExamples(examples, labels) && !hasExamples(call)) return undefined;
  // Functions of this file are read themselves.
  if (facts.definitions.some(({ name }) => name === call.method)) return undefined;
  return eventOf("fit", call, examples, labels);
}

const TRAINS = /^(?:(?:initiate|start|run)_)?(?:model_)?(?:train|fit)(?:er|ing|_\w+)?$|^run$/;
/** What says by itself that it trains: `trainer.initiate_model_trainer()`, `trainer.startTraining()`, `trainer.model_training()`. */
const STARTS = /^(?:initiate|start|run)_(?:model_)?train|^train_(?:all_)?models?$|^model_train(?:er|ing)?$/;

const isModelKey = (name: string) =>
  /^(?:model|net|network|classifier)(?:_(?:class|cls|fn|name))?$/.test(name);

const firstOf = ({ keywords }: Call, names: readonly string[]): Value | undefined =>
  names.map((name) => keywords.get(name)).find((value) => value !== undefined);

/**
 * The project's own class of trainers that is given a model, or tells how well it did: `Trainer(model, loaders).train()`,
 * `results = Trainer(config).train()`. A library's writes texts. Given its settings alone, it may train anything, but for a
 * program that says to be there for training.
 */
function isOwnTrainer({ method, receiver, args, targets }: Call, facts: PythonFacts): boolean {
  const made = receiver?.call;
  const words = wordsOf(method);
  if (made === undefined || !TRAINS.test(words) || !OWN_TRAINER.test(made.callee)) return false;
  // A class of this file is read itself.
  if (facts.definitions.some(({ name }) => name === made.callee)) return false;
  if (STARTS.test(words)) return !isServing(facts);
  if (targets.some((name) => /^(?:\w+_)?(?:results?|metrics|history|scores?)$/.test(name))) return true;
  if (!/^(?:train|fit)$/.test(method)) return false;
  const isGiven = (given: RegExp) =>
    [...made.args, ...made.keywords.values()].some(({ name }) => given.test(name ?? ""));
  return (
    isGiven(/(?:^|_|\.)(?:model|net)$/i) ||
    ((args.length > 0 || isGiven(/(?:^|_|\.)(?:config|cfg)$/i)) && saysToTrain(facts))
  );
}

/**
 * A program that says to be there for training, and runs a pipeline of the project, `results = run_full_pipeline("rows.csv")`,
 * or what trains one kind of model, `model, metrics = train_forest_adult(config)`.
 */
function isOwnPipeline({ method, receiver, callee, targets }: Call, facts: PythonFacts): boolean {
  const isNamed =
    /^(?:run|execute)_(?:\w+_)?pipeline$/.test(method) ||
    (/^(?:re)?train_[a-z]/.test(method) && targets.some((name) => OUTCOME.test(name))) ||
    (/^(?:re)?train_(?:\w+_)?models?$/.test(method) && targets.length === 0);
  return (
    isNamed &&
    receiver === undefined &&
    // A name that is imported is written with its module.
    callee.length > method.length &&
    !/prep|data|etl|ingest|feature|infer|predict|serv|split|token|vocab|embed/.test(method) &&
    !LIBRARIES.test(callee) &&
    saysToTrain(facts)
  );
}

const OUTCOME = /^(?:\w+_)?(?:model|clf|classifier|metrics|results?|history|scores?)$/;

/** The project's own class of models that trains itself: `AgeGenderModel().train_model(train_set, epochs=5)`. */
function isOwnModel(call: Call, { definitions }: PythonFacts): boolean {
  const { method, receiver, callee, args, keywords } = call;
  if (!/^(?:train|train_model|fit_model)$/.test(method)) return false;
  const made = receiver?.call?.callee ?? callee.slice(0, -method.length - 1);
  if (!OWN_MODEL.test(made) || LIBRARIES.test(made) || /vae|auto_?encoder|gan/i.test(made)) return false;
  // A network's mode: `model.train()`, `model.train(True)`, `model.train(is_training)`.
  if (method === "train" && keywords.size === 0 && args.every(isMode)) return false;
  // A class of this file is read itself.
  return !definitions.some(({ name }) => name === made);
}

const isMode = ({ literal, name = "" }: Value): boolean =>
  typeof literal === "boolean" || /^(?:is_)?(?:train(?:ing)?|mode)$/.test(name);

const OWN_MODEL = /(?:^|\.)[A-Z]\w*(?:Model|Classifier|Predictor|Net|Network|CNN)$/;

const OWN_TRAINER =
  /^(?!(?:trl|unsloth|peft|transformers|sentence_transformers|setfit|ray|sagemaker)\.)(?:.*\.)?(?:[A-Z]\w*)?Trainer$/;
