/** A server that answers with a decision about a person: where it predicts, and from what. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { isAge, isProtected, targetKind } from "../fairness/lexicon.ts";

export interface DecisionEndpoint {
  /** The prediction that the answer is made of. */
  call: Call;
  /** Fields about persons that it reads or writes. */
  fields: string[];
}

/** Frameworks whose handlers other programs call. Demos for people (Gradio, Streamlit) decide nothing by themselves. */
const SERVICES =
  /^(?:fastapi|flask|flask_restful|bentoml|litserve|starlette|sanic|quart|mlserver|kserve|django|rest_framework|tornado|falcon|aiohttp)\b/;

/** `undefined`: no service, no prediction in a handler, or nothing that says it is about persons. */
export function decisionEndpoint(facts: PythonFacts): DecisionEndpoint | undefined {
  // What a notebook shows of a service is no service.
  if (facts.isNotebook) return undefined;
  if (!facts.imports.some(({ module }) => SERVICES.test(module))) return undefined;
  const call = facts.predictions
    .map((prediction) => prediction.call)
    .find(({ method, inFunction }) => method.startsWith("predict") && inFunction !== undefined);
  if (call === undefined) return undefined;
  const fields = fieldsOf(facts);
  const aboutPersons = fields.some((name) => isProtected(name) || targetKind(name) === "high");
  return aboutPersons ? { call, fields } : undefined;
}

/** Fields of input classes, columns of frames, keys that are read. */
function fieldsOf(facts: PythonFacts): string[] {
  const names = new Set<string>();
  for (const { target, inFunction } of facts.assignments)
    if (inFunction === undefined && /^\w+$/.test(target)) names.add(target);
  for (const { name } of facts.columns) names.add(name);
  for (const { value } of facts.strings) if (/^[A-Za-z]\w{1,30}$/.test(value)) names.add(value);
  return [...names].filter((name) => isProtected(name) || isAge(name) || targetKind(name) === "high");
}
