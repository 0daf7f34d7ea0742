/** One row of the table, to be edited, and the group that it is in once it is. Pure. */

import type { Cells } from "../metrics/cells.ts";
import { type CategoryColumn, type Column, MISSING, parseNumber } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { textAt } from "./cell-text.ts";
import type { Changes } from "./model/model-columns.ts";

/** A column with more values is written by hand, not chosen from a list. */
const MAX_LISTED = 60;

export interface PickedField {
  name: string;
  kind: "number" | "text";
  /** As the table has it; "" is missing. */
  value: string;
  /** All values of a text, null where they are too many. */
  levels: string[] | null;
}

export interface PickedRow {
  /** From 0. */
  row: number;
  /** The table's. */
  score: number;
  /** Labelled positive. */
  label: boolean;
  fields: PickedField[];
}

/** Throws a RangeError for a row that is not there. */
export function pickedRow(table: BinaryTable, columns: readonly Column[], row: number): PickedRow {
  if (!(Number.isInteger(row) && row >= 0 && row < table.rows))
    throw new RangeError(`there is no row ${row + 1}; the table has ${table.rows}`);
  return {
    row,
    score: table.score![row]!,
    label: table.label[row] === 1,
    fields: columns.map((column) => ({
      name: column.name,
      kind: column.kind === "number" ? "number" : "text",
      value: textAt(column, row),
      levels:
        column.kind === "number" || column.levels.length > MAX_LISTED ? null : [...column.levels].sort(),
    })),
  };
}

/**
 * Cell of a row with what was changed in it; null for a combination that no row of the table has. A number in a bin is in that
 * of the row whose number is nearest.
 *
 * @param columns those that the cells are of: sensitive ones as they are, a feature in bins
 */
export function cellOfPoint(
  { features, rows }: Pick<BinaryTable, "features" | "rows">,
  columns: readonly CategoryColumn[],
  cells: Cells,
  { row, changes }: { row: number; changes: Changes },
): number | null {
  const written = new Map(changes);
  const codes = columns.map((column) => {
    const text = written.get(column.name);
    if (text === undefined) return column.codes[row]!;
    const feature = features.find(({ name }) => name === column.name);
    if (feature) return codeInBins(feature, column, text, rows);
    return text === "" ? MISSING : column.levels.indexOf(text) >= 0 ? column.levels.indexOf(text) : undefined;
  });
  if (codes.every((code, at) => code === columns[at]!.codes[row])) return cells.of[row]!;
  for (let cell = 0; cell < cells.size; cell++)
    if (codes.every((code, at) => code === cells.codes[cell * codes.length + at])) return cell;
  return null;
}

function codeInBins(feature: Column, bins: CategoryColumn, text: string, rows: number): number | undefined {
  const wanted = feature.kind === "number" && text !== "" ? parseNumber(text) : undefined;
  let best: number | undefined;
  let least = Infinity;
  for (let row = 0; row < rows && least > 0; row++) {
    const distance =
      feature.kind === "number" && wanted !== undefined
        ? Math.abs(feature.values[row]! - wanted)
        : textAt(feature, row) === text
          ? 0
          : Infinity;
    if (distance < least) {
      least = distance;
      best = bins.codes[row]!;
    }
  }
  return best;
}
