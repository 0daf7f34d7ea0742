/** Writes one fact of `[report]` into the text of a project file, leaving everything else as a person wrote it. Pure. */

import { type AST, parseTOML } from "toml-eslint-parser";
import { type Edit, endOfLine, line, prefixOf, same, wholeLine, written } from "./audit-edit.ts";
import { parseProject, writtenKey } from "./parse.ts";
import type { ProjectFileKind } from "./project-files.ts";
import type { FactValue } from "./report-facts-fields.ts";

/**
 * The text with the fact at `path` below `[report]` saying `value`; undefined takes it out. Comments and the order of
 * everything else stay. Throws an Error with the schema's sentence where the value cannot be, or that says where to write it
 * by hand where the file has it in a way that only a person can change; the parser's where the file is no TOML.
 */
export function withFact(
  text: string,
  kind: ProjectFileKind,
  path: readonly string[],
  value: FactValue | undefined,
): string {
  const full = [...prefixOf(kind), "report", ...path];
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const changed = text.slice(0, mark) + edited(text.slice(mark), full, value);
  const before = parseProject(text, kind).problems.map(({ message }) => message);
  const { config, problems } = parseProject(changed, kind);
  const added = problems.find(({ message }) => !before.includes(message));
  let found: unknown = config.report;
  for (const key of path) found = (found as Record<string, unknown> | undefined)?.[key];
  if (!added && same(found, value)) return changed;
  if (added && !/^(?:not TOML|unknown key)/.test(added.message)) throw new Error(added.message);
  throw new Error(
    `${path.join(".")} stands in the project file in a way that cannot be changed from here; write it by hand under [${full.slice(0, -1).map(writtenKey).join(".")}]`,
  );
}

function edited(body: string, full: readonly string[], value: FactValue | undefined): string {
  const newline = body.includes("\r\n") ? "\r\n" : "\n";
  const { body: nodes } = parseTOML(body).body[0];
  const pairs = nodes.flatMap((node) =>
    node.type === "TOMLKeyValue"
      ? [{ node, path: keysOf(node), isOfTable: true }, ...innerPairs(node, [])]
      : node.kind === "standard"
        ? node.body.flatMap((pair) => [
            { node: pair, path: [...node.resolvedKey.map(String), ...keysOf(pair)], isOfTable: true },
            ...innerPairs(pair, node.resolvedKey.map(String)),
          ])
        : [],
  );
  const own = pairs.find(({ path }) => same(path, full));
  const inSubTable = nodes.filter(
    (node) => node.type === "TOMLTable" && same(node.resolvedKey.slice(0, full.length), full),
  );
  if (own && value !== undefined)
    return replaced(body, [
      { start: own.node.value.range[0], end: own.node.value.range[1], text: written(value) },
    ]);
  if (own) return own.isOfTable ? replaced(body, [wholeLine(body, own.node)]) : body;
  // A fact that is a table of its own is written anew where its name stands.
  if (inSubTable.length > 0) return withSubTable(body, inSubTable[0] as AST.TOMLTable, value, newline);
  if (value === undefined) return body;
  const table = nodes.find(
    (node): node is AST.TOMLTable => node.type === "TOMLTable" && same(node.resolvedKey, full.slice(0, -1)),
  );
  const pair = line([full.at(-1)!, value]);
  if (table) {
    const end = endOfLine(body, table.body.at(-1)?.range[1] ?? table.key.range[1]);
    return replaced(body, [{ start: end, end, text: newline + pair }]);
  }
  const gap =
    body === ""
      ? ""
      : /(?:^|\n)[ \t]*\r?\n$/.test(body)
        ? ""
        : body.endsWith("\n")
          ? newline
          : newline + newline;
  return `${body}${gap}[${full.slice(0, -1).map(writtenKey).join(".")}]${newline}${pair}${newline}`;
}

/** `[report.ecoa.reasons]` with its lines: those that stay the same are left alone. */
function withSubTable(
  body: string,
  table: AST.TOMLTable,
  value: FactValue | undefined,
  newline: string,
): string {
  const values = (typeof value === "object" && !Array.isArray(value) ? value : {}) as Record<string, string>;
  const standing = new Set<string>();
  const edits: Edit[] = table.body.flatMap((pair) => {
    const keys = keysOf(pair);
    const key = keys[0]!;
    if (keys.length > 1 || !Object.hasOwn(values, key)) return [wholeLine(body, pair)];
    standing.add(key);
    const [start, end] = pair.value.range;
    const isSame = pair.value.type === "TOMLValue" && same(pair.value.value, values[key]);
    return isSame ? [] : [{ start, end, text: written(values[key]) }];
  });
  const added = Object.entries(values).filter(([key]) => !standing.has(key));
  if (added.length > 0) {
    const end = endOfLine(body, table.body.at(-1)?.range[1] ?? table.key.range[1]);
    edits.push({ start: end, end, text: added.map((each) => newline + line(each)).join("") });
  }
  if (value !== undefined) return replaced(body, edits);
  // Without lines the table would still be there, and empty.
  const head = body.lastIndexOf("\n", table.range[0] - 1) + 1;
  return replaced(body, [
    ...edits,
    {
      start: head,
      end: Math.min(body.length, endOfLine(body, table.key.range[1]) + newline.length),
      text: "",
    },
  ]);
}

function innerPairs(
  { key, value }: AST.TOMLKeyValue,
  base: readonly string[],
): { node: AST.TOMLKeyValue; path: string[]; isOfTable: boolean }[] {
  if (value.type !== "TOMLInlineTable") return [];
  const path = [...base, ...key.keys.map((each) => (each.type === "TOMLBare" ? each.name : each.value))];
  return value.body.flatMap((node) => [
    { node, path: [...path, ...keysOf(node)], isOfTable: false },
    ...innerPairs(node, path),
  ]);
}

const keysOf = ({ key }: AST.TOMLKeyValue): string[] =>
  key.keys.map((each) => (each.type === "TOMLBare" ? each.name : each.value));

function replaced(body: string, edits: readonly Edit[]): string {
  let result = body;
  for (const { start, end, text } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end))
    result = result.slice(0, start) + text + result.slice(end);
  return result;
}
