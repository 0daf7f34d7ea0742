/** A table from a file, by what its name and first bytes say it is. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { RawTable } from "./column.ts";
import { readDelimited } from "./read-delimited.ts";
import { readJsonLines } from "./read-json-lines.ts";
import type { ReadOptions, ReadPlan } from "./read-plan.ts";
import { TableError } from "./table-error.ts";

export const TABLE_FORMATS = ["csv", "tsv", "jsonl", "parquet", "arrow"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

const BY_EXTENSION: Record<string, TableFormat> = {
  ".csv": "csv",
  ".txt": "csv",
  ".tsv": "tsv",
  ".tab": "tsv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".parquet": "parquet",
  ".pq": "parquet",
  ".arrow": "arrow",
  ".arrows": "arrow",
  ".feather": "arrow",
  ".ipc": "arrow",
};

/** Endings of the files that are read as tables. */
export const TABLE_EXTENSIONS: readonly string[] = Object.keys(BY_EXTENSION);

/** Rows of a Parquet file of which only the start is read. */
const START_ROWS = 20_000;

/** Arrow files are read whole: larger ones would not fit beside their columns. Text and Parquet are streamed. */
const MAX_ARROW_BYTES = 1024 * 1024 * 1024;

/**
 * Reads the columns that the plan asks for. Text is UTF-8. Throws a TableError for a file that is no table of a known
 * format, and as the format's reader does. `onlyStart`: of text, only the rows of the first megabyte, of Parquet the first 20,000; the system's error when it cannot be read; an AbortError when `signal` aborts.
 */
export async function readTable(
  file: string,
  plan: ReadPlan,
  options: Partial<ReadOptions> & { format?: TableFormat; onlyStart?: boolean } = {},
): Promise<RawTable> {
  const source = options.source ?? path.basename(file);
  const { size } = checkFile(file, source);
  const head = readHead(file);
  const format = options.format ?? formatOf(file, head, source);
  const all: ReadOptions = { ...options, source };
  if (format === "parquet") {
    const { readParquet } = await import("./read-parquet.node.ts");
    return readParquet(file, plan, all, options.onlyStart ? START_ROWS : undefined);
  }
  if (format === "arrow") {
    if (size > MAX_ARROW_BYTES)
      throw new TableError(`${source} is larger than 1 GB; write it as Parquet or CSV, which are streamed`);
    const { readArrow } = await import("./read-arrow.ts");
    return readArrow(new Uint8Array(fs.readFileSync(file)), plan, all);
  }
  if (head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)))
    throw new TableError(`${source} is UTF-16; save it as UTF-8`);
  const progress = { read: 0 };
  const reading: ReadOptions = {
    ...all,
    onProgress: ({ rows }) => options.onProgress?.({ rows, part: size > 0 ? progress.read / size : 1 }),
  };
  const text = textOf(file, source, progress, options.signal);
  const chunks = options.onlyStart ? firstLines(text) : text;
  if (format === "jsonl") return readJsonLines(chunks, plan, reading);
  return readDelimited(chunks, plan, { ...reading, ...(format === "tsv" && { separator: "\t" }) });
}

function checkFile(file: string, source: string): fs.Stats {
  const stats = fs.statSync(file);
  if (!stats.isFile()) throw new TableError(`${source} is not a file`);
  if (stats.size === 0) throw new TableError(`${source} is empty`);
  return stats;
}

function readHead(file: string): Uint8Array {
  const handle = fs.openSync(file, "r");
  try {
    const head = new Uint8Array(8);
    return head.subarray(0, fs.readSync(handle, head));
  } finally {
    fs.closeSync(handle);
  }
}

function formatOf(file: string, head: Uint8Array, source: string): TableFormat {
  const magic = String.fromCharCode(...head.subarray(0, 6));
  if (magic.startsWith("PAR1")) return "parquet";
  if (magic === "ARROW1") return "arrow";
  if (magic.startsWith("FEA1"))
    throw new TableError(`${source} is Feather version 1; write it again with a current pyarrow (version 2)`);
  if (magic.startsWith("PK") || (head[0] === 0x1f && head[1] === 0x8b))
    throw new TableError(
      `${source} is an archive or a spreadsheet; unpack it, or save the sheet as CSV (UTF-8)`,
    );
  const format = BY_EXTENSION[path.extname(file).toLowerCase()];
  if (format === undefined)
    throw new TableError(
      `${source} is no table that can be read: name it .csv, .tsv, .jsonl, .parquet, .arrow or .feather`,
    );
  if (format === "parquet") throw new TableError(`${source} is not a Parquet file, though its name says so`);
  return format;
}

/** The whole lines of the first piece. */
async function* firstLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of text) {
    yield piece.slice(0, piece.lastIndexOf("\n") + 1) || piece;
    return;
  }
}

async function* textOf(
  file: string,
  source: string,
  progress: { read: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new TableError(
        `${source} is not UTF-8 text (between bytes ${progress.read} and ${progress.read + (bytes?.length ?? 0)}); save it as UTF-8`,
      );
    }
  };
  for await (const bytes of fs.createReadStream(file, { highWaterMark: 1024 * 1024, signal })) {
    const zero = (bytes as Buffer).indexOf(0);
    if (zero >= 0)
      throw new TableError(
        `${source} has a zero byte at ${progress.read + zero}: it is no UTF-8 text (save it as UTF-8), or was not written to its end`,
      );
    const text = decode(bytes as Buffer);
    progress.read += (bytes as Buffer).length;
    yield text;
  }
  yield decode();
}
