/** Words of a command line, with their places and how another word is written beside them. */

import type { TextRange } from "../finding.ts";

export interface Word {
  value: string;
  /** In the file; for a word that a variable holds, where the variable is used. */
  range: TextRange;
  /** False when a variable or a substitution decides it. */
  known: boolean;
  /** A variable's value stands in it: its places are not those of the file. */
  expanded?: true;
  /** How to write more words after this one: an insertion in the file. */
  after?: (words: string[]) => { range: TextRange; newText: string };
}

/** Where the last part of a word stands: the value of `NAME=value`, without its quotes unless a variable stands in it. */
export function endOf({ range, value, expanded }: Word, part: string): TextRange {
  const quotes = !expanded && range.end - range.start - value.length === 2 ? 1 : 0;
  const start = range.start + value.length - part.length + quotes;
  return { start: Math.min(start, range.end), end: range.end - quotes };
}

/** More words of a shell command, on its line. */
export function afterInShell(end: number): Word["after"] {
  return (words) => ({
    range: { start: end, end },
    newText: words.map((word) => ` ${shellQuote(word)}`).join(""),
  });
}

export function shellQuote(word: string): string {
  return /^[\w./:=@%+-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Writes a switch as words: `--name value`, or `--name=value` where its neighbour is written so. */
export function switchWords(name: string, value: string, withEquals: boolean): string[] {
  if (value === "") return [`--${name}`];
  return withEquals ? [`--${name}=${value}`] : [`--${name}`, value];
}
