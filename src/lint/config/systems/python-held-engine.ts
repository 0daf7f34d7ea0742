/** An engine that a program without a web framework holds for requests: a module that a platform calls, a service's class. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { engineOf } from "./python-engines.ts";
import { isImported, SERVICE_PATH } from "./python-model-class.ts";

/** What a platform calls in a module that holds an engine. */
const HANDLES = /^(?:run|predict|handle|handler|infer|inference|generate|chat|completions?)$/;
/** Those that hold an engine for a script, as `Generator`, have their own loop over a data set as often as not. */
const SERVICE_CLASS = /(?:Service|Server|Worker|Predictor|Handler|Deployment|Endpoint)$/;
const RUNS_BY_ITSELF =
  /^(?:datasets|evaluate|lm_eval|sklearn\.metrics|argparse|click|typer|fire|tqdm|pandas)(?:\.|$)/;

/** `llm = LLM(...)` of a module, with a function that a request is given to; `self.llm = LLM(...)` of a service. */
export function heldEngine(facts: PythonFacts): string | undefined {
  const { calls, definitions, imports, isNotebook } = facts;
  const places = calls.flatMap(({ callee, inFunction }) =>
    engineOf(callee) === undefined ? [] : [inFunction ?? ""],
  );
  if (places.length === 0 || isNotebook || imports.some(({ module }) => RUNS_BY_ITSELF.test(module)))
    return undefined;
  const service = definitions.find(
    ({ kind, name }) =>
      kind === "class" &&
      places.some((place) => place.startsWith(`${name}.`)) &&
      (SERVICE_CLASS.test(name) || SERVICE_PATH.test(facts.file)),
  );
  if (service !== undefined) return service.name;
  if (!isImported(places, facts)) return undefined;
  const handler = definitions.find(({ kind, name }) => kind === "function" && HANDLES.test(name));
  const request = definitions.find(({ bases }) => bases.includes("pydantic.BaseModel"));
  return (handler ?? request)?.name;
}

/** An answer of a chat API that the program itself writes, in parts or whole. */
export function answersChats({ strings, calls }: PythonFacts): boolean {
  return (
    strings.some(({ value }) => value === "chat.completion.chunk") &&
    !calls.some(({ callee }) => /^openai\./.test(callee))
  );
}
