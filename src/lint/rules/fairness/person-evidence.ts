/** Is this model about persons, and what hangs on its output? Only what the file itself says. */

import type { TextRange } from "../../finding.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import {
  getsData,
  holdsPersons,
  learnsCourseTable,
  loadsSubject,
  readsData,
  saysSubject,
} from "./data-access.ts";
import type { PersonDataSet } from "./data-sets.ts";
import {
  assignedLabels,
  columnsOf,
  labelColumns,
  type Named,
  predictsConstant,
  tellsParts,
} from "./file-columns.ts";
import { dataSetOf } from "./file-data-set.ts";
import { isClinicalState, speaksOfOtherLives, speaksOfPatients } from "./label-states.ts";
import {
  describesPerson,
  isAge,
  isBodyMeasure,
  isOfLoan,
  isOfOtherSubject,
  isOfRow,
  isPersonsAge,
  isPersonsLabel,
  isPlainTarget,
  isProtected,
  isProxy,
  targetKind,
} from "./lexicon.ts";
import { protectedFeatures } from "./low-stakes.ts";
import { namesFileForSubject, namesFunctionForSubject, namesRunForSubject } from "./named-subject.ts";
import { predictedFate, predictedGroup } from "./predicted-classes.ts";
import { seenOfPersons } from "./seen-persons.ts";
import {
  describesItsModel,
  IMAGES,
  isFiledUnder,
  isNetworkOfPersons,
  isWithinModelOfPersons,
  makesItsModel,
  modelName,
  namesItself,
  saysToTrain,
  textsOf,
  titleOf,
} from "./self-description.ts";
import type { TableColumn } from "./table-columns.ts";
import {
  highStakesPhrases,
  isLowStakesTopic,
  mentions,
  personsNamed,
  speaksOfAnimals,
  speaksOfFirms,
} from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

export interface PersonEvidence {
  stakes: "high" | "low";
  /** Protected columns in the frame, each once. */
  protectedColumns: PersonColumn[];
  proxies: PersonColumn[];
  target?: Named;
  dataSet?: PersonDataSet & { range: TextRange };
  /** What the file says it is about: "credit risk". */
  topics: string[];
  /** Of columns that only the files name, those that say that the data are about persons. */
  fromTables: TableColumn[];
  /** Of those that only a notebook's outputs show, the same. */
  shown: PersonColumn[];
}

/** A column that the program names, one that only the file names that it reads, or one that only outputs show. */
export type PersonColumn = Named & Partial<Pick<TableColumn, "table">> & { shown?: true };

const LAST_COLUMN = /\.iloc\[\s*:\s*,\s*-1\s*\]|\.columns\[\s*-1\s*\]/;
const OFTEN = 4;

/**
 * `undefined`: no reason to think that persons are decided about.
 *
 * @param inTables columns that the program does not name, of files that it reads
 */
