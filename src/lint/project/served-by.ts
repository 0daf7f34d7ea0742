/** Programs that load a model for another one to serve: `main.py` has the web framework, `inference.py` the model. */

import { pattern } from "../pattern.ts";
import { webFrameworkOf } from "../python/prefilter.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { remembered } from "../remembered.ts";
import type { ProjectEvidence } from "./evidence.ts";
import type { FileEvidence } from "./file-evidence.ts";
import { placesOf } from "./places.ts";

/** A program that serves, and the modules that it imports. */
export interface ServerImports {
  /** What shows that it serves: "fastapi". */
  what: string;
  /** As written, with what is taken of them: "app.inference", "app.inference.Model", ".inference". */
  modules: string[];
}

const MOST_MODULES = 100;
const IMPORT =
  /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*(\([^)]{0,2000}\)|[^\n(;#]+)|import[ \t]+([^\n;#]+))/gm;

/**
 * What a program that serves imports, by its text.
 *
 * @param what what shows that it serves, where it was read; else its web framework does
 */
export function serverImports(
  path: string,
  text: string,
  what: string | undefined,
): ServerImports | undefined {
  if (!/\.pyw?$/.test(path)) return undefined;
  const framework = what ?? webFrameworkOf(text);
  if (framework === undefined) return undefined;
  const modules = new Set<string>();
  for (const [, module = "", names = "", plain = ""] of text.matchAll(IMPORT)) {
    for (const name of namesIn(plain)) modules.add(name);
    if (module !== "") modules.add(module);
    for (const name of namesIn(names))
      modules.add(module.endsWith(".") ? module + name : `${module}.${name}`);
    if (modules.size >= MOST_MODULES) break;
  }
  return { what: framework, modules: [...modules].slice(0, MOST_MODULES) };
}

/** `a as b, c` are a and c. */
function namesIn(list: string): string[] {
  return list
    .replace(/#[^\n]*/g, "")
    .replace(/[()\\]/g, " ")
    .split(",")
    .map((one) => one.trim().split(/\s+/)[0] ?? "")
    .filter((one) => /^[\w.]+$/.test(one));
}

type Server = NonNullable<ProjectEvidence["servedBy"]>;

/** What each program is imported by that serves, by its place without its ending. */
export function serversByPlace(files: Iterable<Pick<FileEvidence, "file" | "serves">>): Map<string, Server> {
  const found = new Map<string, Server>();
  for (const { file, serves } of files)
    for (const module of serves?.modules ?? [])
      for (const place of placesOf(module, file))
        if (!found.has(place)) found.set(place, { file, what: serves!.what });
  return found;
}

const LOADS = pattern()`
  (?:^|\.)(?:from_pretrained|from_single_file)$|^transformers\.(?:pipelines\.)?pipeline$|^vllm\.|
  ^sglang\.|^llama_cpp\.|^TTS\.api\.TTS$|(?:^|\.)\w*Xtts\.init_from_config$|^whisper\.load_model$|
  ^ultralytics\.[A-Z]\w*$
`;

const loads = remembered((callee) => LOADS.test(callee));
const trains = remembered((callee) =>
  /(?:^|\.)(?:train|fit|backward|get_peft_model|\w*Trainer)$/.test(callee),
);

/** A module that loads a model, trains none and starts no server: whether it is served, another file says. */
export function mayBeServed(facts: PythonFacts): boolean {
  return (
    facts.server === undefined &&
    !facts.isNotebook &&
    facts.calls.some(({ callee }) => loads(callee)) &&
    !facts.calls.some(({ callee }) => trains(callee))
  );
}
