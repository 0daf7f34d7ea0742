/** Whether a model is about persons, by the columns and the target of its data. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { learnsCourseTable } from "./data-access.ts";
import { assignedLabels, labelColumns, tellsParts } from "./file-columns.ts";
import { isClinicalState, speaksOfOtherLives, speaksOfPatients } from "./label-states.ts";
import { isBodyMeasure, isOfLoan, isPersonsAge, isPersonsLabel, targetKind } from "./lexicon.ts";
import { high, type Looked, low, nobody, type Question } from "./person-question.ts";
import { describeRows } from "./persons-rows.ts";
import { isLowStakesTopic, speaksOfAnimals, speaksOfFirms } from "./topics.ts";
import { wordsOf } from "./words.ts";

const AUDIT = /sensitive|protected|privileged|fairness/i;
const ROW_ID =
  /^(?:customer|client|patient|applicant|borrower|employee|person|member|student)_(?:id|no|number)$/;
/** The toy of one column and a salary. */
const TOY = /years_?experience/i;

/** Asked before any word is listened to. */
export const COLUMNS_FIRST: readonly Question[] = [
  nobody(({ facts }) => tellsParts(facts) || learnsCourseTable(facts)),
  // The course's table of diabetes in a file: its label is "Y", the progression of the disease.
  nobody(
    ({ facts, dataSet }) =>
      dataSet !== undefined &&
      /diabetes/i.test(dataSet.name) &&
      labelColumns(facts).some(({ name }) => name === "Y" || name === "progression"),
  ),
  high(({ dataSet }) => dataSet?.stakes === "high"),
  // A ship's passengers of 1912 are in every course, viewers of films in every recommender: nothing is decided about them.
  nobody(
    ({ facts, others, dataSet }) =>
      others >= 2 || (dataSet === undefined && /titanic|movie_?lens|pet_?finder/i.test(facts.text)),
  ),
  high(
    ({ target, texts }) =>
      target?.kind === "high" && !(isClinicalState(target.named.name) && speaksOfOtherLives(texts)),
  ),
  // A decision about them in their file, whichever column the program predicts.
  high(
    ({ columns: { attributes, ages, persons, unnamed } }) =>
      (attributes.length > 0 || ages.length > 0 || persons.length >= 3) &&
      unnamed.some(({ name }) => targetKind(name) === "high"),
  ),
  low(
    ({ dataSet, target, texts }) =>
      dataSet?.stakes === "low" ||
      target?.kind === "low" ||
      (dataSet === undefined && isLowStakesTopic(texts)),
  ),
  high(
    ({ target, columns }) =>
      target?.kind === "weak" && columns.describePersons && hasAttributesOrAges(columns),
  ),
  high(({ facts, columns }) =>
    describeRows([...facts.strings.map(({ value }) => value), ...columns.unnamed.map(({ name }) => name)]),
  ),
  high(
    ({ target, columns, others, texts }) =>
      columns.all.some(({ name }) => isOfLoan(name)) &&
      (target?.kind === "weak" || (others === 0 && !speaksOfFirms(texts))),
  ),
  // Whose risk it is, a row's id says: `drop(columns=["is_high_risk", "CustomerId"])`.
  high(
    ({ target, columns }) =>
      target?.kind === "weak" &&
      /risk/.test(wordsOf(target.named.name)) &&
      columns.all.some(({ name }) => ROW_ID.test(wordsOf(name))),
  ),
  high(
    ({ target, columns }) =>
      target !== undefined &&
      isPersonsLabel(target.named.name) &&
      (hasAttributesOrAges(columns) || !columns.all.some(({ name }) => TOY.test(name))),
  ),
  // A death or a relapse, of a patient.
  high(
    ({ target, texts }) =>
      target !== undefined && isClinicalState(target.named.name) && speaksOfPatients(texts),
  ),
  nobody(({ facts }) => isMeasuredBody(facts)),
  // Several protected attributes among the features of a model, wherever its data come from.
  low(
    ({ facts, events, columns: { attributes } }) =>
      attributes.filter(({ name }) => !/male/.test(wordsOf(name))).length >= 2 &&
      events.some(({ x, y }) => x && y) &&
      !AUDIT.test(facts.text),
  ),
];

/** Asked where no word said anything: a data set of persons whose subject is not said. */
export const COLUMNS_LAST: readonly Question[] = [
  // More must describe them than one attribute.
  low(
    ({ target, texts, columns: { attributes, persons } }) =>
      attributes.length > 0 &&
      (target !== undefined ||
        persons.some(({ name }) => !/^(?:weight|height)$/i.test(name)) ||
        (persons.length > 0 && !speaksOfAnimals(texts))),
  ),
  // Only persons are born and earn an income.
  low(
    ({ others, texts, columns: { ages, persons } }) =>
      others === 0 &&
      persons.length >= 2 &&
      ages.some(({ name }) => isPersonsAge(name)) &&
      !speaksOfAnimals(texts),
  ),
  // A sex and an age that stay in the frame are a person's.
  low(
    ({ facts, others, texts, columns: { attributes, ages, unnamed } }) =>
      others === 0 &&
      !speaksOfAnimals(texts) &&
      [attributes, ages].every((named) => named.some(isKept(facts, unnamed))),
  ),
];

const hasAttributesOrAges = ({ attributes, ages }: Looked["columns"]): boolean =>
  attributes.length > 0 || ages.length > 0;

function isMeasuredBody(facts: PythonFacts): boolean {
  const labels = assignedLabels(facts);
  return labels.length > 0 && labels.every(({ name }) => isBodyMeasure(name));
}

function isKept(
  { columns }: PythonFacts,
  unnamed: Looked["columns"]["unnamed"],
): (named: { name: string }) => boolean {
  const kept = new Set([...columns.filter(({ how }) => how !== "drop"), ...unnamed].map(({ name }) => name));
  return ({ name }) => kept.has(name);
}
