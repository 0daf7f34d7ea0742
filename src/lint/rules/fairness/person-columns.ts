/** Columns of a program, and those that say that its rows are persons. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { columnsOf, type Named } from "./file-columns.ts";
import { describesPerson, isAge, isPersonsAge, isProtected, targetKind } from "./lexicon.ts";
import type { TableColumn } from "./table-columns.ts";

/** A column that the program names, one that only the file names that it reads, or one that only outputs show. */
export type PersonColumn = Named & Partial<Pick<TableColumn, "table">> & { shown?: true };

export interface PersonColumns {
  /** Those that the program itself names. */
  own: Named[];
  /** Those that only tables and outputs name. */
  unnamed: PersonColumn[];
  all: PersonColumn[];
  /** Sex, race, religion and the like. */
  attributes: PersonColumn[];
  ages: PersonColumn[];
  /** Others that describe a person: marital status, education, income. */
  persons: PersonColumn[];
  /** Enough of them to say that the rows are persons. */
  describePersons: boolean;
}

/** @param inTables columns that the program does not name, of files that it reads */
export function personColumns(facts: PythonFacts, inTables: readonly TableColumn[]): PersonColumns {
  const own = columnsOf(facts);
  const names = new Set(own.map(({ name }) => name));
  const unnamed: PersonColumn[] = [...inTables, ...shownOf(facts)].filter(({ name }) => !names.has(name));
  const all: PersonColumn[] = [...own, ...unnamed];
  const attributes = all.filter(({ name }) => isProtected(name));
  const ages = all.filter(({ name }) => isAge(name) && !isOfThing(name, facts));
  const persons = all.filter(({ name }) => describesPerson(name) && !isProtected(name));
  const describePersons =
    attributes.length > 0 ||
    persons.length >= 2 ||
    (ages.length > 0 && persons.length > 0) ||
    ages.some(({ name }) => isPersonsAge(name));
  return { own, unnamed, all, attributes, ages, persons, describePersons };
}

/** Years since a thing was made: `cars["age"] = 2017 - cars["year"]`. */
const isOfThing = (name: string, { assignments }: PythonFacts): boolean =>
  assignments.some(({ column, value }) => column === name && SINCE_MADE.test(value.text));

const SINCE_MADE =
  /-\s*\w+(?:\.|\[["'])(?:model_?|car_?|manufactur\w+_?|built_?)?(?:year|yr)(?:_?(?:built|made|of_?manufacture|model))?(?!\w)/i;

export function saysPerson(name: string): boolean {
  return isProtected(name) || isAge(name) || describesPerson(name) || targetKind(name) === "high";
}

/** Columns that a notebook's outputs show, each once. */
function shownOf({ shown }: PythonFacts): PersonColumn[] {
  const found = new Map<string, PersonColumn>();
  for (const { name, range } of shown) if (!found.has(name)) found.set(name, { name, range, shown: true });
  return [...found.values()];
}
