/** What a program that answers requests reads about persons. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { isAge, isProtected, targetKind } from "./lexicon.ts";

/** Names about persons among fields of input classes, columns of frames and keys that are read. */
export function personFields(facts: PythonFacts): string[] {
  const names = new Set<string>();
  for (const { target, inFunction } of facts.assignments)
    if (inFunction === undefined && /^\w+$/.test(target)) names.add(target);
  for (const { name } of facts.columns) names.add(name);
  for (const { value } of facts.strings) if (/^[A-Za-z]\w{1,30}$/.test(value)) names.add(value);
  return [...names].filter((name) => isProtected(name) || isAge(name) || targetKind(name) === "high");
}
