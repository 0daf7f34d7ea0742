/** A command that a method returns: BentoML starts what `__command__` of a service gives it. Source: BentoML documentation (2026). */

import { modelInfo } from "../../models/model-id.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";

const ITEM = /(["'])([^"'\n]*)\1|\*?[A-Za-z_][\w.]*(?:\([^()\n]*\))?/g;

/** The list display that the method returns. */
export function returnedCommand(facts: PythonFacts): Value | undefined {
  const method = facts.definitions.find(({ name }) => /(?:^|\.)__command__$/.test(name));
  if (method === undefined || isOfQuantized(facts.file)) return undefined;
  const body = facts.text.slice(method.range.start, method.range.end);
  const list = /\breturn\s*\[([^\]]*)\]/.exec(body);
  if (list === null) return undefined;
  const start = method.range.start + list.index + list[0].indexOf("[") + 1;
  const items = [...list[1]!.matchAll(ITEM)].map((match): Value => {
    const at = start + match.index;
    const [text, quote, literal] = match;
    return {
      text,
      reads: [],
      range: { start: at, end: at + text.length },
      ...(quote === undefined ? { name: text } : { literal: literal! }),
    };
  });
  return { items, text: list[0], reads: [], range: { start: start - 1, end: start + list[1]!.length + 1 } };
}

/** The arguments that a service is built with name another model than its default does: its folder says which. */
function isOfQuantized(file: string): boolean {
  const { native, quantization } = modelInfo(file.split("/").at(-2) ?? "");
  return native !== undefined || quantization !== undefined;
}
