/** Identifiers as words: `CODE_GENDER`, `maritalStatus` and "marital-status" are the same two words. */

import { remembered } from "../../remembered.ts";

/** Lower-case words joined by "_". One-hot columns keep their value: "Sex_Male" -> "sex_male". */
export const wordsOf = remembered((name) =>
  name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "_")
    .replace(/^_+|_+$/g, ""),
);

/** True when the words of `name` hold those of one of the entries, as whole words. */
export function holdsWords(name: string, pattern: RegExp): boolean {
  return pattern.test(wordsOf(name));
}

/** A pattern that finds any of the entries (words joined by "_") as whole words. */
export function anyOf(entries: string): RegExp {
  return new RegExp(`(?:^|_)(?:${entries.trim().split(/\s+/).join("|")})(?:_|$)`);
}
