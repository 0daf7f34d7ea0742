/** The table as an adapter gets it: whole columns, on its standard input. It stays on this machine. */

import type { BinaryTable } from "../table/scored-table.ts";

export interface LibraryRequest {
  /** 1: the positive class. */
  label: number[];
  prediction: number[];
  score: number[] | null;
  weights: number[] | null;
  /** `codes`: index into `levels` per row, -1 where the value is missing. */
  attributes: { name: string; levels: readonly string[]; codes: number[] }[];
  /** What is grouped by: sensitive columns, alone or several together. */
  groupings: string[][];
  /** Value of the reference (privileged) group per column. */
  reference: Record<string, string>;
}

/** `reference`: value of the reference group per sensitive column. */
export function libraryRequest({
  table,
  groupings,
  reference,
}: {
  table: BinaryTable;
  groupings: readonly (readonly string[])[];
  reference: Readonly<Record<string, string>>;
}): LibraryRequest {
  return {
    label: Array.from(table.label),
    prediction: Array.from(table.prediction),
    score: table.score ? Array.from(table.score) : null,
    weights: table.weights ? Array.from(table.weights) : null,
    attributes: table.sensitive.map(({ name, levels, codes }) => ({
      name,
      levels,
      codes: Array.from(codes),
    })),
    groupings: groupings.map((by) => [...by]),
    reference: { ...reference },
  };
}
