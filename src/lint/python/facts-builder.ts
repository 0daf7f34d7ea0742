/** From a program's syntax to its facts. */

import { declare, enter } from "./definitions.ts";
import { evaluateExpression } from "./expressions.ts";
import { nameCounts } from "./functions.ts";
import { Program } from "./program.ts";
import type { PythonFacts } from "./python-facts.ts";
import type { PythonSource } from "./reader.ts";
import { Scope } from "./scope.ts";
import { visitStatement } from "./statements.ts";
import type { SyntaxTable } from "./syntax-table.ts";

/** Reads a program in order of execution; functions that nothing calls come last. */
export function buildFacts(table: SyntaxTable, source: PythonSource): PythonFacts {
  const program: Program = new Program(
    table,
    new Scope(undefined, undefined, nameCounts(table, 0)),
    (node) => visitStatement(program, node),
    (node) => evaluateExpression(program, node),
  );
  program.prose.push(...(source.prose ?? []));
  declare(program, 0, program.scope, undefined);
  program.visitChildren(0);
  for (const called of program.functions.values())
    if (called.state === "unread") enter(program, called, [], new Map());
  return {
    kind: "python",
    file: source.path,
    text: source.text,
    comments: commentsOf(table),
    cells: source.cells ?? [{ index: 0, range: { start: 0, end: source.text.length } }],
    written: source.written ?? [],
    shown: source.shown ?? [],
    isNotebook: source.isNotebook ?? source.cells !== undefined,
    prose: program.prose,
    imports: program.imports,
    calls: byOrder(program.calls),
    assignments: byOrder(program.assignments),
    columns: byOrder(program.columns),
    predictions: byOrder(program.predictions),
    groups: byOrder(program.groups),
    strings: program.strings.sort((a, b) => a.range.start - b.range.start),
    formatted: program.formatted,
    definitions: program.definitions,
    serving: [],
    broken: table.broken,
  };
}

function byOrder<T extends { order: number }>(list: T[]): T[] {
  // Most programs define no function that is read later than it stands.
  return isInOrder(list) ? list : list.sort((a, b) => a.order - b.order);
}

function isInOrder(list: readonly { order: number }[]): boolean {
  for (let at = 1; at < list.length; at++) if (list[at - 1]!.order > list[at]!.order) return false;
  return true;
}

function commentsOf(table: SyntaxTable): PythonFacts["comments"] {
  const found: PythonFacts["comments"] = [];
  for (let node = 0; node < table.size; node++)
    if (table.kind(node) === "comment") found.push({ text: table.slice(node), range: table.range(node) });
  return found;
}
