/** Paths that a program puts together: constants, `os.path.join`, `Path(...) / "train.csv"`, f-strings, `__file__`. */

import { stringValue } from "./literals.ts";
import type { PythonFacts, Value } from "./python-facts.ts";

export interface NamedPath {
  /** With forward slashes; may begin with "..". */
  path: string;
  /** Relative to the program's own folder; else to where it is started, which is not known. */
  fromProgram: boolean;
}

/** Stands for the program's folder. */
const HERE = "\0";
const MAX_TEXT = 400;
const MAX_DEPTH = 8;
const MAX_STEPS = 5_000;
const JOINS = /^(?:os\.path\.join|(?:pathlib\.)?(?:Pure)?(?:Posix)?Path)$/;
const KEEPS =
  /^(?:str|os\.fspath|os\.path\.(?:abspath|realpath|normpath|expanduser))$|^(?:resolve|absolute|as_posix|expanduser)$/;
const STARTED_IN = /^(?:os\.getcwd|(?:pathlib\.)?Path\.cwd)$/;

/** Undefined where a part of it is not known. */
export type PathReader = (value: Value) => NamedPath | undefined;

/** What the paths of one program are. Its names are looked up once; after MAX_STEPS parts no further path is known. */
export function pathReader(facts: PythonFacts): PathReader {
  const steps = { left: MAX_STEPS, values: valuesOf(facts), file: facts.file };
  return (value) => {
    const known = typeof value.literal === "string" ? value.literal : evaluate(steps, value.text, 0);
    const path = known?.replaceAll("\\", "/");
    if (path === undefined || path === "" || path.lastIndexOf(HERE) > 0) return undefined;
    return path.startsWith(HERE)
      ? { path: path.slice(HERE.length).replace(/^\/+/, ""), fromProgram: true }
      : { path, fromProgram: false };
  };
}

interface Steps {
  /** Names of names of sums of names: a text can ask for more than there is time. */
  left: number;
  values: ReadonlyMap<string, string | undefined>;
  file: string;
}

/** What names are bound to; undefined for those that are bound to several things. */
function valuesOf({ assignments }: PythonFacts): Steps["values"] {
  const values = new Map<string, string | undefined>();
  for (const { target, value } of assignments) {
    const other = values.has(target) && values.get(target) !== value.text;
    values.set(target, other ? undefined : value.text);
  }
  return values;
}

function evaluate(steps: Steps, source: string, depth: number): string | undefined {
  const text = source.trim();
  if (text === "" || text.length > MAX_TEXT || depth > MAX_DEPTH || steps.left-- <= 0) return undefined;
  const within = (part: string) => evaluate(steps, part, depth + 1);
  const segments = split(text, "/");
  if (segments.length > 1) return joined(segments.map(within));
  const added = split(text, "+");
  if (added.length > 1) {
    const parts = added.map(within);
    return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
  }
  if (/^[a-z]{0,2}["']/i.test(text)) return stringOf(text, within);
  if (text === "__file__") return `${HERE}/${steps.file.slice(steps.file.lastIndexOf("/") + 1)}`;
  if (/^[A-Za-z_][\w.]*$/.test(text) && !/\.parent$/.test(text)) {
    const bound = steps.values.get(text);
    return bound === undefined ? undefined : within(bound);
  }
  return called(text, within);
}

/** `f(...)`, `path.method(...)`, `path.parent`, `path.parents[1]`, `(...)`. */
function called(text: string, within: (part: string) => string | undefined): string | undefined {
  const parent = /^(.+)\.parent$/s.exec(text);
  if (parent) return above(within(parent[1]!));
  const parents = /^(.+)\.parents\[(\d)\]$/s.exec(text);
  if (parents) {
    let path = within(parents[1]!);
    for (let at = 0; at <= Number(parents[2]); at++) path = above(path);
    return path;
  }
  if (!text.endsWith(")")) return undefined;
  const open = opening(text);
  if (open === undefined) return undefined;
  const callee = text.slice(0, open);
  const parts = split(text.slice(open + 1, -1), ",").filter((part) => part.trim() !== "");
  if (callee === "") return parts.length === 1 ? within(parts[0]!) : undefined;
  if (STARTED_IN.test(callee)) return ".";
  if (JOINS.test(callee)) return joined(parts.map(within));
  if (callee === "os.path.dirname") return above(within(parts[0] ?? ""));
  if (KEEPS.test(callee)) return parts.length === 1 ? within(parts[0]!) : undefined;
  const method = /^(.+)\.(\w+)$/s.exec(callee);
  if (method === null) return undefined;
  if (KEEPS.test(method[2]!)) return within(method[1]!);
  return method[2] === "joinpath" ? joined([method[1]!, ...parts].map(within)) : undefined;
}

function stringOf(text: string, within: (part: string) => string | undefined): string | undefined {
  const formatted = /^(?:f|rf|fr)(["'])(.*)\1$/is.exec(text);
  if (formatted === null) return /(["'])[^"']*\1\s+["']/.test(text) ? undefined : stringValue(text);
  if (/[\\"']|\{\{|[:!]/.test(formatted[2]!)) return undefined;
  let whole = true;
  const filled = formatted[2]!.replace(/\{([^{}]*)\}/g, (_, part: string) => {
    const value = within(part);
    whole &&= value !== undefined;
    return value ?? "";
  });
  return whole ? filled : undefined;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  let path = "";
  for (const part of parts) {
    if (part === undefined) return undefined;
    path = path === "" || /^[/\0]|^[A-Za-z]:/.test(part) ? part : `${path.replace(/\/$/, "")}/${part}`;
  }
  return path;
}

function above(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const at = path.replace(/\/$/, "").lastIndexOf("/");
  const last = path.slice(at + 1);
  if (last === ".." || last === HERE) return `${path}/..`;
  if (last === "." || last === "") return `${path === "" ? "." : path}/..`;
  return at < 0 ? "." : path.slice(0, at);
}

/** Where the bracket opens that the text's last one closes. */
function opening(text: string): number | undefined {
  let found: number | undefined;
  for (const { at, depth } of outside(text)) if (text[at] === "(" && depth === 1) found = at;
  return found;
}

/** The parts between an operator that stands in no bracket and no string; one where there is none. */
function split(text: string, operator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { at, depth } of outside(text)) {
    if (depth !== 0 || text[at] !== operator) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}

/** The characters outside strings, with the number of brackets around them; an opening bracket counts itself. */
function* outside(text: string): Iterable<{ at: number; depth: number }> {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
      continue;
    }
    if (character === '"' || character === "'") quote = character;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    yield { at, depth };
  }
}
