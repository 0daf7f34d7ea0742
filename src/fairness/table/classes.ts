/** Classes of labels and predictions: "1", "1.0" and 1 are one class, whatever wrote them. */

import { type CategoryColumn, MISSING, parseNumber } from "./column.ts";

/** One name per class: numbers in their shortest form, texts as they are. */
export function className(text: string): string {
  const value = parseNumber(text);
  return value === undefined ? text : String(value === 0 ? 0 : value);
}

export interface ClassCode {
  /** Names of the classes, sorted: numbers by value, before texts by code point. */
  classes: string[];
  /** Per column that was given, per row: index into `classes`; MISSING where the cell is empty. */
  codes: Int32Array[];
}

/** Gives label and prediction one common coding. */
export function codeClasses(columns: readonly CategoryColumn[]): ClassCode {
  const classes = [...new Set(columns.flatMap(({ levels }) => levels.map(className)))].sort(compareClasses);
  const indexOf = new Map(classes.map((name, index) => [name, index]));
  const codes = columns.map(({ codes, levels }) => {
    const map = levels.map((level) => indexOf.get(className(level))!);
    return codes.map((code) => (code === MISSING ? MISSING : map[code]!));
  });
  return { classes, codes };
}

/** Numbers by value, before texts by code point (as the Python libraries sort). */
export function compareClasses(a: string, b: string): number {
  const left = parseNumber(a);
  const right = parseNumber(b);
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined) return -1;
  if (right !== undefined) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The positive class where it goes without saying: 1 of 0/1 or -1/1, "true" of false/true. */
export function obviousPositive(classes: readonly string[]): string | undefined {
  const set = new Set(classes.map((name) => name.toLowerCase()));
  const within = (...names: string[]) => set.size > 0 && [...set].every((name) => names.includes(name));
  if (within("0", "1") || within("-1", "1")) return "1";
  if (within("false", "true")) return classes.find((name) => name.toLowerCase() === "true") ?? "true";
  return undefined;
}
