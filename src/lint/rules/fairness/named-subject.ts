/** What a program names for its subject: its functions, its runs and registered models, and the files that it writes and reads. */

import { lastPart } from "../../python/names.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { isModelMade } from "./local-trainers.ts";
import { IMAGES, isNameOfSubject, namedBy } from "./self-description.ts";
import { mentions } from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

/** Is a function named for what it predicts? `def evaluate_sepsis_model`. One that loads or shows may be one of many. */
export function namesFunctionForSubject({ definitions, text }: PythonFacts): boolean {
  const functions = definitions.filter(({ kind }) => kind === "function").map(({ name }) => wordsOf(name));
  return (
    functions.some(
      (words) =>
        MODELS.test(words) && (isNameOfSubject(words) || (DROPOUT.test(words) && !NETWORKS.test(text))),
    ) && !IMAGES.test(text)
  );
}

const MODELS = /(?:^|_)(?:train|retrain|fit|tune|predict|classify|evaluate|assess|score|validate)_/;

/** Students drop out; the layer of a network is none. */
const DROPOUT = /(?:^|_)[a-z]+_dropouts?(?:_(?:model|risk|classifier))?$/;
const NETWORKS = /^[ \t]*(?:import|from)[ \t]+(?:torch|tensorflow|keras|jax|flax)\b/m;

/** Is a run, an experiment or a registered model? `wandb.init(project="sepsis-lstm")`, `log_model(model, "credit_risk")`. */
export function namesRunForSubject({ calls }: PythonFacts): boolean {
  return (
    calls.some(({ method, args, keywords }) =>
      [...(OF_RUN.test(method) ? args : []), ...namedBy(keywords)].some(
        ({ literal }) =>
          typeof literal === "string" && RUN_NAME.test(literal) && isNameOfSubject(wordsOf(literal)),
      ),
    ) && !calls.some(({ callee }) => callee === "sklearn.datasets.load_diabetes")
  );
}

const OF_RUN = /^(?:(?:set|create)_experiment|start_run|(?:save|log|register)_model)$/;
const RUN_NAME = /^\w[\w .-]{3,80}$/;

/**
 * Is a file named for it? "Recidivism_Challenge_Test.xlsx", "loan_default.joblib", "sepsis_model.pkl".
 *
 * @param topics what the whole text speaks of
 */
export function namesFileForSubject({ strings }: PythonFacts, topics: readonly string[]): boolean {
  return strings.some(
    ({ value }) =>
      value.length < LONGEST &&
      FILE.test(value) &&
      ((topics.length > 0 && mentions(value.replaceAll("/", " ")) > 0) ||
        (MODEL_FILE.test(value) && isNameOfSubject(wordsOf(value)))),
  );
}

const LONGEST = 200;
const FILE =
  /[\w-]\.(?:csv|tsv|xlsx?|parquet|feather|jsonl?|pkl|pickle|joblib|sav|h5|hdf5|keras|pth?|ckpt|onnx|cbm|png|svg|pdf)$/i;
const MODEL_FILE = /\.(?:pkl|pickle|joblib|h5|hdf5|keras|pth?|ckpt|onnx|cbm)$/i;

/** Is a model, or who trains it? `readmission_clf = XGBClassifier()` that a pipeline fits later, `DiabetesTrainer().train_all()`. */
export function namesModelForSubject({ calls }: PythonFacts, events: readonly TrainingEvent[]): boolean {
  return (
    calls.some((call) => isModelMade(call) && call.targets.some((name) => isNameOfSubject(wordsOf(name)))) ||
    events.some(({ call }) => isNameOfSubject(wordsOf(lastPart(call.receiver?.call?.callee ?? ""))))
  );
}

/** Is a class of its settings, its trainer, its errors? `class CreditRiskConfig`. One of data may be one of many. */
export function namesClassForSubject({ definitions, text }: PythonFacts): boolean {
  return (
    definitions.some(
      ({ kind, name }) =>
        kind === "class" && !/Data(?:set|Module)$/.test(name) && isNameOfSubject(wordsOf(name)),
    ) && !IMAGES.test(text)
  );
}
