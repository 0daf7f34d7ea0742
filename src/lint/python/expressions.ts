/** Expressions: what is statically known of them and what flows into them. */

import { readCall } from "./calls.ts";
import { readComparison, recordConditions } from "./conditions.ts";
import { readSubscript } from "./frames.ts";
import { numberValue, stringValue } from "./literals.ts";
import { readName } from "./name-values.ts";
import type { Program } from "./program.ts";
import type { Value } from "./python-facts.ts";
import { join, NO_FLOW, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

/** Displays longer than this are data, not settings: their elements are not listed. */
const MAX_ITEMS = 400;

export function evaluateExpression(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  switch (table.kind(node)) {
    case "parenthesized_expression":
    case "await":
    case "named_expression": {
      const inner = program.evaluate(table.lastChild(node));
      if (table.kind(node) === "named_expression")
        program.scope.bind(table.slice(table.child(node, 0)), inner);
      return inner;
    }
    case "string":
    case "concatenated_string":
      return readString(program, node);
    case "integer":
    case "float": {
      return readLiteral(program, node, numberValue(table.slice(node)));
    }
    case "true":
    case "false":
      return readLiteral(program, node, table.kind(node) === "true");
    case "none":
      return readLiteral(program, node, null);
    case "unary_operator":
      return readUnary(program, node);
    case "list":
    case "tuple":
    case "set":
    case "expression_list":
      return readItems(program, node);
    case "dictionary":
      return readDictionary(program, node);
    case "identifier":
    case "attribute":
      return readName(program, node);
    case "call":
      return readCall(program, node);
    case "subscript":
      return readSubscript(program, node);
    case "comparison_operator":
      return readComparison(program, node);
    case "binary_operator": {
      const read = readParts(program, node);
      recordConditions(program, node, read.flow);
      return read;
    }
    case "lambda":
    case "list_comprehension":
    case "set_comprehension":
    case "generator_expression":
    case "dictionary_comprehension":
      return readComprehension(program, node);
    default:
      return readParts(program, node);
  }
}

function readLiteral(program: Program, node: NodeIndex, literal: Value["literal"]): Traced {
  const value = program.bare(node);
  if (literal !== undefined) value.literal = literal;
  return { value, flow: NO_FLOW };
}

function readParts(program: Program, node: NodeIndex): Traced {
  let flow = NO_FLOW;
  for (const child of program.table.children(node)) flow = join(flow, program.visit(child));
  return { value: program.bare(node, program.readsOf(node)), flow };
}

function readString(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const parts = table.kind(node) === "concatenated_string" ? table.children(node) : [node];
  let flow = NO_FLOW;
  let literal: string | undefined = "";
  for (const part of parts) {
    const value = stringValue(table.slice(part));
    literal = value === undefined || literal === undefined ? undefined : literal + value;
    const end = table.after(part);
    for (let child = part + 1; child < end; child = table.after(child))
      if (table.kind(child) === "interpolation") flow = join(flow, program.visit(child));
  }
  if (literal === undefined) {
    program.formatted.push(table.range(node));
    return { value: program.bare(node, program.readsOf(node)), flow };
  }
  const value = program.bare(node);
  value.literal = literal;
  program.strings.push({ value: literal, range: value.range });
  return { value, flow };
}

function readUnary(program: Program, node: NodeIndex): Traced {
  const operand = program.evaluate(program.table.lastChild(node));
  const value = program.bare(node, operand.value.reads);
  const { literal } = operand.value;
  if (typeof literal === "number" && value.text.startsWith("-")) value.literal = -literal;
  return { value, flow: operand.flow };
}

function readItems(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const children = table.children(node);
  if (children.length > MAX_ITEMS) return { value: program.bare(node), flow: NO_FLOW };
  const value = program.bare(node, program.readsOf(node));
  const items: Value[] = [];
  let flow = NO_FLOW;
  for (const child of children) {
    const item = program.evaluate(child);
    items.push(item.value);
    flow = join(flow, item.flow);
  }
  value.items = items;
  return { value, flow };
}

function readDictionary(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const entries: NonNullable<Value["entries"]> = [];
  let flow = NO_FLOW;
  const children = table.children(node);
  if (children.length > MAX_ITEMS) return { value: program.bare(node), flow };
  for (const child of children) {
    if (table.kind(child) !== "pair") {
      flow = join(flow, program.visit(child));
      continue;
    }
    const key = program.evaluate(table.child(child, 0));
    const value = program.evaluate(table.lastChild(child));
    flow = join(flow, value.flow);
    entries.push({ key: key.value, value: value.value });
  }
  const value = program.bare(node, program.readsOf(node));
  value.entries = entries;
  return { value, flow };
}

/** Comprehensions and lambdas: their own names are bound first, then the parts are read. */
function readComprehension(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const children = table.children(node);
  let flow = NO_FLOW;
  let listsColumns = false;
  for (const child of children) {
    if (table.kind(child) !== "for_in_clause") continue;
    const source = program.evaluate(table.lastChild(child));
    listsColumns ||= /(?:^|[._])(?:col(?:umn)?s?|cols|features?|attributes|names|fields)$/i.test(
      source.value.name ?? source.value.call?.args[0]?.name ?? "",
    );
    flow = join(flow, source.flow);
    bindElement(program, table.child(child, 0), source);
  }
  for (const child of children) {
    if (table.kind(child) === "for_in_clause" || table.kind(child) === "lambda_parameters") continue;
    const part = program.visit(child);
    const isCondition = table.kind(child) === "if_clause";
    flow = join(
      flow,
      isCondition && (listsColumns || leavesOut(table.slice(child))) ? { ...part, mask: [] } : part,
    );
  }
  return { value: program.bare(node, program.readsOf(node)), flow };
}

/** The names of what is run through: one, or one for each part of `enumerate(rows)` and `zip(rows, labels)`. */
function bindElement(program: Program, target: NodeIndex, source: Traced): void {
  const { table } = program;
  if (table.kind(target) !== "pattern_list" && table.kind(target) !== "tuple_pattern") {
    program.scope.bind(table.slice(target), elementOf(program, source));
    return;
  }
  const { call } = source.value;
  const args = (call !== undefined && program.argumentsOf.get(call)) || [];
  table.children(target).forEach((part, index) => {
    const from = args[call?.callee === "enumerate" ? index - 1 : index];
    program.scope.bind(table.slice(part), elementOf(program, from ?? source));
  });
}

/** What is left out is no group: `[name for name in columns if name != target]`. */
function leavesOut(condition: string): boolean {
  return /!=|\bnot in\b/.test(condition);
}

/** What a loop's target is bound to: the first element where elements are listed, else something of the same flow. */
export function elementOf(program: Program, source: Traced): Traced {
  const first = source.value.items?.[0] ?? source.value.entries?.[0]?.key;
  const { value, flow } = source;
  const element: Value = { reads: value.reads, text: value.text, range: value.range };
  if (first?.call !== undefined) element.call = first.call;
  if (first?.qualified !== undefined) element.qualified = first.qualified;
  if (first?.items !== undefined) element.items = first.items;
  const strings = (value.items ?? [])
    .map((item) => item.literal)
    .filter((literal) => typeof literal === "string");
  const columns =
    strings.length > 0 ? strings : flow.columns.length > 0 ? flow.columns : columnNamesOf(program, value);
  return { value: element, flow: { ...flow, columns } };
}

/** Stands for columns that cannot be listed: the name of the list that holds them. */
function columnNamesOf(_program: Program, value: Value): readonly string[] {
  return value.name === undefined ? [] : [value.name];
}
