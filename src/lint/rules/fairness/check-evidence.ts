/** What counts as a comparison of results between groups: a library's metric that is called, or one written by hand. */

import type { TextRange } from "../../finding.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { comparesPersons } from "./compared-groups.ts";
import { countsGroups } from "./counted-groups.ts";
import { handedMetric, measuresByLibrary } from "./fairness-libraries.ts";
import { asksTool, configuresBias, namesSlices } from "./fairness-tools.ts";
import { relatesToGroup } from "./group-statistics.ts";
import {
  asksForGroup,
  changesGroup,
  choosesGroup,
  countsOutput,
  drawsGroups,
  explainsByGroup,
  queriesGroups,
} from "./group-views.ts";
import { comparesByOwn, isNamedForComparison, readsComparison } from "./own-comparisons.ts";
import { printsMeasure } from "./printed-measures.ts";

export interface CheckEvidence {
  what: string;
  range: TextRange;
}

/** What is predicted when a person's attribute is changed. */
const COUNTERFACTUAL = /^(?:\S+ ){0,3}counterfactual[ _](?:predict\w+|fairness|scores?|ratings?)$/i;

const MOST_LETTERS = 40;

/** The first check in the file; undefined when there is none. */
export function fairnessCheck(facts: PythonFacts): CheckEvidence | undefined {
  const call =
    facts.calls.find((each) => comparesByCall(each, facts)) ??
    configuresBias(facts) ??
    changesGroup(facts) ??
    printsMeasure(facts);
  if (call !== undefined) return { what: call.callee, range: call.range };
  const definition = facts.definitions.find(
    ({ kind, name }) => kind === "function" && isNamedForComparison(name),
  );
  if (definition !== undefined) return { what: definition.name, range: definition.range };
  const handed = handedMetric(facts);
  if (handed !== undefined) return { what: handed.text, range: handed.range };
  const asked = namesSlices(facts) ?? queriesGroups(facts) ?? readsComparison(facts);
  if (asked !== undefined) return { what: asked.value.slice(0, MOST_LETTERS), range: asked.range };
  const counterfactual =
    facts.strings.find(({ value }) => COUNTERFACTUAL.test(value)) ?? studiedInTitle(facts);
  if (counterfactual !== undefined && facts.predictions.length > 0)
    return { what: counterfactual.value, range: counterfactual.range };
  const counted = countsGroups(facts);
  if (counted !== undefined)
    return { what: facts.text.slice(counted.start, counted.start + MOST_LETTERS), range: counted };
  const group = facts.groups.find((operation) => comparesPersons(operation, facts));
  return group && { what: `${group.how} over ${group.over.join(", ")}`, range: group.range };
}

function comparesByCall(call: Call, facts: PythonFacts): boolean {
  return (
    measuresByLibrary(call) ||
    asksTool(call, facts) ||
    comparesByOwn(call) ||
    drawsGroups(call, facts) ||
    countsOutput(call, facts) ||
    explainsByGroup(call, facts) ||
    choosesGroup(call) ||
    relatesToGroup(call, facts) ||
    asksForGroup(call)
  );
}

/** A chapter of a notebook: "# Counterfactual fairness". */
function studiedInTitle({ prose }: PythonFacts): { value: string; range: TextRange } | undefined {
  const found = prose.find(({ text }) => /^[\s#]*counterfactual fairness\b/i.test(text));
  return found && { value: "counterfactual fairness", range: found.range };
}
