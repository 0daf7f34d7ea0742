/** What a program names for its subject: its functions, its runs and registered models, and the files that it writes and reads. */

import type { TextRange } from "../../finding.ts";
import { pattern } from "../../pattern.ts";
import { lastPart } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { plainText, stringsWithin } from "../../python/strings-within.ts";
import { getsData } from "./data-access.ts";
import { dataSetByLoader } from "./data-sets.ts";
import { isModelMade } from "./handed-models.ts";
import { IMAGES } from "./self-description.ts";
import { isNameOfSubject } from "./subject-names.ts";
import { mentions } from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

/** Is a function named for what it predicts? `def evaluate_sepsis_model`. One that loads or shows may be one of many. */
export function namesFunctionForSubject({ definitions, text }: PythonFacts): boolean {
  const functions = definitions.filter(({ kind }) => kind === "function").map(({ name }) => wordsOf(name));
  return (
    functions.some(
      (words) =>
        DECIDES.test(words) ||
        (MODELS.test(words) && (isNameOfSubject(words) || (DROPOUT.test(words) && !NETWORKS.test(text)))),
    ) && !IMAGES.test(text)
  );
}

const MODELS = /(?:^|_)(?:train|retrain|fit|tune|predict|classify|evaluate|assess|score|validate)_/;

/** By what is decided alone: `predict_salary`, `train_credit`. */
const DECIDES = pattern()`
  (?:^|_)(?:train|fit|predict|classify|score|evaluate)_(?:loans?|credit(?!_card)|salary|salaries|income|
  wages?|strokes?|patients?|applicants?|borrowers?|employees?|defendants?|admissions?|insurance|hiring|
  eligibility|creditworthiness)(?:_|$)
`;

/** Students drop out; the layer of a network is none. */
const DROPOUT = /(?:^|_)[a-z]+_dropouts?(?:_(?:model|risk|classifier))?$/;
const NETWORKS = /^[ \t]*(?:import|from)[ \t]+(?:torch|tensorflow|keras|jax|flax)\b/m;

/** Is a run, an experiment or a registered model? `wandb.init(project="sepsis-lstm")`, `EXPERIMENT_NAME = "diabetes_" + kind`. */
export function namesRunForSubject(facts: PythonFacts): boolean {
  const { calls, text } = facts;
  const named = namesOfSubjects(facts);
  const isOfRun = ({ args, keywords, range }: Call) =>
    named.some(({ start, end }) => range.start <= start && end <= range.end) ||
    [...args, ...keywords.values()].some(({ literal }) => typeof literal === "string" && isRunName(literal));
  return (
    (named.some(({ start }) => NAMING.test(text.slice(Math.max(0, start - LONGEST_NAMING), start))) ||
      calls.some((call) => OF_RUN.test(call.method) && isOfRun(call))) &&
    !learnsCourseDiabetes(facts)
  );
}

/** Is what it shows or prints of its model? `plt.title("ROC: ICU mortality")`, `print("Accuracy of the diabetes model")`. */
export function showsSubject(facts: PythonFacts): boolean {
  return (
    facts.calls.some(
      ({ method, args, keywords }) =>
        (SHOWS.test(method) && args.slice(0, 1).some((value) => isShown(facts, value))) ||
        (keywords.has("title") && isShown(facts, keywords.get("title")!)),
    ) && !learnsCourseDiabetes(facts)
  );
}

const SHOWS = /^(?:title|set_title|suptitle|[xy]label|set_[xy]label|header|subheader|print|info)$/;
/** What is said of models and what they predict. */
const OF_MODELS =
  /\b(?:auc|auroc|roc|accuracy|f1|precision|recall|confusion|models?|classifiers?|predict\w*|train\w*|drives?)\b/i;
const LONGEST_SHOWN = 100;

const isShown = (facts: PythonFacts, { range }: Value): boolean =>
  stringsWithin(facts, range).some(
    (text) => text.length < LONGEST_SHOWN && OF_MODELS.test(text) && isNameOfSubject(wordsOf(text)),
  );

/** Where a text stands that is the name of a subject, or begins or ends it. */
function namesOfSubjects({ strings, formatted, text }: PythonFacts): TextRange[] {
  return [
    ...strings.flatMap(({ value, range }) => (isRunName(value) ? [range] : [])),
    ...formatted.filter((range) => range.end - range.start < LONGEST && isRunName(plainText(text, range))),
  ];
}

/** Is it the course's table of measures, which projects are named for as well? */
const learnsCourseDiabetes = ({ calls }: PythonFacts): boolean =>
  calls.some(({ callee }) => /\b(?:load_diabetes|datasets\.diabetes)$/.test(callee));

const isRunName = (text: string): boolean => RUN_NAME.test(text) && isNameOfSubject(wordsOf(text));

const OF_RUN =
  /^(?:(?:set|create)_experiment|start_run|init_run|create_study|(?:save|log|load|register|create|create_registered)_model|Sequential|Model)$/;
