/** Columns as a reader leaves them. */

import type { CategoryColumn, NumberColumn } from "../../../../../src/fairness/table/column.ts";

export const numbers = (name: string, values: number[]): NumberColumn => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
  firstMissing: values.findIndex(Number.isNaN),
});

/** "" is a missing value. */
export function category(name: string, texts: string[]): CategoryColumn {
  const levels = [...new Set(texts.filter((text) => text !== ""))];
  return {
    kind: "category",
    name,
    levels,
    codes: Int32Array.from(texts, (text) => levels.indexOf(text)),
    firstRow: levels.map((level) => texts.indexOf(level)),
    firstMissing: texts.indexOf(""),
  };
}
