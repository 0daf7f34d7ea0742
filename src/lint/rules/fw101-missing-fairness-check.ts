/** FW101: a model about persons is trained or evaluated, and nothing compares its results between groups. */

import type { Finding, Related, TextRange } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { caseWithTables, checkedElsewhere } from "./fairness/case.ts";
import { checkFixes } from "./fairness/check/check-snippet.ts";
import { examples } from "./fairness/fw101-examples/index.ts";
import { isAge, isPlainTarget, isProtected } from "./fairness/lexicon.ts";
import { listed } from "./fairness/messages.ts";
import type { PersonEvidence } from "./fairness/person-evidence.ts";
import type { TrainingEvent } from "./fairness/training-event.ts";

function check({ facts, evidence, profile }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = caseWithTables(facts, evidence);
  if (found === undefined || !concerns(found.person) || found.check !== undefined) return [];
  if (checkedElsewhere(facts, evidence)) return [];
  const { events, person } = found;
  const event = events[0]!;
  const finding = findingOf(missingFairnessCheck, {
    range: event.call.calleeRange,
    message: messageOf(event, person),
    why: reasonsOf(facts, event, person),
    silencedBy: missingFairnessCheck.docs.silencedBy,
    related: relatedOf(facts, events, person),
    fixes: checkFixes(facts, event, person, evidence),
  });
  if (profile === "high-risk") finding.severity = "error";
  else if (person.stakes === "low") finding.severity = "information";
  return [finding];
}

/** Churn and marketing matter here only where a protected attribute is in the frame. */
function concerns(person: PersonEvidence): boolean {
  return person.stakes === "high" || person.protectedColumns.length > 0;
}

function messageOf(event: TrainingEvent, person: PersonEvidence): string {
  const target = person.target?.name;
  const on = target === undefined || isPlainTarget(target) ? (person.dataSet?.name ?? target) : target;
  const uses = listed(person.protectedColumns.map(({ name }) => name));
  const verb = event.kind === "fit" ? "" : " measures a model";
  const subject = `${event.text}${verb}${on === undefined ? "" : ` on ${on}`}`;
  const that = event.kind === "fit" ? "" : " that";
  const data = uses === "" ? "decides about persons" : `has ${uses} in its data`;
  return `${subject}${that} ${data}; no result is compared between groups in this file.`;
}

function reasonsOf(facts: PythonFacts, event: TrainingEvent, person: PersonEvidence): string[] {
  const why = [
    `${event.text} ${event.kind === "fit" ? "trains a model" : "measures a model's predictions"}.`,
  ];
  if (person.dataSet !== undefined) why.push(`The data are ${person.dataSet.name}, about persons.`);
  if (person.protectedColumns.length > 0)
    why.push(
      `Protected attributes in the data: ${listed(
        person.protectedColumns.map(({ name }) => name),
        6,
      )}.`,
    );
  for (const { table, names } of byTable(person))
    why.push(`Columns of ${table}: ${listed(names, MOST_NAMES)}.`);
  if (person.shown.length > 0)
    why.push(
      `Columns that the notebook's outputs show: ${listed(
        person.shown.map(({ name }) => name),
        MOST_NAMES,
      )}.`,
    );
  if (person.target !== undefined) why.push(`What is predicted: ${person.target.name}.`);
  if (person.topics.length > 0) why.push(`The file says it is about: ${listed(person.topics)}.`);
  if (person.proxies.length > 0)
    why.push(`Columns that can stand for a group: ${listed(person.proxies.map(({ name }) => name))}.`);
  const exploration = labelExploration(facts);
  if (exploration !== undefined)
    why.push(
      `The ${exploration.how} over ${listed(exploration.over)} looks at the label, not at predictions.`,
    );
  return why;
}

/** A group operation over persons that is exploration (FW110 in the catalogue): said, so that nobody takes it for a check. */
function labelExploration(facts: PythonFacts): PythonFacts["groups"][number] | undefined {
  return facts.groups.find(
    ({ how, over, consumesPrediction }) =>
      !consumesPrediction &&
      (how === "groupby" || how === "crosstab" || how === "pivot") &&
      over.some((name) => isProtected(name) || isAge(name)),
  );
}

function relatedOf(facts: PythonFacts, events: readonly TrainingEvent[], person: PersonEvidence): Related[] {
  const related: Related[] = person.protectedColumns
    .filter(({ table }) => table === undefined)
    .slice(0, 4)
    .map(({ name, range, shown }) => ({
      message: `protected attribute${shown ? " in an output" : ""}: ${name}`,
      range,
    }));
  if (person.target !== undefined)
    related.push({ message: `what is predicted: ${person.target.name}`, range: person.target.range });
  if (person.dataSet !== undefined)
    related.push({ message: `data of persons: ${person.dataSet.name}`, range: person.dataSet.range });
  for (const { table, names, range } of byTable(person))
    related.push({ message: `columns of ${table}: ${listed(names, MOST_NAMES)}`, range, file: table });
  for (const { call, text } of events.slice(1, 6))
    related.push({ message: `also: ${text}`, range: call.calleeRange });
  const exploration = labelExploration(facts);
  if (exploration !== undefined)
    related.push({ message: "this looks at the label, not at predictions", range: exploration.range });
  return related;
}

const MOST_NAMES = 8;

/** Of each file that the program reads, the columns about persons that only it names. */
function byTable({ fromTables }: PersonEvidence): { table: string; names: string[]; range: TextRange }[] {
  const found = new Map<string, { table: string; names: string[]; range: TextRange }>();
  for (const { name, range, table } of fromTables) {
    const entry = found.get(table) ?? { table, names: [], range };
    entry.names.push(name);
    found.set(table, entry);
  }
  return [...found.values()];
}

export const missingFairnessCheck: Rule = {
  code: "FW101",
  name: "missing-fairness-check",
  default: true,
  severity: "warning",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A model about persons is trained or evaluated in a file where no result is compared between groups of persons.",
    where:
      "That a model is about persons is said by the columns, data sets and texts that the file names, and by the columns of the tables that it trains on: the first line of a CSV or TSV file, the keys of the first object of JSON lines. So do constants of the project's modules that it imports, such as a list of features or the name of the target. Of a notebook's outputs the names of columns that they show count as well. Of a table that lies outside the project, or whose path the file does not say, nothing is read; rows are looked at in none.",
    why: "A model that is right on average can be wrong more often for one group; only a comparison of its predictions or errors by group shows it, and the training program is where the groups are still at hand.",
    silencedBy: [
      "A fairness metric that is called or handed over: fairlearn.metrics, AIF360 or Holistic AI metrics, an Aequitas audit, sliced TFMA; AutoML that is told of a group.",
      "A group-by, mask, loop, query or figure over a protected attribute that looks at predictions, scores or errors; predictions for copies in which it is changed; the What-If Tool, opened with one.",
      "A check in a sibling file of the project, or an audit of this file in Fairwatt's ledger.",
      "`# fairwatt: ignore[FW101] reason`.",
    ],
    references: [
      "Regulation (EU) 2024/1689 (AI Act), Article 10(2)(f)-(g) and Article 15, Annex III.",
      "Hardt, Price, Srebro: Equality of Opportunity in Supervised Learning, NeurIPS 2016.",
      "Fairlearn user guide, Assessment: https://fairlearn.org/main/user_guide/assessment/.",
    ],
  },
  examples,
  check,
};
