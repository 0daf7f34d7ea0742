/** Columns that a module's constants name: `TARGET = "loan_status"` of a `config.py` that a training program imports. */

import { describesPerson, isAge, isProtected, targetKind } from "../rules/fairness/lexicon.ts";

export interface ColumnConstant {
  /** The module, relative to the project's folder. */
  file: string;
  name: string;
  /** Of its strings those that are columns about persons, or may be what is predicted. */
  columns: string[];
}

const MOST_CONSTANTS = 30;
const MOST_COLUMNS = 40;
const MOST_TEXT = 200_000;
/** Modules whose names in lower case are settings as well. */
const SETTINGS = /(?:^|\/)[^/]*(?:config|constants?|settings|params|schema|columns|features)[^/]*\.py$/i;
const ASSIGNED =
  /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,80})?=[ \t]*(\[[^\]]{0,3000}\]|\{[^{}]{0,3000}\}|\([^()]{0,3000}\)|["'][^"'\n]{1,80}["'])/gm;
const IN_CAPITALS = /^[A-Z][A-Z\d_]+$/;

/** By the text: a module of settings has no machine learning in it and is not parsed. */
export function columnConstants(path: string, text: string): ColumnConstant[] {
  if (!path.endsWith(".py") || text.length > MOST_TEXT) return [];
  const found: ColumnConstant[] = [];
  for (const [, name = "", value = ""] of text.matchAll(ASSIGNED)) {
    if (!IN_CAPITALS.test(name) && !SETTINGS.test(path)) continue;
    const columns = new Set<string>();
    for (const [, string = ""] of value.matchAll(/["']([A-Za-z][\w .()/-]{0,59})["']/g))
      if (columns.size < MOST_COLUMNS && isColumn(string)) columns.add(string);
    if (columns.size > 0) found.push({ file: path, name, columns: [...columns] });
    if (found.length === MOST_CONSTANTS) break;
  }
  return found;
}

const isColumn = (name: string): boolean =>
  isProtected(name) || isAge(name) || describesPerson(name) || targetKind(name) !== undefined;
