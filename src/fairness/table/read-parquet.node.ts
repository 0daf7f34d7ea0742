/** Parquet by hyparquet: row group by row group, only the columns that are asked for. */

import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { RawTable } from "./column.ts";
import type { CellValue } from "./column-builder.ts";
import { type ReadOptions, type ReadPlan, TableBuilder } from "./read-plan.ts";
import { TableError } from "./table-error.ts";

/** Rows decoded at once, at most: a row group may hold the whole file. */
const PIECE = 100_000;

/** Throws a TableError for a damaged file, a nested column, and as TableBuilder does; an AbortError when `signal` aborts. */
export async function readParquet(
  file: string,
  plan: ReadPlan,
  options: ReadOptions,
  mostRows = Number.POSITIVE_INFINITY,
): Promise<RawTable> {
  const damaged = (error: unknown) =>
    error instanceof TableError || (error as Error).name === "AbortError"
      ? error
      : new TableError(
          `${options.source} cannot be read as Parquet: ${error instanceof Error ? error.message : error}`,
        );
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const names = columnsOf(metadata, plan, options.source);
    const table = new TableBuilder(names, plan, options.source, (row) => `row ${row + 1}`);
    const columns = table.builders.map(({ builder }) => builder.name);
    const total = Math.min(Number(metadata.num_rows), mostRows);
    if (total === 0) return table.build();
    if (columns.length === 0) return { ...EMPTY, source: options.source, rows: total, names };
    for (let rowStart = 0; rowStart < total; ) {
      options.signal?.throwIfAborted();
      const rowEnd = Math.min(total, rowStart + PIECE);
      const rows = await parquetReadObjects({
        file: buffer,
        metadata,
        columns,
        rowStart,
        rowEnd,
        compressors,
      });
      if (rows.length !== rowEnd - rowStart)
        throw new TableError(`${options.source} says it has ${total} rows and holds fewer`);
      for (const row of rows) table.addValues((at) => flat(row[names[at]!], names[at]!, options.source));
      rowStart = rowEnd;
      options.onProgress?.({ rows: rowStart, part: rowStart / total });
    }
    return table.build();
  } catch (error) {
    throw damaged(error);
  }
}

const EMPTY = { columns: new Map(), placeOf: (row: number) => `row ${row + 1}` };

function columnsOf(metadata: FileMetaData, plan: ReadPlan, source: string): string[] {
  const { children } = parquetSchema(metadata);
  for (const { element, children: nested } of children)
    if (nested.length > 0 && plan.columns.has(element.name)) throw nestedColumn(element.name, source);
  return children.filter(({ children: nested }) => nested.length === 0).map(({ element }) => element.name);
}

function flat(value: unknown, column: string, source: string): CellValue {
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    if (value instanceof Uint8Array) return new TextDecoder().decode(value);
    throw nestedColumn(column, source);
  }
  return value as CellValue;
}

const nestedColumn = (column: string, source: string) =>
  new TableError(`${source}: column "${column}" holds lists or records; a cell must be one value`, {
    column,
  });
