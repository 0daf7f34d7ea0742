/** Writes the settings of a table into the text of a project file, leaving everything else as a person wrote it. Pure. */

import { type AST, getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import type { AuditTable } from "./audit-settings.ts";
import { parseProject, writtenKey } from "./parse.ts";
import type { ProjectFileKind } from "./project-files.ts";

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** What a key is set to; its own tables are one level deep. */
type Values = Record<string, unknown>;

/**
 * The text with `[audit.tables."<table>"]` (below `tool.fairwatt` in pyproject.toml) saying exactly `settings`: values that
 * differ are replaced where they stand, keys that are no longer set go, comments stay. Throws an Error where the file is no
 * TOML, or writes these settings in a way that only a person can change.
 */
export function withAuditTable(
  text: string,
  kind: ProjectFileKind,
  table: string,
  settings: AuditTable,
): string {
  const values: Values = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined && !isEmptyTable(value)),
  );
  const changed = edited(text, [...prefixOf(kind), "audit", "tables", table], values);
  const { config, problems } = parseProject(changed, kind);
  const written = config.audit?.tables?.[table] ?? {};
  if (!same(written, values) || problems.length > parseProject(text, kind).problems.length)
    throw new Error(
      `the settings of ${table} stand in the project file in a way that cannot be changed from here; write them by hand under [${[...prefixOf(kind), "audit", "tables", table].map(writtenKey).join(".")}]`,
    );
  return changed;
}

export const prefixOf = (kind: ProjectFileKind) => (kind === "pyproject.toml" ? ["tool", "fairwatt"] : []);

function edited(text: string, path: readonly string[], values: Values): string {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const body = text.slice(mark);
  const newline = body.includes("\r\n") ? "\r\n" : "\n";
  const tables = parseTOML(body).body[0].body.filter((node) => node.type === "TOMLTable");
  const at = (wanted: readonly string[]) => tables.find(({ resolvedKey }) => same(resolvedKey, wanted));
  const own = at(path);
  const inner = Object.keys(values).filter((key) => isTable(values[key]) && at([...path, key]));
  const edits = inner.flatMap((key) => tableEdits(body, at([...path, key])!, values[key] as Values, newline));
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => !inner.includes(key)));
  if (own) edits.push(...tableEdits(body, own, rest, newline));
  let result = body;
  for (const { start, end, text: by } of edits.sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end);
  if (!own && Object.keys(rest).length > 0) {
    const gap =
      result === ""
        ? ""
        : /(?:^|\n)[ \t]*\r?\n$/.test(result)
          ? ""
          : result.endsWith("\n")
            ? newline
            : newline + newline;
    const lines = [`[${path.map(writtenKey).join(".")}]`, ...Object.entries(rest).map(line)];
    result += gap + lines.join(newline) + newline;
  }
  return text.slice(0, mark) + result;
}

/** The pairs of one `[table]` made to say `values`. */
function tableEdits(body: string, table: AST.TOMLTable, values: Values, newline: string): Edit[] {
  const edits: Edit[] = [];
  const standing = new Set<string>();
  for (const pair of table.body) {
    const [first] = pair.key.keys;
    const key = first!.type === "TOMLBare" ? first!.name : first!.value;
    // `limits.equalized_odds = 0.1`: such pairs are written anew as one.
    if (pair.key.keys.length > 1 || !(key in values)) edits.push(wholeLine(body, pair));
    else {
      standing.add(key);
      const [start, end] = pair.value.range;
      if (!same(getStaticTOMLValue(pair.value), values[key]))
        edits.push({ start, end, text: written(values[key]) });
    }
  }
  const added = Object.entries(values).filter(([key]) => !standing.has(key));
  if (added.length > 0) {
    const last = table.body.at(-1)?.range[1] ?? table.key.range[1];
    const end = endOfLine(body, last);
    const text = added.map((each) => newline + line(each)).join("");
    edits.push({ start: end, end, text });
  }
  return edits;
}

/** The lines of a pair with the comment behind it and the line's end before it. */
export function wholeLine(body: string, { range: [start, end] }: AST.TOMLKeyValue): Edit {
  const before = body.lastIndexOf("\n", start - 1);
  return {
    start: before > 0 && body[before - 1] === "\r" ? before - 1 : Math.max(0, before),
    end: endOfLine(body, end),
    text: "",
  };
}

export function endOfLine(body: string, from: number): number {
  const end = body.indexOf("\n", from);
  if (end < 0) return body.length;
  return body[end - 1] === "\r" ? end - 1 : end;
}

export const line = ([key, value]: [string, unknown]) => `${writtenKey(key)} = ${written(value)}`;

export function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(line).join(", ")} }`;
  return typeof value === "string" ? JSON.stringify(value).replaceAll("\u007f", "\\u007f") : String(value);
}

const isTable = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isEmptyTable = (value: unknown): boolean => isTable(value) && Object.keys(value).length === 0;

/** Equal by value; the order of keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
  }
  return Object.is(a, b);
}
