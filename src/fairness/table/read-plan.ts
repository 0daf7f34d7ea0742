/** Which columns a reader keeps, and as what. */

import { nearest } from "../../config/nearest.ts";
import type { RawTable } from "./column.ts";
import { CategoryBuilder, type CellValue, type ColumnBuilder, NumberBuilder } from "./column-builder.ts";
import { TableError } from "./table-error.ts";

export interface ReadPlan {
  /** Column -> how it is kept. A column that is not here is left out unless `others` asks for it. */
  columns: ReadonlyMap<string, "category" | "number">;
  /** "read": every other column as texts, for the search for causes. */
  others: "leave" | "read";
}

export interface ReadProgress {
  rows: number;
  /** From 0 to 1, by bytes; undefined where the size is not known. */
  part?: number;
}

export interface ReadOptions {
  /** What to call the table in messages. */
  source: string;
  onProgress?: (progress: ReadProgress) => void;
  signal?: AbortSignal;
}

/** Columns of a table while it is read, in the table's order. */
export class TableBuilder {
  readonly builders: { at: number; builder: ColumnBuilder }[] = [];
  rows = 0;

  /**
   * `names`: the table's columns. Throws a TableError for a column that is missing, named twice, or where there are no
   * columns at all.
   */
  constructor(
    readonly names: readonly string[],
    plan: ReadPlan,
    private readonly source: string,
    private readonly placeOf: (row: number) => string,
  ) {
    for (const name of plan.columns.keys()) {
      const first = names.indexOf(name);
      if (first < 0) throw new TableError(noColumn(name, names, source), { column: name });
      if (names.indexOf(name, first + 1) >= 0)
        throw new TableError(`${source}: two columns are named "${name}"; rename one of them`, {
          column: name,
        });
    }
    for (const [at, name] of names.entries()) {
      const kind = plan.columns.get(name);
      if (kind === "number") this.builders.push({ at, builder: new NumberBuilder(name) });
      else if (kind === "category" || (plan.others === "read" && names.indexOf(name) === at && name !== ""))
        this.builders.push({ at, builder: new CategoryBuilder(name) });
    }
  }

  /** Throws a TableError for a text that should be a number. */
  addTexts(cells: readonly string[]): void {
    for (const { at, builder } of this.builders) {
      const text = cells[at]!;
      if (builder.kind === "category") builder.addText(text);
      else if (!builder.addText(text)) throw this.notNumber(builder.name, text);
    }
    this.rows++;
  }

  /** `valueAt` gives the cell of a column. Throws a TableError for a value that should be a number. */
  addValues(valueAt: (at: number) => CellValue): void {
    for (const { at, builder } of this.builders) {
      const value = valueAt(at);
      if (builder.kind === "category") builder.addValue(value);
      else if (!builder.addValue(value)) throw this.notNumber(builder.name, String(value));
    }
    this.rows++;
  }

  build(): RawTable {
    if (this.rows === 0) throw new TableError(`${this.source} has columns but no rows`);
    return {
      source: this.source,
      rows: this.rows,
      columns: new Map(this.builders.map(({ builder }) => [builder.name, builder.build()])),
      names: this.names,
      placeOf: this.placeOf,
    };
  }

  private notNumber(column: string, text: string): TableError {
    const place = this.placeOf(this.rows);
    const line = /^line (\d+)$/.exec(place)?.[1];
    return new TableError(`${this.source}, ${place}: ${column} is ${quote(text)}, which is not a number`, {
      column,
      ...(line && { line: Number(line) }),
    });
  }
}

/** A cell's text for a message: in quotes, cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function noColumn(name: string, names: readonly string[], source: string): string {
  const [close] = nearest(name, names);
  const shown = names.slice(0, 30).join(", ") + (names.length > 30 ? ` and ${names.length - 30} more` : "");
  const headless = names.some((each) => each !== "" && Number.isFinite(Number(each)))
    ? "; its first line looks like data: it needs one with the columns' names"
    : "";
  return `${source} has no column "${name}"${close ? `; is it "${close}"?` : ""} (its columns: ${shown})${headless}`;
}
