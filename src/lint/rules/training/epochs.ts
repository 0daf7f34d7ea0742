/** How often a loop runs, where that is written: a literal, a name bound once, or the default of an option. */

import { literalOf } from "../../config/systems/python-values.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";

export interface Count {
  value: number;
  /** "written": it stands in the file. "option": the default of a command line option, so a person chooses it. */
  from: "written" | "option";
}

/** Rounds of a loop over `range(...)`, also through enumerate, tqdm and trange. */
export function countOf(facts: PythonFacts, over: Value): Count | undefined {
  const call = over.call;
  if (call === undefined || call.hasUnknownArguments) return undefined;
  if (
    /(?:^|\.)(?:enumerate|tqdm|tqdm_notebook|progress_bar|track|master_bar|prange)$/.test(call.callee) &&
    call.method !== "prange"
  )
    return call.args[0] && countOf(facts, call.args[0]);
  if (!/(?:^|\.)(?:range|trange|xrange|tnrange)$/.test(call.callee)) return undefined;
  const [first, second] = call.args;
  if (first === undefined) return undefined;
  return second === undefined ? numberOf(facts, first) : between(facts, first, second);
}

/** `range(1, epochs + 1)`, `range(start, start + 200)`, `range(start_epoch, epochs)`: resuming is not counted off. */
function between(facts: PythonFacts, first: Value, second: Value): Count | undefined {
  const start = literalOf(first);
  const added = /^(.+?)\s*\+\s*(\d+)$/.exec(second.text);
  if (added !== null) {
    const [, base, more] = added;
    if (base === first.text) return { value: Number(more), from: "written" };
    if (start === Number(more)) return named(facts, base!, second);
    return undefined;
  }
  const stop = numberOf(facts, second);
  if (stop === undefined) return undefined;
  return typeof start === "number" ? { ...stop, value: stop.value - start } : stop;
}

export function numberOf(facts: PythonFacts, value: Value | undefined): Count | undefined {
  if (value === undefined) return undefined;
  const literal = literalOf(value);
  if (typeof literal === "number") return { value: literal, from: "written" };
  const chosen = optionDefault(facts, value.name ?? value.text);
  return chosen === undefined ? undefined : { value: chosen, from: "option" };
}

/** The number that a name written in an expression stands for. */
function named(facts: PythonFacts, text: string, within: Value): Count | undefined {
  const bound = facts.assignments.filter(({ target }) => target === text);
  const only = bound.length === 1 ? bound[0] : undefined;
  if (only !== undefined && only.range.start < within.range.start) return numberOf(facts, only.value);
  const chosen = optionDefault(facts, text);
  return chosen === undefined ? undefined : { value: chosen, from: "option" };
}

/** `args.epochs`: the default that `add_argument("--epochs", default=90)` gives it. */
function optionDefault(facts: PythonFacts, name: string): number | undefined {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  const option = name.slice(dot + 1);
  for (const call of facts.calls) {
    if (call.method !== "add_argument") continue;
    const names = call.args.map(({ literal }) => literal).filter((each) => typeof each === "string");
    const dest = call.keywords.get("dest")?.literal;
    if (dest !== option && !names.some((each) => each.replace(/^-+/, "").replaceAll("-", "_") === option))
      continue;
    const given = literalOf(call.keywords.get("default"));
    if (typeof given === "number") return given;
  }
  return undefined;
}
