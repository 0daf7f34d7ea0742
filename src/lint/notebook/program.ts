/** Notebooks as one program: code cells in order, and for every offset the cell it is in. */

import type { WrittenFile } from "../facts.ts";
import type { PythonSource } from "../python/reader.ts";
import { blankMagics } from "./magics.ts";
import { type NotebookCell, scanNotebook } from "./scan-notebook.ts";
import { writtenFiles } from "./written-files.ts";

/** A program and the unblanked sources of its cells (fixes edit those). */
export type NotebookProgram = Required<PythonSource>;

/**
 * The program of an .ipynb file. `undefined` when the text is no notebook, or its kernel runs another language.
 */
export function programOfNotebook(path: string, text: string): NotebookProgram | undefined {
  const notebook = scanNotebook(text);
  if (notebook === undefined) return undefined;
  if (notebook.language !== undefined && !/^i?python/.test(notebook.language)) return undefined;
  return programOfCells(path, notebook.cells);
}

/** The program of cells as an editor holds them. Cells are separated by one line break; ranges are without it. */
export function programOfCells(path: string, cells: readonly NotebookCell[]): NotebookProgram {
  const parts: string[] = [];
  const written: WrittenFile[] = [];
  const shown: NotebookProgram["shown"] = [];
  const program: NotebookProgram = {
    path,
    text: "",
    cells: [],
    prose: [],
    isNotebook: true,
    written,
    shown,
  };
  let length = 0;
  for (const cell of cells) {
    if (cell.kind !== "code") {
      if (cell.kind === "markdown")
        program.prose.push({ text: cell.source, range: { start: length, end: length } });
      continue;
    }
    const range = { start: length, end: length + cell.source.length };
    program.cells.push({ index: cell.index, range, ...(cell.id === undefined ? {} : { id: cell.id }) });
    parts.push(blankMagics(cell.source));
    written.push(...writtenFiles(cell.source, length));
    const line = lastLine(cell.source, length);
    for (const name of cell.shows ?? []) shown.push({ name, range: line });
    length = range.end + 1;
  }
  program.text = parts.join("\n");
  // Prose behind the last cell must not point behind the text.
  for (const { range } of program.prose) range.start = range.end = Math.min(range.start, program.text.length);
  return program;
}

/** The line whose value a cell shows: its last one that holds something. */
function lastLine(source: string, offset: number): { start: number; end: number } {
  const end = source.trimEnd().length;
  return { start: offset + source.lastIndexOf("\n", end - 1) + 1, end: offset + end };
}
