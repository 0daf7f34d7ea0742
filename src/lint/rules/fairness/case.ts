/** What the rules of this family share about a file, worked out once. */

import type { ProjectEvidence } from "../../project/evidence.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { type CheckEvidence, fairnessCheck } from "./check-evidence.ts";
import { columnsOfConstants } from "./constant-columns.ts";
import { type PersonEvidence, personEvidence } from "./person-evidence.ts";
import { columnsOfTables } from "./table-columns.ts";
import type { TrainingEvent } from "./training-event.ts";
import { trainingEvents } from "./training-events.ts";

/** A program that trains or measures a model about persons. */
export interface Case {
  events: readonly TrainingEvent[];
  person: PersonEvidence;
  /** The comparison between groups in the file, if there is one. */
  check: CheckEvidence | undefined;
}

const cases = new WeakMap<PythonFacts, Case | null>();
const events = new WeakMap<PythonFacts, readonly TrainingEvent[]>();
const tabled = new WeakMap<PythonFacts, { evidence: ProjectEvidence; found: Case | undefined }>();

export function eventsOf(facts: PythonFacts): readonly TrainingEvent[] {
  const found = events.get(facts) ?? trainingEvents(facts);
  events.set(facts, found);
  return found;
}

/** `undefined`: nothing is trained or measured here, or not about persons. */
export function caseOf(facts: PythonFacts): Case | undefined {
  const known = cases.get(facts);
  if (known !== undefined) return known ?? undefined;
  const person = eventsOf(facts).length === 0 ? undefined : personEvidence(facts, eventsOf(facts));
  const found = person && caseAbout(facts, person);
  cases.set(facts, found ?? null);
  return found;
}

/** The same, with the columns of the tables that the program trains on, and of constants that it imports. They add to what it says itself. */
export function caseWithTables(facts: PythonFacts, evidence: ProjectEvidence | undefined): Case | undefined {
  if (evidence === undefined || eventsOf(facts).length === 0) return caseOf(facts);
  const known = tabled.get(facts);
  const found = known?.evidence === evidence ? known.found : withTables(facts, evidence);
  tabled.set(facts, { evidence, found });
  return found;
}

function withTables(facts: PythonFacts, evidence: ProjectEvidence): Case | undefined {
  const own = caseOf(facts);
  const columns = [...columnsOfTables(facts, evidence), ...columnsOfConstants(facts, evidence)];
  const person = columns.length === 0 ? undefined : personEvidence(facts, eventsOf(facts), columns);
  if (person === undefined) return own;
  if (own?.person.stakes === "high") person.stakes = "high";
  return caseAbout(facts, person);
}

function caseAbout(facts: PythonFacts, person: PersonEvidence): Case {
  return { events: eventsOf(facts), person, check: fairnessCheck(facts) };
}

/** A check elsewhere: in a sibling file, or an audit of this file in the ledger. */
export function checkedElsewhere(facts: PythonFacts, evidence: ProjectEvidence | undefined): boolean {
  if (evidence === undefined) return false;
  return evidence.fairnessChecks.length > 0 || evidence.audits.some(({ file }) => file === facts.file);
}

/** Names of columns that are dropped from the features. */
export function droppedColumns(facts: PythonFacts): Set<string> {
  return new Set(facts.columns.filter(({ how }) => how === "drop").map(({ name }) => name));
}

/** The statement around a range where it is an assignment, else the range itself. */
export function statementOf(
  facts: PythonFacts,
  range: { start: number; end: number },
): { start: number; end: number } {
  const statement = facts.assignments.find(
    (assignment) => assignment.range.start <= range.start && range.end <= assignment.range.end,
  );
  return statement?.range ?? range;
}

/** Where a line can be inserted behind a statement that stands alone on its lines; undefined where it does not. */
export function lineBehind(
  facts: PythonFacts,
  range: { start: number; end: number },
): { offset: number; indent: string } | undefined {
  const { text } = facts;
  const lineStart = text.lastIndexOf("\n", range.start - 1) + 1;
  const lineEnd = text.indexOf("\n", range.end);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const indent = text.slice(lineStart, range.start);
  if (!/^[ \t]*$/.test(indent) || !/^[ \t\r]*(?:#.*)?$/.test(text.slice(range.end, end))) return undefined;
  return { offset: text[end - 1] === "\r" ? end - 1 : end, indent };
}
