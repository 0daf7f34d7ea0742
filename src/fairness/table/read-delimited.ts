/** CSV and TSV (RFC 4180) from a stream of text, column by column; rows that are not asked for cost no memory. */

import Papa from "papaparse";
import type { RawTable } from "./column.ts";
import { type ReadOptions, type ReadPlan, TableBuilder } from "./read-plan.ts";
import { TableError } from "./table-error.ts";

/** A field longer than this is a quote that was never closed. */
const MAX_PENDING = 16 * 1024 * 1024;
/** Characters that are parsed at once. */
const PIECE = 1024 * 1024;

const SEPARATORS = [",", "\t", ";", "|"];

/**
 * Reads rows from `chunks` (any division of the text). The first line names the columns; a UTF-8 byte order mark is
 * dropped. `separator`: by default the one of `,` tab `;` `|` that the first line has most of. Empty lines are skipped.
 * Throws a TableError with the line for a row with more or fewer cells than the header, a quote that does not end, a text
 * where a number is due; an AbortError when `signal` aborts.
 */
export async function readDelimited(
  chunks: AsyncIterable<string> | Iterable<string>,
  plan: ReadPlan,
  options: ReadOptions & { separator?: string },
): Promise<RawTable> {
  const rows = new DelimitedRows(plan, options.source, options.separator);
  let pending = "";
  let first = true;
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    pending += first && chunk.startsWith("\uFEFF") ? chunk.slice(1) : chunk;
    first = false;
    if (pending.length < PIECE) continue;
    pending = rows.take(pending, false);
    if (pending.length > MAX_PENDING) throw rows.neverEnds();
    options.onProgress?.({ rows: rows.count });
  }
  rows.take(pending, true);
  return rows.finish();
}

class DelimitedRows {
  private table: TableBuilder | undefined;
  private parser: Papa.Parser | undefined;
  private separator: string | undefined;
  /** Line of the next record, from 1. */
  private line = 1;
  /** Row from which lines no longer follow from the row's number alone -> its line, ascending. */
  private readonly jumps: { row: number; line: number }[] = [];

  constructor(
    private readonly plan: ReadPlan,
    private readonly source: string,
    separator: string | undefined,
  ) {
    this.separator = separator;
  }

  get count(): number {
    return this.table?.rows ?? 0;
  }

  /** Takes every complete record of the text; returns what is left over. */
  take(text: string, last: boolean): string {
    if (text === "") return "";
    this.separator ??= guessSeparator(text);
    // Lines may end with \n or \r\n; the \r is cut from the last cell. A lone \r ends lines only where there is no \n at all.
    const newline = text.includes("\n") || !text.includes("\r") ? "\n" : "\r";
    this.parser = new Papa.Parser({ delimiter: this.separator, newline });
    const { data, errors, meta } = this.parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
    const quotes = text.includes('"');
    for (const [index, cells] of data.entries()) {
      const wrong = errors.find(({ row }) => row === index);
      if (wrong) throw this.broken(quoteProblem(wrong.code));
      this.record(cells, quotes);
    }
    if (last && errors.length > 0) throw this.broken(quoteProblem(errors[0]!.code));
    return last ? "" : text.slice(meta.cursor);
  }

  neverEnds(): TableError {
    return this.broken(
      "a cell opens a quote that does not close within 16 MB; double the quotes inside a cell",
    );
  }

  finish(): RawTable {
    if (!this.table) throw new TableError(`${this.source} is empty: it has no line with the columns' names`);
    return this.table.build();
  }

  private record(cells: string[], quotes: boolean): void {
    const final = cells.length - 1;
    if (cells[final]!.endsWith("\r")) cells[final] = cells[final]!.slice(0, -1);
    const line = this.line;
    this.line += 1 + (quotes ? newlinesIn(cells) : 0);
    if (cells.length === 1 && cells[0] === "" && this.table?.names.length !== 1) return;
    if (!this.table) {
      const names = cells.map((name) => name.trim());
      this.table = new TableBuilder(names, this.plan, this.source, (row) => `line ${this.lineOf(row)}`);
      this.jumps.push({ row: 0, line: this.line });
      return;
    }
    const row = this.table.rows;
    const known = this.jumps.at(-1)!;
    if (line !== known.line + row - known.row) this.jumps.push({ row, line });
    if (cells.length !== this.table.names.length) {
      this.line = line;
      throw this.broken(
        `it has ${cells.length} ${cells.length === 1 ? "cell" : "cells"}, the first line names ${this.table.names.length} columns`,
      );
    }
    this.table.addTexts(cells);
  }

  private lineOf(row: number): number {
    let low = 0;
    let high = this.jumps.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.jumps[middle]!.row <= row) low = middle;
      else high = middle - 1;
    }
    const jump = this.jumps[low]!;
    return jump.line + row - jump.row;
  }

  private broken(what: string): TableError {
    return new TableError(`${this.source}, line ${this.line}: ${what}`, { line: this.line });
  }
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells)
    for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) count++;
  return count;
}

function guessSeparator(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]/) < 0 ? undefined : text.search(/[\r\n]/));
  let best = ",";
  let most = 0;
  for (const separator of SEPARATORS) {
    const count = header.split(separator).length - 1;
    if (count > most) {
      best = separator;
      most = count;
    }
  }
  return best;
}

const quoteProblem = (code: string) =>
  code === "MissingQuotes"
    ? "a cell opens a quote that never closes"
    : 'text follows a closing quote; write "" for a quote inside a cell';
