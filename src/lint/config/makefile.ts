/**
 * Makefiles and justfiles, as far as launching a server needs them: their variables, and their recipes as shell text at the
 * same places.
 */

import type { Word } from "./words.ts";

export interface Recipes {
  /** Recipe lines; whatever else stands there is blanked. */
  recipes: string;
  variables: Map<string, Word>;
}

const ASSIGNMENT =
  /^[ ]*(?:(?:export|override)[ \t]+)*([A-Za-z_][\w.-]*)[ \t]*(\?|\+|:{1,3})?=[ \t]*((?:[^\\\r\n]|\\(?:\r?\n|.))*)/gm;
/** Variables that stand in variables that stand in variables. */
const MAX_DEPTH = 8;

/** @param text of at most `MAX_CONFIG_TEXT` characters */
export function readMakefile(text: string): Recipes {
  const written = new Map<string, { value: string; start: number; end: number; isOne: boolean }>();
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, name = "", operator = "", raw = ""] = match;
    const value = raw
      .replace(/\\\r?\n[ \t]*/g, " ")
      .replace(/(?:^|[ \t])#.*$/, "")
      .trim();
    const before = written.get(name);
    if (operator === "?" && before !== undefined) continue;
    const end = match.index + whole.length;
    // Which branch of a condition holds is not known.
    const isOne = before === undefined || operator === "+" || before.value === value;
    const all = operator === "+" && before !== undefined ? `${before.value} ${value}` : value;
    written.set(name, { value: all, start: end - raw.length, end, isOne });
  }
  const variables = new Map<string, Word>();
  for (const [name, { start, end, isOne }] of written) {
    const value = isOne ? expanded(name, written, 0) : undefined;
    variables.set(name, {
      value: value ?? `$(${name})`,
      range: { start, end },
      known: value !== undefined,
    });
  }
  return { recipes: recipesOf(text), variables };
}

/** A variable's text with the variables in it; undefined where one is not the file's own. */
function expanded(
  name: string,
  written: ReadonlyMap<string, { value: string; isOne: boolean }>,
  depth: number,
): string | undefined {
  const own = written.get(name);
  if (own === undefined || !own.isOne || depth > MAX_DEPTH) return undefined;
  let isKnown = true;
  const value = own.value.replace(/\$(?:\(([^()]*)\)|\{([^{}]*)\}|(.))/g, (_, a, b, c) => {
    if (c === "$") return "$";
    const inner = expanded(a ?? b ?? c, written, depth + 1);
    isKnown &&= inner !== undefined;
    return inner ?? "";
  });
  return isKnown && value.length < 4_000 ? value : undefined;
}

/** `@`, `-` and `+` before a command are make's; so is every line that does not begin with a tab. */
function recipesOf(text: string, indent = /^\t/): string {
  let inRecipe = false;
  return text.replace(/[^\r\n]+/g, (line) => {
    const isRecipe = indent.test(line) || inRecipe;
    inRecipe = isRecipe && line.endsWith("\\");
    return isRecipe
      ? line.replace(/^[ \t]+[@+-]+/, (mark) => " ".repeat(mark.length))
      : " ".repeat(line.length);
  });
}

const JUST_ASSIGNMENT =
  /^(?:export[ \t]+)?([A-Za-z_][\w-]*)[ \t]*:=[ \t]*(["'])([^"'\r\n]*)\2[ \t]*(?:#.*)?$/gm;

/** `name := "value"`, and recipes in which `{{name}}` stands for it. @param text of at most `MAX_CONFIG_TEXT` characters */
export function readJustfile(text: string): Recipes {
  const variables = new Map<string, Word>();
  for (const match of text.matchAll(JUST_ASSIGNMENT)) {
    const end = match.index + match[0].length;
    variables.set(match[1]!, { value: match[3]!, range: { start: match.index, end }, known: true });
  }
  return { recipes: recipesOf(text, /^[ \t]/), variables };
}
