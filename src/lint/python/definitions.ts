/** Functions and classes: declared before the code that calls them, defined where they stand, read at their first call. */

import { functionOf, nameCounts, parametersOf } from "./functions.ts";
import type { LocalFunction, Program } from "./program.ts";
import { Scope, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

/** Calls into functions of the file deeper than this are not followed. */
const MAX_CALL_DEPTH = 24;

const LEAF_STATEMENTS = new Set([
  "expression_statement",
  "import_statement",
  "import_from_statement",
  "return_statement",
  "comment",
]);

/** Functions and classes are known before the code that calls them is read. */
export function declare(
  program: Program,
  node: NodeIndex,
  scope: Scope,
  owner: { name: string; self: Scope } | undefined,
): void {
  const { table } = program;
  for (let child = node + 1; child < table.after(node); child = table.after(child)) {
    const kind = table.kind(child);
    const definition = kind === "decorated_definition" ? table.lastChild(child) : child;
    const definedKind = kind === "decorated_definition" ? table.kind(definition) : kind;
    if (definedKind === "function_definition") {
      const called = functionOf(program, definition, scope, owner);
      program.functions.set(owner === undefined ? called.name : `${owner.name}.${called.name}`, called);
      program.declared.set(definition, called);
      if (owner === undefined || !called.name.startsWith("__")) declareInner(program, definition, scope);
    } else if (definedKind === "class_definition") {
      const name = table.slice(table.child(definition, 0));
      const self = new Scope(scope, name, new Map());
      declare(program, table.lastChild(definition), scope, { name, self });
    } else if (!LEAF_STATEMENTS.has(kind)) declare(program, child, scope, owner);
  }
}

function declareInner(program: Program, definition: NodeIndex, scope: Scope): void {
  const body = program.table.lastChild(definition);
  if (program.table.kind(body) === "block") declare(program, body, scope, undefined);
}

/** A function or class where it stands: a fact; of a class, its body is read at once. */
export function define(
  program: Program,
  node: NodeIndex,
  kind: "function" | "class",
  decorators: string[],
): void {
  const { table } = program;
  const name = table.slice(table.child(node, 0));
  const superclasses = kind === "class" ? table.childOfKind(node, "argument_list") : -1;
  const bases =
    superclasses < 0
      ? []
      : table.children(superclasses).flatMap((base) => {
          const dotted = program.dotted(base);
          return dotted === undefined ? [] : [program.names.resolve(dotted) ?? dotted];
        });
  program.definitions.push({ name, kind, bases, range: table.range(node), decorators });
  if (kind === "class") {
    const outer = program.scope;
    program.scope = new Scope(outer, outer.inFunction, new Map());
    program.visitChildren(table.lastChild(node));
    program.scope = outer;
    return;
  }
  program.declared.get(node)?.decorators.push(...decorators);
}

/** Reads a function's body once: at its first call, with that call's arguments as its parameters. */
export function enter(
  program: Program,
  called: LocalFunction,
  args: Traced[],
  keywords: ReadonlyMap<string, Traced>,
): void {
  if (called.state !== "unread" || program.callDepth >= MAX_CALL_DEPTH) return;
  called.state = "reading";
  const { table } = program;
  const outer = {
    scope: program.scope,
    current: program.current,
    loops: program.loops,
    contexts: program.contexts,
  };
  program.loops = [];
  program.contexts = [];
  const name = called.self === undefined ? called.name : `${called.self.inFunction}.${called.name}`;
  program.scope = new Scope(
    called.defined,
    name,
    nameCounts(table, called.node),
    called.decorators,
    called.self,
  );
  program.current = called;
  program.callDepth++;
  for (const [parameter, bound] of parametersOf(program, called, args, keywords))
    program.scope.bind(parameter, bound);
  const body = table.lastChild(called.node);
  if (table.kind(body) === "block") program.visitChildren(body);
  program.callDepth--;
  program.scope = outer.scope;
  program.current = outer.current;
  program.loops = outer.loops;
  program.contexts = outer.contexts;
  called.state = "read";
}
