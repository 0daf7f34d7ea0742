/** Branches that a program does not take unless an option asks for them: `if args.quantize == "int8":` where float32 is the default. */

import { optionNamed } from "../config/systems/python-values.ts";
import type { Call, PythonFacts, Value } from "../python/python-facts.ts";

type Literal = Value["literal"];

/** True when one of the `if`s around a place is not taken by default. */
export function isOffByDefault(at: number, facts: PythonFacts): boolean {
  const lines = facts.text.slice(0, facts.text.lastIndexOf("\n", at) + 1).split(/\r?\n/);
  let indent = at - facts.text.lastIndexOf("\n", at) - 1;
  let isElse = false;
  for (let line = lines.pop(); line !== undefined && (indent > 0 || isElse); line = lines.pop()) {
    const [, lead = "", keyword = "", condition] =
      /^([ \t]*)((?:if|elif|else)\b|\S)(?:(?<=if)[ \t]+(.*?):[ \t]*(?:#.*)?$)?/.exec(line) ?? [];
    if (keyword === "" || keyword === "#") continue;
    if (isElse && lead.length === indent && condition !== undefined) {
      // One of the conditions before holds by default.
      if (holds(condition, at, facts) === true) return true;
      isElse = keyword === "elif";
    }
    if (lead.length >= indent) continue;
    indent = lead.length;
    isElse = keyword === "else" || keyword === "elif";
    if (condition !== undefined && holds(condition, at, facts) === false) return true;
  }
  return false;
}

/** What a condition is where no option is given; nothing where that is not known. */
function holds(condition: string, at: number, facts: PythonFacts): boolean | undefined {
  const parts = condition.split(/\s+and\s+/).map((part) => partHolds(part.trim(), at, facts));
  if (parts.includes(false)) return false;
  return parts.every((part) => part === true) ? true : undefined;
}

const COMPARISON = /^(not\s+)?([A-Za-z_][\w.]*)(?:\.lower\(\))?\s*(?:(==|!=|in|not in|is not|is)\s+(.+))?$/;

function partHolds(part: string, at: number, facts: PythonFacts): boolean | undefined {
  const [, not, name, operator, right = ""] = COMPARISON.exec(part.replace(/(==|!=)/, " $1 ")) ?? [];
  if (name === undefined) return undefined;
  const value = defaultOf(name, at, facts);
  if (value === undefined) return undefined;
  if (operator === undefined) return not === undefined ? Boolean(value) : !value;
  const literals = [...right.matchAll(/["']([^"']*)["']|\b(None|True|False)\b/g)].map(
    ([, text, word]) => text ?? (word === "None" ? null : word === "True"),
  );
  if (literals.length === 0) return undefined;
  const isAmong = literals.includes(typeof value === "number" ? String(value) : value);
  return operator === "==" || operator === "in" || operator === "is" ? isAmong : !isAmong;
}

/** The value of an option, a constant or a parameter where the command line says nothing. */
function defaultOf(name: string, at: number, facts: PythonFacts, depth = 0): Literal {
  if (depth > 3) return undefined;
  if (name.includes(".")) {
    const option = optionNamed(name, facts);
    return option && defaultOfOption(option);
  }
  const bound = facts.assignments.filter(({ target }) => target === name);
  const [only] = bound;
  if (only !== undefined)
    return bound.length > 1
      ? undefined
      : (only.value.literal ?? (only.value.name && defaultOf(only.value.name, at, facts, depth + 1)));
  return defaultOfParameter(name, at, facts, depth);
}

function defaultOfOption({ method, args, keywords }: Call): Literal {
  if (method.startsWith("DEFINE_")) return (args[1] ?? keywords.get("default"))?.literal;
  const written = keywords.get("default");
  if (written !== undefined) return written.literal;
  if (keywords.get("action")?.literal === "store_true" || keywords.get("is_flag")?.literal === true)
    return false;
  return keywords.has("action") || keywords.get("required")?.literal === true ? undefined : null;
}

/** A parameter that each call of the file leaves at its default, or gives an option at its own; one of click's. */
function defaultOfParameter(name: string, at: number, facts: PythonFacts, depth: number): Literal {
  const within = facts.definitions
    .filter(({ kind, range }) => kind === "function" && range.start <= at && at <= range.end)
    .at(-1);
  if (within === undefined) return undefined;
  const header = /\(([^()]{1,600})\)/.exec(facts.text.slice(within.range.start, within.range.start + 800));
  const parameters = (header?.[1] ?? "").split(",").map((one) => one.trim());
  const place = parameters.findIndex((one) => /^\w+/.exec(one)?.[0] === name);
  if (place < 0) return undefined;
  const clicked = facts.calls.find(
    ({ callee, args }) =>
      callee === "click.option" &&
      args.some(({ literal }) => typeof literal === "string" && optionName(literal) === name),
  );
  if (clicked !== undefined) return defaultOfOption(clicked);
  const callers = facts.calls.filter(
    ({ method, range }) => method === within.name && range.start !== within.range.start,
  );
  const written = literalIn(parameters[place]!);
  const offset = parameters[0] === "self" ? 1 : 0;
  const given = callers.map(({ args, keywords, hasUnknownArguments }) => {
    const value = keywords.get(name) ?? args[place - offset];
    if (value === undefined) return hasUnknownArguments ? undefined : written;
    return value.literal ?? (value.name && defaultOf(value.name, value.range.start, facts, depth + 1));
  });
  return given.length > 0 && given.every((one) => one === given[0]) ? given[0] : undefined;
}

const optionName = (written: string): string => written.replace(/^-+/, "").replaceAll("-", "_");

function literalIn(parameter: string): Literal {
  const [, text, word] = /=\s*(?:["']([^"']*)["']|(None|True|False))$/.exec(parameter) ?? [];
  return text ?? (word === undefined ? undefined : word === "None" ? null : word === "True");
}