export function personEvidence(
  facts: PythonFacts,
  events: readonly TrainingEvent[],
  inTables: readonly TableColumn[] = [],
): PersonEvidence | undefined {
  if (tellsParts(facts) || learnsCourseTable(facts)) return undefined;
  const own = columnsOf(facts);
  const named = new Set(own.map(({ name }) => name));
  const unnamed: PersonColumn[] = [...inTables, ...shownOf(facts)].filter(({ name }) => !named.has(name));
  const columns: PersonColumn[] = [...own, ...unnamed];
  const strong = columns.filter(({ name }) => isProtected(name));
  const ages = columns.filter(({ name }) => isAge(name));
  const persons = columns.filter(({ name }) => describesPerson(name) && !isProtected(name));
  const others = columns.filter(({ name }) => isOfOtherSubject(name)).length;
  const dataSet = dataSetOf(facts);
  const texts = textsOf(facts);
  const topics = highStakesPhrases(texts);
  const target = targetOf(facts, own) ?? lastColumn(facts, inTables) ?? saidTarget(inTables);
  const person =
    strong.length > 0 ||
    persons.length >= 2 ||
    (ages.length > 0 && persons.length > 0) ||
    ages.some(({ name }) => isPersonsAge(name));
  const protectedColumns = [...strong, ...(person || dataSet !== undefined ? ages : [])];
  const found = {
    protectedColumns,
    proxies: columns.filter(({ name }) => isProxy(name)),
    topics,
    fromTables: inTables.filter(({ name }) => saysPerson(name)),
    shown: unnamed.filter(({ name, shown }) => shown && saysPerson(name)),
    ...(target === undefined ? {} : { target: target.named }),
    ...(dataSet === undefined ? {} : { dataSet }),
  };
  const low =
    dataSet?.stakes === "low" || target?.kind === "low" || (dataSet === undefined && isLowStakesTopic(texts));
  if (dataSet?.stakes === "high") return { stakes: "high", ...found };
  // A ship's passengers of 1912 are in every course, viewers of films in every recommender: nothing is decided about them.
  if (others >= 2 || (dataSet === undefined && /titanic|movie_?lens/i.test(facts.text))) return undefined;
  if (target?.kind === "high" && !(isClinicalState(target.named.name) && speaksOfOtherLives(texts)))
    return { stakes: "high", ...found };
  // A decision about them in their file, whichever column the program predicts.
  const described = strong.length > 0 || ages.length > 0 || persons.length >= 3;
  if (described && unnamed.some(({ name }) => targetKind(name) === "high"))
    return { stakes: "high", ...found };
  if (low) return { stakes: "low", ...found, protectedColumns: protectedFeatures(facts, protectedColumns) };
  if (target?.kind === "weak" && person && (strong.length > 0 || ages.length > 0))
    return { stakes: "high", ...found };
  const names = [...facts.strings.map(({ value }) => value), ...unnamed.map(({ name }) => name)];
  if (hasMany(names, OF_LOANS) || hasMany(names, OF_STUDENTS)) return { stakes: "high", ...found };
  if (target?.kind === "weak" && columns.some(({ name }) => isOfLoan(name)))
    return { stakes: "high", ...found };
  if (
    target !== undefined &&
    isPersonsLabel(target.named.name) &&
    // The toy of one column and a salary.
    (strong.length > 0 || ages.length > 0 || !columns.some(({ name }) => /years_?experience/i.test(name)))
  )
    return { stakes: "high", ...found };
  // A death or a relapse, of a patient.
  if (target !== undefined && isClinicalState(target.named.name) && speaksOfPatients(texts))
    return { stakes: "high", ...found };
  if (isMeasuredBody(facts)) return undefined;
  // Several protected attributes among the features of a model, wherever its data come from.
  const attributes = strong.filter(({ name }) => !/male/.test(wordsOf(name)));
  if (attributes.length >= 2 && events.some(({ x, y }) => x && y) && !AUDIT.test(facts.text))
    return { stakes: "low", ...found };
  // A network that is named for what it predicts: `class SepsisLSTM(nn.Module)`.
  if (!IMAGES.test(facts.text) && facts.definitions.some(isNetworkOfPersons))
    return { stakes: "high", ...found };
  if (!IMAGES.test(facts.text) && events.some(({ call }) => isWithinModelOfPersons(call)))
    return { stakes: "high", ...found };
  if (namesFunctionForSubject(facts) || namesRunForSubject(facts)) return { stakes: "high", ...found };
  // Pictures of patients, faces, voices.
  const seen = seenOfPersons(facts, texts);
  if (seen !== undefined) return { stakes: "high", ...found, topics: [...topics, seen] };
  // A run or a page that is named for its subject, also by a function that is given its data.
  if (topics.length > 0 && namesItself(facts))
    return speaksOfFirms(texts) ? undefined : { stakes: "high", ...found };
  // What is called for it must be chosen here, too: a part that is given data and a model may serve for anything.
  const byFile = namesFileForSubject(facts, topics);
  const byPath = byFile || (!IMAGES.test(facts.text) && isFiledUnder(facts));
  const isTitled = mentions(titleOf(facts)) > 0;
  const isHelper = !readsData(facts) && events.every(({ call }) => call.inFunction !== undefined);
  const isNamed = (byPath || (isTitled && saysToTrain(facts))) && events.some(makesItsModel);
  if (isHelper && strong.length === 0 && topics.length < 2 && !isNamed) return undefined;
  if (topics.length >= 2 || (topics.length === 1 && (person || persons.length > 0 || target !== undefined)))
    return { stakes: "high", ...found };
  // The model's own name says what it decides: `CreditRiskModel().train(X_train, y_train)`.
  if (events.some(({ call }) => highStakesPhrases(modelName(call)).length > 0))
    return { stakes: "high", ...found };
  // So does what it imports of its own project: `from medical_insurance_cost.config import Config`.
  if ((getsData(facts) || loadsSubject(facts)) && facts.imports.some(saysSubject))
    return { stakes: "high", ...found };
  // And what its rows are: `from .patient_data import PatientData`.
  if (getsData(facts) && !IMAGES.test(facts.text) && facts.imports.some(holdsPersons))
    return { stakes: "high", ...found };
  // One subject only: it must be what the program says of itself first, or again and again.
  const isOnlySubject = () => byPath || isTitled || describesItsModel(facts) || mentions(texts) >= OFTEN;
  if (byFile || (topics.length === 1 && isOnlySubject()))
    return speaksOfFirms(texts) ? undefined : { stakes: "high", ...found };
  // The rows of its own data are persons, as it says again and again.
  const rows =
    others > 0 || !getsData(facts) || IMAGES.test(facts.text) ? undefined : personsNamed(texts, OFTEN);
  if (rows !== undefined) return { stakes: "high", ...found, topics: [...topics, rows] };
  // A column that tells whose the rows are, and a target that another module names: `df[TARGET_COL]`.
  if (getsData(facts) && columns.some(({ name }) => isOfRow(name)) && predictsConstant(facts))
    return { stakes: "high", ...found };
  // A data set of persons whose subject is not said: more must describe them than one attribute.
  const isDescribed =
    target !== undefined ||
    persons.some(({ name }) => !/^(?:weight|height)$/i.test(name)) ||
    (persons.length > 0 && !speaksOfAnimals(texts));
  if (strong.length > 0 && isDescribed) return { stakes: "low", ...found };
  // A sex and an age that stay in the frame are a person's.
  const kept = new Set(
    [...facts.columns.filter(({ how }) => how !== "drop"), ...unnamed].map(({ name }) => name),
  );
  if (
    others === 0 &&
    !speaksOfAnimals(texts) &&
    [strong, ages].every((named) => named.some(({ name }) => kept.has(name)))
  )
    return { stakes: "low", ...found };
  return undefined;
}

