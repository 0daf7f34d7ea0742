/** The text of a project file in, settings and their problems with positions out. Pure: the editor calls it on each edit. */

import { type AST, getStaticTOMLValue, ParseError, parseTOML } from "toml-eslint-parser";
import { nearest } from "./nearest.ts";
import { type ConfigProblem, DEFAULT_PROJECT, type ProjectConfig, projectConfig } from "./project.ts";
import type { ProjectFileKind } from "./project-files.ts";

export interface ParsedProject {
  config: ProjectConfig;
  problems: ConfigProblem[];
  /** Where Fairwatt's settings begin; absent when the file has none. */
  at?: Omit<ConfigProblem, "file" | "message">;
}

type Path = readonly PropertyKey[];
type Value = Record<string, unknown>;

/** A project file is written by hand: longer than this is a mistake, and would block the editor. */
export const MAX_CONFIG_CHARACTERS = 1_000_000;
/** A line that opens `tool.fairwatt`, in any of TOML's ways to write it. */
const OUR_TABLE = /^\s*\[?\s*(?:tool\s*\.\s*)?["']?fairwatt["']?\s*[\].=]/m;
const TOOL: Path = ["tool", "fairwatt"];

/**
 * Reads `fairwatt.toml`, or the table `tool.fairwatt` of `pyproject.toml` (whose other tables are not looked at).
 * Never throws. A setting with a problem keeps its default. `file` of each problem is `kind`. `checkZone` says why a zone
 * cannot be used (carbon/resolve-zone.node.ts has one); the zone is kept all the same, so that nothing else takes its place.
 */
export function parseProject(
  text: string,
  kind: ProjectFileKind,
  checkZone?: (zone: string) => string | undefined,
): ParsedProject {
  const defaults = { ...DEFAULT_PROJECT };
  // Nothing in somebody's pyproject.toml is our business, its mistakes neither, until it has our table.
  if (kind === "pyproject.toml" && !OUR_TABLE.test(text)) return { config: defaults, problems: [] };
  if (text.length > MAX_CONFIG_CHARACTERS) {
    const message = `the file is longer than ${MAX_CONFIG_CHARACTERS} characters and was not read`;
    return { config: defaults, problems: [{ file: kind, ...NOWHERE, message }] };
  }
  let program: AST.TOMLProgram;
  let value: Value;
  try {
    program = parseTOML(text.startsWith("\uFEFF") ? text.slice(1) : text);
    value = getStaticTOMLValue(program) as Value;
  } catch (error) {
    return { config: defaults, problems: [syntaxProblem(error, kind)] };
  }
  const prefix = kind === "pyproject.toml" ? TOOL : [];
  const places = new Places(program, prefix);
  let table: unknown = value;
  for (const key of prefix) table = (table as Value | undefined)?.[String(key)];
  if (table === undefined) return { config: defaults, problems: [] };
  const { config, problems } = check(table, kind, places);
  const message = config.zone === undefined ? undefined : checkZone?.(config.zone);
  if (message) problems.push({ file: kind, ...places.of(["zone"], "value"), message });
  return { config, problems, at: places.of([]) };
}

function check(table: unknown, kind: ProjectFileKind, places: Places) {
  const problems: ConfigProblem[] = [];
  const parsed = projectConfig.safeParse(table);
  if (parsed.success) return { config: parsed.data, problems };
  const bad: Path[] = [];
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        const path = [...issue.path, key];
        bad.push(path);
        problems.push({ file: kind, ...places.of(path), message: unknownKey(key, issue.path) });
      }
    } else if (issue.path.length > 0) {
      bad.push(issue.path);
      problems.push({ file: kind, ...places.of(issue.path, "value"), message: issue.message });
    } else {
      problems.push({ file: kind, ...places.of([]), message: "tool.fairwatt must be a table of settings" });
      return { config: { ...DEFAULT_PROJECT }, problems };
    }
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { config: parsePart(bad.reduce(without, table as Value)), problems };
}

/** What is left of a table when what is wrong was taken out; a table that lacks a setting which it must have goes as a whole. */
function parsePart(table: Value): ProjectConfig {
  const parsed = projectConfig.safeParse(table);
  if (parsed.success) return parsed.data;
  const lacking = parsed.error.issues.map(({ path }) => (path.length > 1 ? path.slice(0, -1) : path));
  return parsePart(lacking.reduce(without, table));
}

