/** A server that answers with a decision about a person: where it predicts, and from what. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { isProtected, targetKind } from "../fairness/lexicon.ts";
import { personFields } from "../fairness/person-fields.ts";

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
  const fields = personFields(facts);
  const aboutPersons = fields.some((name) => isProtected(name) || targetKind(name) === "high");
  return aboutPersons ? { call, fields } : undefined;
}
