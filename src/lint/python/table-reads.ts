/** Tables that a program reads from files, by the paths that it names. */

import type { TextRange } from "../finding.ts";
import { isTable } from "../project/table-files.ts";
import { type PathReader, pathReader } from "./path-text.ts";
import type { Call, PythonFacts, Value } from "./python-facts.ts";

/** Where a table is, as its program says it. Plain data. */
export interface TableSource {
  /** With forward slashes. */
  path: string;
  /** Relative to the program's own folder; else to where it is started, which is not known. */
  fromProgram: boolean;
  /** One JSON object in each line; else fields with a delimiter between them, names in the first line. */
  lines: boolean;
  /** Where the program says which. */
  delimiter?: string;
}

export interface TableRead {
  source: TableSource;
  /** Where the path stands. */
  range: TextRange;
  /** The columns that are read, where they are listed. */
  only?: readonly string[];
}

const MOST = 20;
const DELIMITED = /^(?:read_csv|read_table|scan_csv|read_csv_batched|from_csv)$/;
const JSON_LINES = /^(?:read_json|read_ndjson|scan_ndjson)$/;
/** A function of the project or of a library that is given the path of a table. */
const LOADERS = /^(?:load|read|get|fetch|prepare|preprocess|ingest|import|open)(?:_\w+|[A-Z]\w*)?$/;
const PACKED = /\.(?:gz|bz2|xz|zst|zip|tar|parquet|feather|xlsx?|pkl|h5)$/i;

export function tableReads(facts: PythonFacts): TableRead[] {
  const reads: TableRead[] = [];
  if (!/\.(?:csv|tsv|jsonl|ndjson)\b|read_(?:csv|table)/i.test(facts.text)) return reads;
  const pathOf = pathReader(facts);
  for (const call of facts.calls) {
    if (reads.length >= MOST) break;
    if (!isReader(call) || !hasOwnHeader(call)) continue;
    const given = DELIMITED.test(call.method) || JSON_LINES.test(call.method) ? pathsGiven(call) : all(call);
    for (const value of given) {
      const source = sourceOf(pathOf, call, value);
      if (source === undefined || reads.length >= MOST) continue;
      const only = listedColumns(call);
      reads.push({ source, range: value.range, ...(only && { only }) });
    }
  }
  return reads;
}

/** The same table, named the same way. */
export function isSameSource(a: TableSource, b: TableSource): boolean {
  return (
    a.path === b.path && a.fromProgram === b.fromProgram && a.lines === b.lines && a.delimiter === b.delimiter
  );
}

function isReader(call: Call): boolean {
  const { method, callee, receiver } = call;
  if (DELIMITED.test(method) || JSON_LINES.test(method) || LOADERS.test(method)) return true;
  // Spark names the columns by their position unless it is told of a header.
  return method === "csv" && /\.read\b/.test(receiver?.text ?? callee) && saysHeader(call);
}

function saysHeader({ keywords, receiver }: Call): boolean {
  return (
    keywords.get("header")?.literal === true || /["']header["']\s*,\s*["']?true/i.test(receiver?.text ?? "")
  );
}

/** Does the first line of the file name the columns, as far as the call says? */
function hasOwnHeader({ keywords, hasUnknownArguments, method, args }: Call): boolean {
  if (hasUnknownArguments) return false;
  if (method === "open") {
    const mode = args[1] ?? keywords.get("mode");
    return mode === undefined || (typeof mode.literal === "string" && /^r/.test(mode.literal));
  }
  if (keywords.has("names") || keywords.has("fieldnames") || keywords.has("new_columns")) return false;
  if (keywords.get("has_header")?.literal === false) return false;
  const skipped = keywords.get("skiprows") ?? keywords.get("skip_rows");
  if (skipped !== undefined && skipped.literal !== 0 && skipped.literal !== null) return false;
  const header = keywords.get("header")?.literal;
  return !keywords.has("header") || header === 0 || header === "infer" || header === true;
}

const pathsGiven = ({ args, keywords }: Call): Value[] =>
  [
    args[0],
    ...["filepath_or_buffer", "path_or_buf", "source", "path"].map((name) => keywords.get(name)),
  ].flatMap((value) => value ?? []);

const all = ({ args, keywords }: Call): Value[] =>
  [...args, ...keywords.values()].flatMap((value) => [
    value,
    ...(value.items ?? []),
    ...(value.entries ?? []).map((entry) => entry.value),
  ]);

function sourceOf(pathOf: PathReader, call: Call, value: Value): TableSource | undefined {
  const named = pathOf(value);
  if (named === undefined) return undefined;
  const { path } = named;
  if (path.length > 300 || PACKED.test(path) || /[*?[\]{}\0\n]|^~|^[a-z][\w+.-]+:/i.test(path))
    return undefined;
  if (!DELIMITED.test(call.method) && call.method !== "csv" && !isTable(path)) {
    if (!JSON_LINES.test(call.method)) return undefined;
    if (call.method === "read_json" && call.keywords.get("lines")?.literal !== true) return undefined;
  }
  const said = call.keywords.get("sep") ?? call.keywords.get("delimiter") ?? call.keywords.get("separator");
  // Patterns as delimiters ("\s+") split otherwise than a header is read here.
  if (said !== undefined && said.literal !== null && !/^.$/s.test(String(said.literal ?? "")))
    return undefined;
  return {
    ...named,
    lines: JSON_LINES.test(call.method) || /\.(?:jsonl|ndjson)$/i.test(path),
    ...(typeof said?.literal === "string" && { delimiter: said.literal }),
  };
}

function listedColumns({ keywords }: Call): string[] | undefined {
  const items = (keywords.get("usecols") ?? keywords.get("columns"))?.items;
  if (items === undefined) return undefined;
  const names = items.flatMap(({ literal }) => (typeof literal === "string" ? [literal] : []));
  return names.length === items.length ? names : undefined;
}