const RUN_NAME = /^[\w/][\w ./:-]{3,80}$/;
/** What stands before such a name: `study_name=`, `model_name: str = `, `"project": `, `getenv("EXPERIMENT_NAME", `. */
const NAMING =
  /(?:^|[^A-Za-z])(?:experiment|project|study|run|task|sweep|model)(?:_?(?:name|title))?["']?(?:\s*:\s*[\w.]+)?\s*[:=]\s*\(?$|env\w*\(\s*["']\w*(?:EXPERIMENT|PROJECT|MODEL)\w*["'],\s*$/i;
const LONGEST_NAMING = 60;

/**
 * Is a file named for it? "Recidivism_Challenge_Test.xlsx", "loan_default.joblib", "sepsis_model.pkl".
 *
 * @param topics what the whole text speaks of
 */
export function namesFileForSubject(facts: PythonFacts, topics: readonly string[]): boolean {
  const { strings, formatted, text } = facts;
  const isNamed = (file: string) =>
    file.length < LONGEST &&
    FILE.test(file) &&
    ((topics.length > 0 && mentions(file.replaceAll("/", " ")) > 0) || isNameOfSubject(wordsOf(file)));
  return (
    (strings.some(({ value }) => isNamed(value)) ||
      formatted.some((range) => range.end - range.start < LONGEST && isNamed(plainText(text, range)))) &&
    !learnsCourseDiabetes(facts)
  );
}

const LONGEST = 200;
const FILE =
  /[\w-]\.(?:csv|tsv|xlsx?|parquet|feather|jsonl?|pkl|pickle|joblib|sav|h5|hdf5|keras|pth?|ckpt|onnx|cbm|png|svg|pdf)$/i;

/** Is a model, or who trains it? `readmission_clf = XGBClassifier()` that a pipeline fits later, `DiabetesTrainer().train_all()`. */
export function namesModelForSubject({ calls }: PythonFacts, events: readonly TrainingEvent[]): boolean {
  return (
    calls.some(
      (call) =>
        (isModelMade(call) && call.targets.some((name) => isNameOfSubject(wordsOf(name)))) ||
        isModelOfSubject(call),
    ) || events.some(({ call }) => isTrainerForSubject(trainerOf(call)))
  );
}

/** One of another module's class for it: `model = SepsisNet(n_features)`. */
const isModelOfSubject = ({ callee, targets }: PythonFacts["calls"][number]): boolean =>
  targets.some((name) => OF_MODEL.test(name)) &&
  IS_CLASS.test(callee) &&
  isNameOfSubject(wordsOf(lastPart(callee)));

const OF_MODEL = /^(?:self\.)?(?:\w+_)?(?:model|net|network|classifier)$/;
const IS_CLASS = /(?:^|\.)[A-Z]\w*[a-z]\w*$/;

/** The class whose object trains, or the function that does. */
const trainerOf = ({ receiver, method }: PythonFacts["calls"][number]): string =>
  wordsOf(receiver === undefined ? method : lastPart(receiver.call?.callee ?? ""));

/** By its subject or its data: `SepsisTrainer`, `AdultForestTrainer`, `train_forest_adult`. */
const isTrainerForSubject = (words: string): boolean =>
  isNameOfSubject(words) || dataSetByLoader(words)?.stakes === "high";

/** Is a class of its settings, its trainer, its errors? `class CreditRiskConfig`. One of data may be one of many. */
export function namesClassForSubject({ definitions, text }: PythonFacts): boolean {
  return (
    definitions.some(
      ({ kind, name }) => kind === "class" && !/Data(?:set|Module)$/.test(name) && isOfSubject(wordsOf(name)),
    ) && !IMAGES.test(text)
  );
}

/** `LoanApplication`, `CreditRiskConfig` */
const isOfSubject = (words: string): boolean =>
  isNameOfSubject(words) || mentions(words.replaceAll("_", " ")) > 0;

/** Is the file itself, or its folder? `src/train_attrition.py`, `salary_model/fit.py`, `census/trainer/task.py` */
export function isFileOfSubject(facts: PythonFacts): boolean {
  const { file, text } = facts;
  const reads = getsData(facts);
  return (
    file.split("/").some((part) => {
      const words = wordsOf(part.replace(/\.\w+$/, ""));
      // A folder of diabetes may hold the course's table.
      return (
        (isNameOfSubject(words) && !/diabetes/.test(words)) ||
        FOLDER.test(words) ||
        (reads && OWN_FOLDER.test(words))
      );
    }) && !IMAGES.test(text)
  );
}

/** Data sets and subjects that a folder is named for. */
const FOLDER = /^(?:census|compas|german_credit|lending_club|home_credit)(?:_data)?$/;
/** What a file or a folder is named for where it also reads its data. */
const OWN_FOLDER = /^(?:loans?|mortgages?|stroke|hiring|adult)$/;