/** Columns that make a table one of credit histories, or of students. */
const OF_LOANS = /(?:^|_)(?:loans?\d*|credit_(?:limit|cost|sum|status|history|amount|score))(?:_|$)/i;
const OF_STUDENTS =
  /(?:^|_)(?:c?gpa|attendance|semesters?|internal_marks|exam_marks|backlogs|absences|quiz|assignments?|study_(?:time|hours)|midterm)(?:_|$)/i;
const MANY = 4;
const AUDIT = /sensitive|protected|privileged|fairness/i;

/** Are several different columns of a kind among the names? */
function hasMany(names: readonly string[], kind: RegExp): boolean {
  const found = new Set(names.filter((name) => /^[A-Za-z]\w{3,40}$/.test(name) && kind.test(name)));
  return found.size >= MANY;
}

function isMeasuredBody(facts: PythonFacts): boolean {
  const labels = assignedLabels(facts);
  return labels.length > 0 && labels.every(({ name }) => isBodyMeasure(name));
}

function saysPerson(name: string): boolean {
  return isProtected(name) || isAge(name) || describesPerson(name) || targetKind(name) === "high";
}

/** Columns that a notebook's outputs show, each once. */
function shownOf({ shown }: PythonFacts): PersonColumn[] {
  const found = new Map<string, PersonColumn>();
  for (const { name, range } of shown) if (!found.has(name)) found.set(name, { name, range, shown: true });
  return [...found.values()];
}

/** `y = df.iloc[:, -1]`: what is predicted is the last column of the file. */
function lastColumn(
  facts: PythonFacts,
  inTables: readonly TableColumn[],
): { named: Named; kind: "high" | "weak" | "low" } | undefined {
  const named = inTables.at(-1);
  if (named === undefined || !LAST_COLUMN.test(facts.text)) return undefined;
  const kind = targetKind(named.name);
  return kind && { named, kind };
}

/** What a constant of the project says to be predicted. */
function saidTarget(
  inTables: readonly TableColumn[],
): { named: Named; kind: "high" | "weak" | "low" } | undefined {
  const named = inTables.find(({ isTarget }) => isTarget);
  const kind = named && targetKind(named.name);
  return named && kind && { named, kind };
}

function targetOf(
  facts: PythonFacts,
  columns: readonly Named[],
): { named: Named; kind: "high" | "weak" | "low" } | undefined {
  const labels = labelColumns(facts);
  let found: { named: Named; kind: "high" | "weak" | "low" } | undefined;
  for (const named of labels) {
    const kind = targetKind(named.name);
    const isTold =
      kind === "weak" &&
      found?.kind === "weak" &&
      (isPersonsLabel(named.name) || (isPlainTarget(found.named.name) && isClinicalState(named.name)));
    if (kind === "high" || isTold || (kind !== undefined && found === undefined)) found = { named, kind };
  }
  if (found !== undefined && found.kind !== "weak") return found;
  const named = columns.find(({ name }) => targetKind(name) === "high");
  if (named !== undefined) return { named, kind: "high" };
  const group = found === undefined ? predictedGroup(facts) : undefined;
  const listed = group ?? (isPlain(found) ? predictedFate(facts) : undefined);
  return listed === undefined ? found : { named: listed, kind: "high" };
}

const isPlain = (found: { named: Named } | undefined): boolean =>
  found === undefined || isPlainTarget(found.named.name);
