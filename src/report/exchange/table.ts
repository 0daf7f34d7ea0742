/** Delimited files of other tools. */

import Papa from "papaparse";

export interface Table {
  columns: string[];
  rows: Record<string, string>[];
  /** Rows with too few or too many fields: torn by a crash or by two writers. */
  torn: number;
}

/** With a heading; comma, semicolon or tab. */
export function readTable(text: string): Table {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    delimitersToGuess: [",", "\t", ";"],
    transformHeader: (name) => name.trim(),
  });
  const torn = new Set(parsed.errors.filter(({ type }) => type === "FieldMismatch").map(({ row }) => row));
  return {
    columns: parsed.meta.fields ?? [],
    rows: parsed.data.filter((_, index) => !torn.has(index)),
    torn: torn.size,
  };
}

/** The names of the first line, without reading the rest. */
export function headingOf(text: string): string[] {
  const end = text.indexOf("\n");
  return readTable(end < 0 ? text : text.slice(0, end)).columns;
}

export function tornWords(torn: number): string[] {
  return torn === 0 ? [] : [`${torn} ${torn === 1 ? "row is" : "rows are"} torn and left out`];
}
