/** Columns that a program does not name, of the project's files that it reads. */

import type { ProjectEvidence } from "../../project/evidence.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { isSameSource, tableReads } from "../../python/table-reads.ts";
import type { Named } from "./file-columns.ts";

/** Of a table, or of a constant that names columns. */
export interface TableColumn extends Named {
  /** The file, relative to the project's folder; `range` is where the program names it. */
  table: string;
  /** Said to be what is predicted. */
  isTarget?: true;
}

export function columnsOfTables(facts: PythonFacts, evidence: ProjectEvidence): TableColumn[] {
  // The project is asked only for a program that reads tables: what it says costs a second look at the file.
  const reads = tableReads(facts);
  if (reads.length === 0 || evidence.tables.length === 0) return [];
  const named = new Set(facts.columns.map(({ name }) => name));
  const found = new Map<string, TableColumn>();
  for (const { source, range, only } of reads) {
    const table = evidence.tables.find((each) => isSameSource(each.source, source));
    for (const name of table?.columns ?? [])
      if (!named.has(name) && !found.has(name) && (only === undefined || only.includes(name)))
        found.set(name, { name, range, table: table!.file });
  }
  return [...found.values()];
}
