/** Is this model about persons, and what hangs on its output? Only what the file itself says. */

import type { TextRange } from "../../finding.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { COLUMNS_FIRST, COLUMNS_LAST } from "./asked-of-columns.ts";
import { WORDS } from "./asked-of-words.ts";
import type { PersonDataSet } from "./data-sets.ts";
import type { Named } from "./file-columns.ts";
import { dataSetOf } from "./file-data-set.ts";
import { isOfOtherSubject, isProxy } from "./lexicon.ts";
import { protectedFeatures } from "./low-stakes.ts";
import { type PersonColumn, personColumns, saysPerson } from "./person-columns.ts";
import type { Looked, Question } from "./person-question.ts";
import { predictedTarget } from "./predicted-target.ts";
import { textsOf } from "./self-description.ts";
import type { TableColumn } from "./table-columns.ts";
import { highStakesPhrases } from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";

export interface PersonEvidence {
  stakes: "high" | "low";
  /** Protected columns in the frame, each once; where little hangs on the model those that are features. */
  protectedColumns: PersonColumn[];
  proxies: PersonColumn[];
  target?: Named;
  dataSet?: PersonDataSet & { range: TextRange };
  /** What the file says it is about: "credit risk". */
  topics: readonly string[];
  /** Of columns that only the files name, those that say that the data are about persons. */
  fromTables: TableColumn[];
  /** Of those that only a notebook's outputs show, the same. */
  shown: PersonColumn[];
}

/** In this order; the first answer decides. */
const QUESTIONS: readonly Question[] = [...COLUMNS_FIRST, ...WORDS, ...COLUMNS_LAST];

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
  const looked = lookAt(facts, events, inTables);
  const answer = firstAnswer(looked);
  if (answer === undefined || answer === "nobody") return undefined;
  const { columns, dataSet, target, topics } = looked;
  const isOfPersons = columns.describePersons || dataSet !== undefined;
  const protectedColumns = [...columns.attributes, ...(isOfPersons ? columns.ages : [])];
  return {
    stakes: answer === "low" ? "low" : "high",
    protectedColumns:
      answer === "low" ? protectedFeatures(facts, protectedColumns, dataSet) : protectedColumns,
    proxies: columns.all.filter(({ name }) => isProxy(name)),
    topics: typeof answer === "object" ? [...topics, answer.topic] : topics,
    fromTables: inTables.filter(({ name }) => saysPerson(name)),
    shown: columns.unnamed.filter(({ name, shown }) => shown && saysPerson(name)),
    ...(target === undefined ? {} : { target: target.named }),
    ...(dataSet === undefined ? {} : { dataSet }),
  };
}

function lookAt(
  facts: PythonFacts,
  events: readonly TrainingEvent[],
  inTables: readonly TableColumn[],
): Looked {
  const columns = personColumns(facts, inTables);
  const texts = textsOf(facts);
  const dataSet = dataSetOf(facts);
  const target = predictedTarget(facts, columns.own, inTables);
  return {
    facts,
    events,
    columns,
    others: columns.all.filter(({ name }) => isOfOtherSubject(name)).length,
    texts,
    topics: highStakesPhrases(texts),
    ...(dataSet === undefined ? {} : { dataSet }),
    ...(target === undefined ? {} : { target }),
  };
}

function firstAnswer(looked: Looked) {
  for (const question of QUESTIONS) {
    const answer = question(looked);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
