/** Uses of columns by where they stand. */

import type { TextRange } from "../finding.ts";
import type { ColumnUse, PythonFacts } from "./python-facts.ts";

/** The uses that lie within a range, in order. Facts list columns by their ends, so that only those near it are looked at. */
export function columnsWithin({ columns }: PythonFacts, { start, end }: TextRange): ColumnUse[] {
  let low = 0;
  for (let high = columns.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (columns[middle]!.range.end < start) low = middle + 1;
    else high = middle;
  }
  const found: ColumnUse[] = [];
  for (let at = low; at < columns.length && columns[at]!.range.end <= end; at++)
    if (columns[at]!.range.start >= start) found.push(columns[at]!);
  return found;
}
