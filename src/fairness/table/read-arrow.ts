/** Arrow IPC files and streams, Feather version 2, by flechette. */

import { CompressionType, setCompressionCodec, tableFromIPC } from "@uwdata/flechette";
import { decompress as decompressZstd } from "fzstd";
import type { RawTable } from "./column.ts";
import type { CellValue } from "./column-builder.ts";
import { decodeLz4Frame } from "./lz4-frame.ts";
import { type ReadOptions, type ReadPlan, TableBuilder } from "./read-plan.ts";
import { TableError } from "./table-error.ts";

const readOnly = () => {
  throw new Error("only reading is supported");
};
setCompressionCodec(CompressionType.ZSTD, {
  decode: (bytes, length) => decompressZstd(bytes, new Uint8Array(length)),
  encode: readOnly,
});
// What pandas and pyarrow write for Feather unless they are told otherwise.
setCompressionCodec(CompressionType.LZ4_FRAME, { decode: decodeLz4Frame, encode: readOnly });

/** Throws a TableError for bytes that are not Arrow, a nested column, and as TableBuilder does. */
export function readArrow(bytes: Uint8Array, plan: ReadPlan, options: ReadOptions): RawTable {
  const arrow = decode(bytes, options.source);
  const table = new TableBuilder(arrow.names, plan, options.source, (row) => `row ${row + 1}`);
  const columns = new Map(table.builders.map(({ at }) => [at, arrow.table.getChildAt(at)]));
  if (columns.size === 0)
    return {
      source: options.source,
      rows: arrow.table.numRows,
      columns: new Map(),
      names: arrow.names,
      placeOf: (row) => `row ${row + 1}`,
    };
  let row = 0;
  const valueAt = (at: number): CellValue => {
    const value: unknown = columns.get(at)!.at(row);
    if (typeof value === "object" && value !== null && !(value instanceof Date))
      throw new TableError(
        `${options.source}: column "${arrow.names[at]}" holds lists or records; a cell must be one value`,
        { column: arrow.names[at]! },
      );
    return value as CellValue;
  };
  for (; row < arrow.table.numRows; row++) table.addValues(valueAt);
  return table.build();
}

function decode(bytes: Uint8Array, source: string) {
  try {
    const table = tableFromIPC(bytes);
    return { table, names: table.schema.fields.map(({ name }) => name) };
  } catch (error) {
    throw new TableError(
      `${source} cannot be read as Arrow or Feather: ${error instanceof Error ? error.message : error}`,
    );
  }
}
