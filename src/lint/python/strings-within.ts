/** Texts by where they stand. */

import type { TextRange } from "../finding.ts";
import type { PythonFacts } from "./python-facts.ts";

/** String constants and formatted strings, these without their values, that lie within a range. */
export function stringsWithin({ strings, formatted, text }: PythonFacts, within: TextRange): string[] {
  const plain = partsOf(strings, ({ range }) => range, within).map(({ value }) => value);
  const parts = partsOf(formatted, (range) => range, within).map((range) => plainText(text, range));
  return [...plain, ...parts];
}

/** A formatted string as it is read: `f"loan_{name}.pkl"` is "loan_ .pkl". */
export function plainText(text: string, { start, end }: TextRange): string {
  return text.slice(start, end).replace(VALUES, " ").replace(QUOTES, "");
}

const VALUES = /\{[^{}]*\}/g;
const QUOTES = /^[A-Za-z]{0,2}["']{1,3}|["']{1,3}$/g;

/** Facts list them in order, so that only those near the range are looked at. */
function partsOf<Part>(
  parts: readonly Part[],
  rangeOf: (part: Part) => TextRange,
  { start, end }: TextRange,
) {
  let low = 0;
  for (let high = parts.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (rangeOf(parts[middle]!).start < start) low = middle + 1;
    else high = middle;
  }
  const found: Part[] = [];
  for (let at = low; at < parts.length && rangeOf(parts[at]!).end <= end; at++) found.push(parts[at]!);
  return found;
}
