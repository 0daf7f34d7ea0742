/** An argument vector into settings by name: `--name value`, `--name=value`, `-q value`, flags, and what stands free. */

import type { TextRange } from "../finding.ts";
import { switchWords, type Word } from "./words.ts";

export interface Argument {
  value: string;
  /** Of the value; of the switch itself for a flag. */
  range: TextRange;
  keyRange: TextRange;
  known: boolean;
  /** True for `--name=value`. */
  withEquals: boolean;
  /** The last word of it. */
  word: Word;
}

export interface Arguments {
  /** By name without dashes in front; underscores are dashes, as servers take both. */
  options: Map<string, Argument>;
  positional: Word[];
}

/** Switches that take no value, so that the word after them stands free. */
const FLAG =
  /^(enable-|disable-|no-|trust-remote-code$|enforce-eager$|use-|log-|skip-|return-|load-8bit$|load-4bit$|help$|verbose$|debug$|async-|is-)/;

/** Reads the words after a command's name. */
export function readArguments(words: readonly Word[]): Arguments {
  const options = new Map<string, Argument>();
  const positional: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const match = /^(--?)([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word.value);
    if (match === null) {
      // One item may hold a switch and its value: "--model org/name".
      const both = /^(--[A-Za-z][\w-]*)[ \t]+(\S[\s\S]*)$/.exec(word.value);
      if (both === null) positional.push(word);
      else {
        const parts = splitItem(word);
        const inner = readArguments(parts);
        for (const [name, argument] of inner.options) options.set(name, argument);
      }
      continue;
    }
    const name = match[2]!.replaceAll("_", "-");
    if (match[3] !== undefined) {
      const value = match[3].replace(/^(["'])(.*)\1$/, "$2");
      // Quoted (`--model="org/name"`, "--model=org/name"): the value ends before the quote.
      const quote = word.range.end - word.range.start === word.value.length + 2 ? 1 : 0;
      const end = word.range.end - quote;
      options.set(name, {
        value,
        range: word.expanded ? word.range : { start: Math.max(word.range.start, end - match[3].length), end },
        keyRange: {
          start: word.range.start,
          end: Math.min(end, word.range.start + match[1]!.length + name.length),
        },
        known: word.known,
        withEquals: true,
        word,
      });
      continue;
    }
    const next = words[i + 1];
    const takes = next !== undefined && !/^--?[A-Za-z]/.test(next.value) && !FLAG.test(name);
    options.set(
      name,
      takes
        ? {
            value: next.value,
            range: next.range,
            keyRange: word.range,
            known: next.known,
            withEquals: false,
            word: next,
          }
        : { value: "", range: word.range, keyRange: word.range, known: word.known, withEquals: false, word },
    );
    if (takes) i++;
  }
  return { options, positional };
}

/** Splits an item such as "--model org/name" at blanks; places are kept where the item is written as it reads. */
export function splitItem(word: Word): Word[] {
  const parts: Word[] = [];
  const inner = word.range.end - word.range.start === word.value.length + 2 ? 1 : 0;
  const exact = word.range.end - word.range.start - 2 * inner === word.value.length;
  for (const match of word.value.matchAll(/\S+/g)) {
    const start = word.range.start + inner + match.index;
    const range = exact ? { start, end: start + match[0].length } : word.range;
    parts.push({
      value: match[0].replace(/^(["'])(.*)\1$/, "$2"),
      range,
      known: word.known,
      ...(exact
        ? {
            after: (words: string[]) => ({
              range: { start: range.end, end: range.end },
              newText: ` ${words.join(" ")}`,
            }),
          }
        : {}),
    });
  }
  return parts;
}

/** The edit that adds a switch after a word, in the form used there. */
export function insertAfter(
  word: Word | undefined,
  name: string,
  value: string,
  withEquals: boolean,
): { range: TextRange; newText: string } | undefined {
  return word?.after?.(switchWords(name, value, withEquals));
}
