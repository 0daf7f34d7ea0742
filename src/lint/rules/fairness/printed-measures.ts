/** What a program prints, by its name: a measure of fairness that it worked out itself. */

import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { plainText } from "../../python/strings-within.ts";

const PRINTS = /^(?:print|info|write|metric|log_metric|text)$/;

/** "Disparate impact: ", "Equal opportunity difference =" */
const MEASURE =
  /^[\s\W]*(?:(?:disparate impact|(?:demographic|statistical) parity|equali[sz]ed odds|equal opportunity)(?: (?:ratio|difference|diff|gap|score))?|DI)\s?(?:\([\w ,%]{1,30}\)\s?)?[:=]/i;

/** The call that prints one, of what a model said before. */
export function printsMeasure(facts: PythonFacts): Call | undefined {
  const since = facts.predictions[0]?.order;
  if (since === undefined) return undefined;
  return facts.calls.find(
    ({ method, args, order, inFunction }) =>
      PRINTS.test(method) &&
      (order > since || inFunction !== undefined) &&
      MEASURE.test(beginning(args[0], facts)),
  );
}

const beginning = (value: Value | undefined, { text }: PythonFacts): string =>
  typeof value?.literal === "string"
    ? value.literal
    : value !== undefined && /^[fF]["']/.test(value.text)
      ? plainText(text, value.range)
      : "";