/** A copy of the table without the setting at `path`; of a list, the whole list. */
function without(table: Value, path: Path): Value {
  const [key, ...rest] = path.map(String);
  if (key === undefined || !(key in table)) return table;
  const { [key]: inner, ...others } = table;
  const isTable = typeof inner === "object" && inner !== null && !Array.isArray(inner);
  return rest.length > 0 && isTable ? { ...others, [key]: without(inner as Value, rest) } : others;
}

function unknownKey(key: string, path: Path): string {
  const keys = validKeys(path);
  const [near] = nearest(key, keys);
  const named = path.filter((part) => typeof part !== "number");
  const where = named.length > 0 ? ` in [${named.map((part) => writtenKey(String(part))).join(".")}]` : "";
  const hint = near ? `did you mean "${near}"?` : `valid keys are ${keys.join(", ")}`;
  return `unknown key "${key}"${where}; ${hint}`;
}

/** A key as TOML writes it. */
export const writtenKey = (key: string): string =>
  /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key).replaceAll("\u007f", "\\u007f");

interface SchemaNode {
  _zod?: {
    def: {
      innerType?: SchemaNode;
      shape?: Record<string, SchemaNode>;
      valueType?: SchemaNode;
      element?: SchemaNode;
    };
  };
}

/** Keys of the table at `path` in the schema, through optional and default wrappers, lists and tables with keys of the user's. */
function validKeys(path: Path): string[] {
  let schema: SchemaNode | undefined = projectConfig as unknown as SchemaNode;
  for (const key of path) {
    const { shape, valueType, element }: NonNullable<SchemaNode["_zod"]>["def"] = unwrapped(schema);
    schema = shape?.[String(key)] ?? valueType ?? element;
  }
  return Object.keys(unwrapped(schema).shape ?? {});
}

function unwrapped(schema: SchemaNode | undefined): NonNullable<SchemaNode["_zod"]>["def"] {
  let inner = schema;
  while (inner?._zod?.def.innerType) inner = inner._zod.def.innerType;
  return inner?._zod?.def ?? {};
}

const NOWHERE = { line: 0, column: 0, endLine: 0, endColumn: 0 };

function syntaxProblem(error: unknown, file: string): ConfigProblem {
  if (!(error instanceof ParseError)) return { file, ...NOWHERE, message: `not TOML: ${String(error)}` };
  const line = Math.max(0, error.lineNumber - 1);
  const column = Math.max(0, error.column);
  return { file, line, column, endLine: line, endColumn: column + 1, message: `not TOML: ${error.message}` };
}

/** Where each key and value of the file stands. */
class Places {
  readonly #keys = new Map<string, AST.HasLocs>();
  readonly #values = new Map<string, AST.HasLocs>();

  constructor(
    program: AST.TOMLProgram,
    readonly prefix: Path,
  ) {
    for (const node of program.body[0].body) {
      if (node.type === "TOMLKeyValue") this.#add([], node);
      else {
        const base = node.resolvedKey;
        base.forEach((_, depth) => {
          this.#note(base.slice(0, depth + 1), node.key.keys[depth] ?? node.key, node.key);
        });
        for (const pair of node.body) this.#add(base, pair);
      }
    }
  }

  #add(base: Path, pair: AST.TOMLKeyValue): void {
    const names = pair.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
    names.forEach((_, depth) => {
      this.#note([...base, ...names.slice(0, depth + 1)], pair.key.keys[depth] ?? pair.key, pair.value);
    });
    if (pair.value.type === "TOMLInlineTable") {
      for (const inner of pair.value.body) this.#add([...base, ...names], inner);
    }
  }

  #note(path: Path, key: AST.HasLocs, value: AST.HasLocs): void {
    const name = JSON.stringify(path);
    if (!this.#keys.has(name)) {
      this.#keys.set(name, key);
      this.#values.set(name, value);
    }
  }

  /** The key at `path` below the settings' table, or its value; the nearest enclosing key where it has none. */
  of(path: Path, part: "key" | "value" = "key"): Omit<ConfigProblem, "file" | "message"> {
    const full = [...this.prefix, ...path];
    for (let length = full.length; length > 0; length--) {
      const name = JSON.stringify(full.slice(0, length));
      const node = (part === "value" ? this.#values : this.#keys).get(name);
      if (node) {
        const { start, end } = node.loc;
        return { line: start.line - 1, column: start.column, endLine: end.line - 1, endColumn: end.column };
      }
    }
    return NOWHERE;
  }
}
