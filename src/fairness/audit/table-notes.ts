/** What is checked and said about a table before its audit. */

import type { ScoredTable } from "../table/scored-table.ts";
import { TableError } from "../table/table-error.ts";
import type { AuditSettings } from "./settings.ts";

/** An attribute with more values than this is no grouping that a person reads. */
const MANY_VALUES = 50;

/** The table's own notes, and one on each attribute with very many values. */
export const notesOn = ({ notes, sensitive }: ScoredTable): string[] => [
  ...notes,
  ...sensitive
    .filter(({ levels }) => levels.length > MANY_VALUES)
    .map(
      ({ name, levels }) =>
        `${name} has ${levels.length.toLocaleString("en")} values; put them into fewer groups before the audit`,
    ),
];

/** Throws a TableError for a reference group that is not in the table. */
export function checkReferences(table: ScoredTable, { reference }: AuditSettings): void {
  for (const [attribute, value] of Object.entries(reference)) {
    const column = table.sensitive.find(({ name }) => name === attribute);
    if (!column)
      throw new TableError(`a reference group is named for ${attribute}, which is not a sensitive column`);
    if (!column.levels.includes(value))
      throw new TableError(
        `no row has ${JSON.stringify(value)} in ${attribute}, which is to be the reference group (its values: ${column.levels.slice(0, 20).join(", ")})`,
        { column: attribute },
      );
  }
}
