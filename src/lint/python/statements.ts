/** Statements of a program in order of execution: what each says, and what flows out of it. */

import { assign, augment, bindTarget } from "./assignments.ts";
import { define } from "./definitions.ts";
import { elementOf, evaluateExpression } from "./expressions.ts";
import { readImport } from "./imports.ts";
import { stringValue } from "./literals.ts";
import type { Program } from "./program.ts";
import { type Flow, join, NO_FLOW, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

export function visitStatement(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  switch (table.kind(node)) {
    case "comment":
      return NO_FLOW;
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      for (const entry of readImport(table, node)) {
        program.imports.push(entry);
        program.names.add(entry);
      }
      return NO_FLOW;
    case "expression_statement":
      return visitExpressionStatement(program, node);
    case "assignment":
      assign(program, node);
      return NO_FLOW;
    case "augmented_assignment":
      augment(program, node);
      return NO_FLOW;
    case "for_statement":
      return visitFor(program, node);
    case "with_statement":
      return visitWith(program, node);
    case "function_definition":
      define(program, node, "function", []);
      return NO_FLOW;
    case "class_definition":
      define(program, node, "class", []);
      return NO_FLOW;
    case "decorated_definition":
      return visitDecorated(program, node);
    case "return_statement":
      return visitReturn(program, node);
    case "module":
    case "block":
    case "if_statement":
    case "elif_clause":
    case "else_clause":
    case "while_statement":
    case "try_statement":
    case "except_clause":
    case "finally_clause":
    case "match_statement":
    case "case_clause":
    case "ERROR":
      return program.visitChildren(node);
    default:
      return evaluateExpression(program, node).flow;
  }
}

function visitExpressionStatement(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  const only = table.child(node, 0);
  if (table.kind(only) === "string" && isDocstring(program, node)) {
    const text = stringValue(table.slice(only));
    if (text !== undefined) program.prose.push({ text, range: table.range(only) });
    return NO_FLOW;
  }
  return program.visitChildren(node);
}

function isDocstring(program: Program, node: NodeIndex): boolean {
  const parent = program.table.parent(node);
  return program.table.kind(parent) === "module" || program.table.child(parent, 0) === node;
}

const readsPrediction = (program: Program, node: NodeIndex): boolean =>
  program.readsOf(node).some((name) => program.scope.find(name)?.traced.flow.prediction === true);

function visitFor(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  const [target, iterable] = table.children(node);
  if (target === undefined || iterable === undefined) return program.visitChildren(node);
  const over = program.evaluate(iterable);
  const element = elementOf(program, over);
  bindTarget(program, target, element, node);
  program.assignments.pop();
  const outer = program.loops;
  program.loops = [...outer, { over: over.value, target: table.slice(target), range: table.range(node) }];
  let flow = NO_FLOW;
  for (const child of table.children(node).slice(2)) flow = join(flow, program.visit(child));
  program.loops = outer;
  const columns = isTable(over) ? [] : over.flow.columns;
  if (columns.length > 0 || over.flow.slice.length > 0) {
    const groups = [...new Set([...columns, ...over.flow.slice])];
    const consumesPrediction =
      program.predictions.some(
        (use) => use.range.start >= table.start(node) && use.range.end <= table.end(node),
      ) ||
      // Rows of each group, by which predictions are chosen that were made before.
      (over.flow.slice.length > 0 && readsPrediction(program, node));
    program.groups.push({
      how: "loop",
      over: groups,
      consumesPrediction,
      range: table.range(node),
      order: table.end(node),
    });
  }
  return flow;
}

/** `for row in X.values`: rows with many columns, where the values of one or two are groups. */
function isTable({ flow, value }: Traced): boolean {
  return flow.columns.length > 2 && !/\b(?:unique|groupby|drop_duplicates|product|set)\b/.test(value.text);
}

function visitWith(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  const outer = program.contexts;
  let flow = NO_FLOW;
  for (const child of table.children(node)) {
    if (table.kind(child) !== "with_clause") {
      flow = join(flow, program.visit(child));
      continue;
    }
    for (const item of table.children(child)) {
      const held = table.child(item, 0);
      const named = table.kind(held) === "as_pattern";
      const traced = program.evaluate(named ? table.child(held, 0) : held);
      const { call, qualified, name } = traced.value;
      program.contexts = [...program.contexts, call?.callee ?? qualified ?? name ?? traced.value.text];
      if (named) bindTarget(program, table.child(table.lastChild(held), 0), traced, item);
    }
  }
  program.contexts = outer;
  return flow;
}

function visitDecorated(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  const decorators: string[] = [];
  for (const child of table.children(node)) {
    if (table.kind(child) !== "decorator") continue;
    const { call, qualified, name, text } = program.evaluate(table.child(child, 0)).value;
    decorators.push(call?.callee ?? qualified ?? name ?? text);
  }
  const definition = table.lastChild(node);
  define(
    program,
    definition,
    table.kind(definition) === "class_definition" ? "class" : "function",
    decorators,
  );
  return NO_FLOW;
}

function visitReturn(program: Program, node: NodeIndex): Flow {
  const { table } = program;
  const returned = table.child(node, 0);
  if (returned < 0) return NO_FLOW;
  const traced = program.evaluate(returned);
  const { current } = program;
  if (current !== undefined)
    current.returned = { value: traced.value, flow: join(current.returned?.flow ?? NO_FLOW, traced.flow) };
  return traced.flow;
}
