/**
 * Cells of an .ipynb file, nbformat 3 and 4; of their outputs only the names of columns that tables show. A broken file
 * gives the cells before the break.
 */

import { JsonSkim } from "./json-skim.ts";
import { shownColumns } from "./shown-columns.ts";

export interface NotebookCell {
  kind: "code" | "markdown" | "raw";
  source: string;
  /** Position among all cells of the notebook, from 0. */
  index: number;
  /** nbformat 4.5 and later. */
  id?: string;
  /** Columns that its outputs show. */
  shows?: readonly string[];
}

export interface ScannedNotebook {
  cells: NotebookCell[];
  /** Language of the kernel where the file says it, lower-case. */
  language?: string;
  /** False when the JSON ends early or is malformed. */
  complete: boolean;
}

/** `undefined` when the text is no JSON object at all. */
export function scanNotebook(text: string): ScannedNotebook | undefined {
  const skim = new JsonSkim(text);
  if (skim.peek() !== "{") return undefined;
  const found: ScannedNotebook = { cells: [], complete: false };
  found.complete = skim.members((key) => {
    if (key === "cells") return skim.elements(() => readCell(skim, found.cells));
    if (key === "worksheets") return skim.elements(() => readWorksheet(skim, found.cells));
    if (key === "metadata") return readMetadata(skim, found);
    return skim.skip();
  });
  return found;
}

function readWorksheet(skim: JsonSkim, cells: NotebookCell[]): boolean {
  if (skim.peek() !== "{") return skim.skip();
  return skim.members((key) => (key === "cells" ? skim.elements(() => readCell(skim, cells)) : skim.skip()));
}

function readCell(skim: JsonSkim, cells: NotebookCell[]): boolean {
  if (skim.peek() !== "{") return skim.skip();
  let type: string | undefined;
  let source = "";
  let id: string | undefined;
  let shows: string[] = [];
  const complete = skim.members((key) => {
    if (key === "cell_type") type = skim.peek() === '"' ? skim.string() : void skim.skip();
    else if (key === "id") id = skim.peek() === '"' ? skim.string() : void skim.skip();
    else if (key === "source" || key === "input") source = readSource(skim) ?? source;
    else if (key === "outputs") {
      const start = skim.at;
      const complete = skim.skip();
      shows = shownColumns(skim.text.slice(start, skim.at));
      return complete;
    } else return skim.skip();
    return true;
  });
  const kind = type === "code" ? "code" : type === "markdown" || type === "heading" ? "markdown" : "raw";
  const index = cells.length;
  cells.push({ kind, source, index, ...(id !== undefined && { id }), ...(shows.length > 0 && { shows }) });
  return complete;
}

/** A string, or a list of lines. */
function readSource(skim: JsonSkim): string | undefined {
  if (skim.peek() === '"') return skim.string();
  if (skim.peek() !== "[") return void skim.skip();
  let source = "";
  skim.elements(() => {
    if (skim.peek() !== '"') return skim.skip();
    const line = skim.string();
    if (line === undefined) return false;
    source += line;
    return true;
  });
  return source;
}

function readMetadata(skim: JsonSkim, found: ScannedNotebook): boolean {
  if (skim.peek() !== "{") return skim.skip();
  return skim.members((key) => {
    if ((key !== "kernelspec" && key !== "language_info") || skim.peek() !== "{") return skim.skip();
    return skim.members((inner) => {
      const names = key === "kernelspec" ? inner === "language" : inner === "name";
      if (!names || skim.peek() !== '"') return skim.skip();
      found.language = skim.string()?.toLowerCase() ?? found.language;
      return true;
    });
  });
}
