/** A call that trains a model or measures one. */

import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";

export interface TrainingEvent {
  call: Call;
  /** "fit": a model is trained; "evaluate": predictions of one are measured. */
  kind: "fit" | "evaluate";
  /** How a message names it: "clf.fit", "LogisticRegression().fit". */
  text: string;
  x?: Value;
  y?: Value;
}

export function eventOf(kind: TrainingEvent["kind"], call: Call, x?: Value, y?: Value): TrainingEvent {
  const made = /^(?:.*\.)?(\w+)$/.exec(call.receiver?.call?.callee ?? "")?.[1];
  const owner = call.receiver?.name ?? (made && `${made}()`);
  const text =
    owner === undefined || call.method === "__call__" ? (owner ?? call.method) : `${owner}.${call.method}`;
  return { kind, call, text, ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) };
}

const SERVERS =
  /^(?:fastapi|flask|gradio|streamlit|bentoml|litserve|starlette|sanic|quart|mlserver|kserve|chainlit|django|tornado|uvicorn)\b/;

export function isServing(facts: PythonFacts): boolean {
  return facts.imports.some(({ module }) => SERVERS.test(module));
}
