/** Functions of the file: how often names are bound in them, and what their parameters stand for. */

import { isPredictionName } from "./names.ts";
import type { LocalFunction, Program } from "./program.ts";
import { NO_FLOW, type Scope, type Traced } from "./scope.ts";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

/** How often each name is bound in a function's own body or at module level; nested functions count for themselves. */
export function nameCounts(table: SyntaxTable, scope: NodeIndex): Map<string, number> {
  const counts = new Map<string, number>();
  const end = table.after(scope);
  const count = (node: NodeIndex, weight: number) => {
    for (let at = node; at < table.after(node); at++)
      if (table.types[at] === table.symbols.identifier) {
        const name = table.slice(at);
        counts.set(name, (counts.get(name) ?? 0) + weight);
      }
  };
  for (let node = scope + 1; node < end; ) {
    const kind = table.kind(node);
    if (kind === "function_definition" || kind === "lambda") {
      node = table.after(node);
      continue;
    }
    const left = node + 1;
    if (kind === "assignment" && table.kind(left) !== "subscript" && table.kind(left) !== "attribute")
      count(left, 1);
    // A loop's target and an augmented name change: never one literal.
    else if (kind === "augmented_assignment" || kind === "for_statement" || kind === "for_in_clause")
      count(left, 2);
    else if (kind === "named_expression") count(left, 1);
    node++;
  }
  return counts;
}

export function functionOf(
  program: Program,
  node: NodeIndex,
  defined: Scope,
  owner: { name: string; self: Scope } | undefined,
): LocalFunction {
  const name = program.table.slice(program.table.child(node, 0));
  return {
    node,
    name,
    defined,
    decorators: [],
    state: "unread",
    ...(owner === undefined ? {} : { self: owner.self }),
  };
}

/** Parameters with what they are bound to: the argument, else the default, else something of which only the name is known. */
export function parametersOf(
  program: Program,
  called: LocalFunction,
  args: Traced[],
  keywords: ReadonlyMap<string, Traced>,
): [string, Traced][] {
  const { table } = program;
  const list = table.childOfKind(called.node, "parameters");
  if (list < 0) return [];
  const bound: [string, Traced][] = [];
  let position = 0;
  for (const [index, parameter] of table.children(list).entries()) {
    const kind = table.kind(parameter);
    const nameNode = kind === "identifier" ? parameter : table.child(parameter, 0);
    const name = table.slice(nameNode);
    if (index === 0 && called.self !== undefined && (name === "self" || name === "cls")) continue;
    if (kind.startsWith("list_splat") || kind.startsWith("dictionary_splat") || /^[*/]/.test(name)) continue;
    const given = args[position++] ?? keywords.get(name);
    const unknown: Traced = {
      value: { name, reads: [name], text: name, range: table.range(nameNode) },
      flow: isPredictionName(name) ? { ...NO_FLOW, prediction: true } : NO_FLOW,
    };
    bound.push([name, given ?? unknown]);
    if (kind.endsWith("default_parameter")) program.visit(table.lastChild(parameter));
  }
  return bound;
}
