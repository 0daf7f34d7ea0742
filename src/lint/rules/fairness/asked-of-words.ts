/** Whether a model is about persons, by what its program says of itself: names, titles, prose. */

import {
  getsData,
  holdsPersons,
  loadsSubject,
  makesRowsOfPersons,
  readsData,
  readsPersons,
  saysSubject,
} from "./data-access.ts";
import { predictsConstant } from "./file-columns.ts";
import { isModelMade } from "./handed-models.ts";
import { isOfRow } from "./lexicon.ts";
import {
  isFileOfSubject,
  namesClassForSubject,
  namesFileForSubject,
  namesFunctionForSubject,
  namesModelForSubject,
  namesRunForSubject,
  showsSubject,
} from "./named-subject.ts";
import { type Answer, high, type Looked, nobody, type Question } from "./person-question.ts";
import { seenOfPersons } from "./seen-persons.ts";
import {
  describesItsModel,
  IMAGES,
  isBoosting,
  isFiledUnder,
  isNetwork,
  isNetworkOfPersons,
  isTrainedBySubject,
  isTrainingProgram,
  isWithinModelOfPersons,
  makesItsModel,
  modelName,
  namesItself,
  saysToMeasure,
  saysToTrain,
  titleOf,
} from "./self-description.ts";
import {
  highStakesPhrases,
  mentions,
  personsNamed,
  speaksOfAnimals,
  speaksOfFirms,
  speaksOfThingsLeaving,
} from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";

const OFTEN = 4;

export const WORDS: readonly Question[] = [
  nobody(({ texts }) => speaksOfThingsLeaving(texts)),
  // A network that is named for what it predicts: `class SepsisLSTM(nn.Module)`.
  high(
    ({ facts, events }) =>
      !IMAGES.test(facts.text) &&
      (facts.definitions.some(isNetworkOfPersons) || events.some(({ call }) => isWithinModelOfPersons(call))),
  ),
  high(({ facts }) => namesFunctionForSubject(facts) || namesRunForSubject(facts)),
  high(({ facts }) => !IMAGES.test(facts.text) && makesRowsOfPersons(facts)),
  // Pictures of patients, faces, voices.
  ({ facts, texts }) => highWith(seenOfPersons(facts, texts)),
  // A run or a page that is named for its subject, also by a function that is given its data.
  ({ facts, topics, texts }) => (topics.length > 0 && namesItself(facts) ? unlessOfFirms(texts) : undefined),
  // A file of its own for the subject, which makes its own model.
  high(({ facts, events }) => events.some(makesItsModel) && isFileOfSubject(facts)),
  nobody(isHelper),
  high(({ facts }) => showsSubject(facts)),
  high(
    ({ topics, columns, target }) =>
      topics.length >= 2 ||
      (topics.length === 1 &&
        (columns.describePersons || columns.persons.length > 0 || target !== undefined)),
  ),
  // The model's own name says what it decides: `CreditRiskModel().train(X_train, y_train)`.
  high(
    ({ facts, events }) =>
      namesModelForSubject(facts, events) ||
      events.some(({ call }) => highStakesPhrases(modelName(call)).length > 0),
  ),
  // So do the project's own modules, `from medical_insurance_cost.config import Config`, and the file's classes.
  high(
    (looked) =>
      (isFromSubject(looked) || namesClassForSubject(looked.facts)) &&
      (choosesModel(looked) || getsData(looked.facts) || loadsSubject(looked.facts)),
  ),
  // And what its rows are: `from .patient_data import PatientData`.
  high(
    (looked) =>
      isOnRecords(looked) && (choosesModel(looked) || getsData(looked.facts) || readsPersons(looked.facts)),
  ),
  // One subject only: it must be what the program says of itself first, or again and again.
  (looked) => (isOnlySubject(looked) ? unlessOfFirms(looked.texts) : undefined),
  // The rows of its own data are persons, as it says again and again.
  ({ facts, others, texts }) =>
    others > 0 || !getsData(facts) || IMAGES.test(facts.text)
      ? undefined
      : highWith(personsNamed(texts, OFTEN)),
  // Columns that tell whose the rows are, and a target that another module names: `df[TARGET_COL]`.
  high(
    ({ facts, columns: { all, ages, persons } }) =>
      getsData(facts) &&
      ((ages.length > 0 && persons.length > 0) || all.some(({ name }) => isOfRow(name))) &&
      predictsConstant(facts),
  ),
];

const highWith = (topic: string | undefined): Answer | undefined =>
  topic === undefined ? undefined : { stakes: "high", topic };

const unlessOfFirms = (texts: string): Answer => (speaksOfFirms(texts) ? "nobody" : "high");

const isFiled = ({ facts, topics }: Looked): boolean =>
  namesFileForSubject(facts, topics) || (!IMAGES.test(facts.text) && isFiledUnder(facts));

/** A title that was copied from elsewhere says less than the file's own place. */
const isTitled = ({ facts }: Looked): boolean => mentions(titleOf(facts)) > 0 && !speaksOfAnimals(facts.file);

/** Does the project name a module, a class or an exception that is used here for its subject? */
const isFromSubject = ({ facts }: Looked): boolean => facts.imports.some(saysSubject);

const isOnRecords = ({ facts }: Looked): boolean =>
  !IMAGES.test(facts.text) && (facts.imports.some(holdsPersons) || readsPersons(facts));

/** Is the model a library's or a network that the file itself makes, or does the subject's own package train it? */
const choosesModel = ({ facts, events }: Looked): boolean =>
  facts.calls.some(isModelMade) ||
  events.some((event) => isBoosting(event) || isTrainedBySubject(event)) ||
  facts.definitions.some(isNetwork);

const isEvaluation = ({ kind }: TrainingEvent): boolean => kind === "evaluate";

/** What is called for it must be chosen here, too: a part that is given data and a model may serve for anything. */
function isHelper(looked: Looked): boolean {
  const { facts, events, columns, topics } = looked;
  if (columns.attributes.length > 0 || topics.length >= 2) return false;
  if (readsData(facts) || !events.every(({ call }) => call.inFunction !== undefined)) return false;
  if (isTitled(looked) && (saysToTrain(facts) || (events.every(isEvaluation) && saysToMeasure(facts))))
    return false;
  if (namesModelForSubject(facts, events)) return false;
  if ((isFromSubject(looked) || isOnRecords(looked)) && choosesModel(looked)) return false;
  return !(isFiled(looked) && (events.some(makesItsModel) || isTrainingProgram(facts)));
}

function isOnlySubject(looked: Looked): boolean {
  const { facts, topics, texts } = looked;
  if (namesFileForSubject(facts, topics)) return true;
  return (
    topics.length === 1 &&
    (isFiled(looked) || isTitled(looked) || describesItsModel(facts) || mentions(texts) >= OFTEN)
  );
}
