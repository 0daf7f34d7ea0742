/** Where a range of the linted text is for a person: line and column, for a notebook in which cell. */

import type { Facts } from "./facts.ts";
import type { TextRange } from "./finding.ts";
import { LineIndex } from "./line-index.ts";

export interface Location {
  /** Position of the cell in the notebook, from 0; absent outside notebooks. */
  cell?: number;
  cellId?: string;
  /** From 0, within the cell or the file. Columns in UTF-16 code units. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export type Cell = { index: number; range: TextRange; id?: string };

/** The cell that an offset belongs to; where one ends as the next begins, the next. */
export function cellAt(cells: readonly Cell[], offset: number): Cell | undefined {
  let ended: Cell | undefined;
  for (const cell of cells) {
    if (cell.range.start <= offset && offset < cell.range.end) return cell;
    if (cell.range.end <= offset) ended = cell;
  }
  return ended ?? cells[0];
}

/** Makes locations of one file's ranges. `inCells`: by cell, as a notebook's reader sees them (not for `# %%` scripts). */
export function createLocator(facts: Facts, inCells: boolean): (range: TextRange) => Location {
  const lines = LineIndex.of(facts.text);
  const cells = inCells && facts.kind === "python" ? facts.cells : [];
  return ({ start, end }) => {
    const cell = cellAt(cells, start);
    const from = lines.positionOf(cell ? Math.max(start, cell.range.start) : start);
    const to = lines.positionOf(cell ? Math.max(Math.min(end, cell.range.end), cell.range.start) : end);
    const first = cell ? lines.positionOf(cell.range.start).line : 0;
    return {
      ...(cell && { cell: cell.index, ...(cell.id !== undefined && { cellId: cell.id }) }),
      line: from.line - first,
      column: from.column,
      endLine: to.line - first,
      endColumn: to.column,
    };
  };
}
