/** Logical lines of a Python text: what ends where, at which indent, with strings and comments blanked. */

import type { TextRange } from "../finding.ts";

export interface LogicalLine {
  /** First character behind the indent. */
  start: number;
  /** End of its last character that is no blank and no comment. */
  end: number;
  indent: string;
  /** Its text with strings and comments blanked to equal length, so that words in it are code. */
  code: string;
}

const cache = new WeakMap<object, readonly LogicalLine[]>();

/** Worked out once per facts object: only rules that have found something ask. */
export function logicalLinesOf(facts: { text: string }): readonly LogicalLine[] {
  const known = cache.get(facts) ?? logicalLines(facts.text);
  cache.set(facts, known);
  return known;
}

export function logicalLines(text: string): LogicalLine[] {
  const code = blanked(text);
  const lines: LogicalLine[] = [];
  let start = 0;
  let depth = 0;
  for (const { 0: char, index: at } of code.matchAll(/[()[\]{}\n]|$/g)) {
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth = Math.max(0, depth - 1);
    if (char !== "\n" && char !== "") continue;
    const joined = at < code.length && (depth > 0 || /\\[ \t\r]*$/.test(code.slice(start, at)));
    // A bracket that is never closed must not swallow the file.
    if (joined && at - start < 20_000) continue;
    add(lines, text, code, start, at);
    start = at + 1;
    depth = 0;
  }
  return lines;
}

function add(lines: LogicalLine[], text: string, code: string, from: number, to: number): void {
  const written = code.slice(from, to);
  const indent = /^[ \t]*/.exec(written)![0];
  const start = from + indent.length;
  const line = code.slice(start, to);
  // A line of a string alone is blank once strings are: its quotes are kept, so it counts.
  const end = start + line.trimEnd().length;
  if (end > start && text.slice(start, end).trim() !== "")
    lines.push({ start, end, indent, code: code.slice(start, end) });
}

const TOKENS = /#[^\n]*|(?:"""|''')|"|'/g;

/** Comments become blanks, strings keep their quotes and lose what is between them. */
export function blanked(text: string): string {
  // Parts that are joined once: a string that grew piece by piece is slow to look into, character by character.
  const parts: string[] = [];
  let at = 0;
  TOKENS.lastIndex = 0;
  for (let match = TOKENS.exec(text); match !== null; match = TOKENS.exec(text)) {
    const from = match.index;
    const token = match[0];
    parts.push(text.slice(at, from));
    if (token.startsWith("#")) {
      parts.push(" ".repeat(token.length));
      at = from + token.length;
      continue;
    }
    const to = stringEnd(text, from + token.length, token);
    const close =
      text.startsWith(token, to - token.length) && to - token.length >= from + token.length ? token : "";
    const inner = text.slice(from + token.length, to - close.length);
    parts.push(token, inner.replace(/[^\n]/g, "_").replaceAll("\n", token.length === 3 ? "_" : "\n"), close);
    at = to;
    TOKENS.lastIndex = to;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Behind the closing quotes; the line's end for a string of one line that is not closed. */
function stringEnd(text: string, from: number, quotes: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (quotes.length === 1 && text[at] === "\n") return at;
  }
  return text.length;
}

/** The logical line around an offset. */
export function lineAt(lines: readonly LogicalLine[], offset: number): LogicalLine | undefined {
  return lines.find(({ start, end }) => start <= offset && offset < end);
}

/** Logical lines inside a range. */
export function linesIn(lines: readonly LogicalLine[], range: TextRange): LogicalLine[] {
  return lines.filter(({ start, end }) => start >= range.start && end <= range.end);
}

/** True when words of it begin a compound statement, or it decorates one: it cannot be moved alone. */
export function isCompound({ code }: LogicalLine): boolean {
  return (
    /^(?:if|elif|else|for|while|with|try|except|finally|def|class|async|match|case)\b|^@/.test(code) &&
    !/^(?:match|case)\s*[=.,([]/.test(code)
  );
}

/** One step deeper than a line: a tab where it is indented by tabs. */
export function deeper(indent: string): string {
  return indent.includes("\t") ? `${indent}\t` : `${indent}    `;
}
