/** Names and attributes: what they stand for, and which columns they are. */

import { recordAnswers } from "./conditions.ts";
import { isPredictionName } from "./names.ts";
import type { Program } from "./program.ts";
import type { ColumnUse, Value } from "./python-facts.ts";
import { type Flow, NO_FLOW, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

const PREDICTION: Flow = { ...NO_FLOW, prediction: true };

export function readName(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const name = program.dotted(node);
  if (name === undefined) return readAttributeOf(program, node);
  const bare = program.bare(node, program.readsOf(node));
  bare.name = name;
  const binding = program.scope.find(name);
  if (binding !== undefined) {
    const { value, flow } = binding.traced;
    return { value: throughName(bare, value, binding.once), flow };
  }
  const resolved = program.names.resolve(name);
  if (resolved !== undefined) {
    bare.qualified = resolved;
    return { value: bare, flow: NO_FLOW };
  }
  if (table.kind(node) === "attribute") return readAttributeOf(program, node);
  return { value: bare, flow: isPredictionName(name) ? PREDICTION : NO_FLOW };
}

/** What a name stands for: the call it was made by and its class always, a literal only when nothing rebinds it. */
function throughName(value: Value, bound: Value, once: boolean): Value {
  if (bound.call !== undefined) value.call = bound.call;
  if (bound.qualified !== undefined) value.qualified = bound.qualified;
  if (!once) return value;
  if (bound.literal !== undefined) value.literal = bound.literal;
  if (bound.items !== undefined) value.items = bound.items;
  if (bound.entries !== undefined) value.entries = bound.entries;
  return value;
}

/** `expression.attribute`: a column of a frame where the object is no module, class or self. */
function readAttributeOf(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const object = program.evaluate(table.child(node, 0));
  const attribute = table.slice(table.lastChild(node));
  const name = program.dotted(node);
  const value = program.bare(node, object.value.reads);
  if (name !== undefined) value.name = name;
  const { value: owner, flow } = object;
  if (owner.qualified !== undefined && owner.call === undefined) {
    value.qualified = `${owner.qualified}.${attribute}`;
    return { value, flow };
  }
  const isCallee = table.kind(table.parent(node)) === "call" && table.parent(node) + 1 === node;
  if (isCallee || PASSING.has(attribute)) return { value, flow };
  if (owner.name === "self" && isPredictionName(attribute))
    return { value, flow: { ...flow, columns: [], prediction: true } };
  if (owner.name === "self" || SETTINGS.test(owner.name ?? "") || owner.call?.method === "parse_args")
    return { value, flow: { ...flow, columns: [] } };
  const column: ColumnUse = {
    name: attribute,
    how: "read",
    range: table.range(table.lastChild(node)),
    order: table.end(node),
  };
  if (owner.name !== undefined) column.frame = owner.name;
  program.columns.push(column);
  const prediction = flow.predictionColumns.includes(attribute) || isPredictionName(attribute);
  if (prediction) recordAnswers(program, node, flow.slice, flow.ranged);
  return { value, flow: { ...flow, prediction: flow.prediction || prediction, columns: [attribute] } };
}

/** Objects whose attributes are settings, not columns. */
const SETTINGS =
  /^(?:self\.)?(?:args?|opts?|options|cfg|conf|config|settings|FLAGS|hparams|params|request|parser|logger|mo|st)$/;

/** Attributes that are the same data in another form. */
const PASSING = new Set([
  "values",
  "T",
  "loc",
  "iloc",
  "at",
  "iat",
  "ix",
  "index",
  "str",
  "dt",
  "cat",
  "data",
  "logits",
  "columns",
  "shape",
]);
