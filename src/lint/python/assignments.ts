/** Assignments: what names, attributes and columns are bound to. */

import { assignColumn } from "./frames.ts";
import type { Program } from "./program.ts";
import type { Assignment } from "./python-facts.ts";
import { asPopulation, NO_FLOW, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

export function assign(program: Program, node: NodeIndex): void {
  const { table } = program;
  const children = table.children(node);
  const left = children[0] ?? -1;
  const right = children.at(-1) ?? -1;
  if (children.length < 2 || table.kind(right) === "type") {
    if (left >= 0 && table.kind(left) === "identifier")
      recordAssignment(program, node, table.slice(left), undefined, program.bare(node));
    return;
  }
  if (table.kind(right) === "assignment") {
    assign(program, right);
    const inner = table.child(right, 0);
    bindTarget(program, left, program.evaluate(inner), node);
    return;
  }
  bindTarget(program, left, program.evaluate(right), node);
}

/** Binds one target or several to what is assigned; `statement` is where the fact stands. */
export function bindTarget(program: Program, left: NodeIndex, traced: Traced, statement: NodeIndex): void {
  const { table } = program;
  const kind = table.kind(left);
  if (
    kind === "pattern_list" ||
    kind === "tuple_pattern" ||
    kind === "list_pattern" ||
    kind === "tuple" ||
    kind === "list"
  ) {
    const targets = table.children(left);
    const parts = partsOf(program, traced, targets.length);
    targets.forEach((target, index) => {
      bindTarget(program, target, parts?.[index] ?? { value: rest(traced), flow: traced.flow }, statement);
    });
    const call = traced.value.call;
    if (call !== undefined) call.targets.push(...targets.map((target) => table.slice(target)));
    return;
  }
  if (kind === "subscript") {
    const column = assignColumn(program, left, traced);
    recordAssignment(program, statement, table.slice(left), column, traced.value);
    return;
  }
  const name = program.dotted(left);
  if (name === undefined) {
    program.visit(left);
    return;
  }
  const call = traced.value.call;
  if (call !== undefined && call.range.end === traced.value.range.end && !call.targets.includes(name))
    call.targets.push(name);
  if (traced.flow.prediction) namePredictions(program, name, traced.value);
  program.scope.bind(name, cleaned(program, name, traced));
  const dot = name.lastIndexOf(".");
  if (dot > 0 && !name.startsWith("self.") && traced.flow.prediction)
    program.scope.enrich(name.slice(0, dot), {
      ...NO_FLOW,
      prediction: true,
      predictionColumns: [name.slice(dot + 1)],
    });
  recordFeatureList(program, traced);
  recordAssignment(program, statement, name, undefined, traced.value);
}

/** `df = df[df["age"] < 90]` cleans the frame: what follows is not a part that is looked at by itself. */
function cleaned(program: Program, name: string, traced: Traced): Traced {
  const { flow, value } = traced;
  if (flow.slice.length === 0 || program.loops.length > 0 || !value.text.startsWith(name)) return traced;
  const next = value.text[name.length];
  if (next !== "[" && next !== ".") return traced;
  const before = program.scope.find(name)?.traced.flow.slice ?? [];
  return before.length === flow.slice.length ? traced : { value, flow: { ...flow, slice: before } };
}

export function augment(program: Program, node: NodeIndex): void {
  const { table } = program;
  const left = table.child(node, 0);
  const added = program.evaluate(table.lastChild(node));
  const name = program.dotted(left);
  if (name === undefined) program.visit(left);
  else program.scope.enrich(name, added.flow);
  recordAssignment(program, node, table.slice(left), undefined, added.value);
}

/** `p = clf.predict(X)`, also `p = clf.predict_proba(X)[:, 1]` and `p = np.argmax(model.predict(X), 1)`. */
function namePredictions(program: Program, name: string, value: Traced["value"]): void {
  const { start, end } = value.range;
  const passes = value.call !== undefined && /^numpy\.|^torch\.|^pandas\.Series$/.test(value.call.callee);
  for (let at = program.predictions.length - 1; at >= 0; at--) {
    const prediction = program.predictions[at]!;
    const { range, call } = prediction;
    if (range.start < start || range.end > end) break;
    if (call.targets.length === 0 && (passes || range.start <= start + 2)) prediction.name = name;
    else if (call.targets[0] !== undefined) prediction.name = call.targets[0];
  }
}

/** `features = ["age", "sex"]` names columns. */
function recordFeatureList(program: Program, traced: Traced): void {
  const { items, call } = traced.value;
  if (items === undefined || call !== undefined || items.length === 0) return;
  if (!items.every((item) => typeof item.literal === "string")) return;
  for (const item of items)
    program.columns.push({
      name: String(item.literal),
      how: "feature",
      range: item.range,
      order: item.range.end,
    });
}

function recordAssignment(
  program: Program,
  statement: NodeIndex,
  target: string,
  column: string | undefined,
  value: Traced["value"],
): void {
  const { table } = program;
  const assignment: Assignment = {
    target,
    value,
    range: table.range(statement),
    order: table.end(statement),
  };
  if (column !== undefined) assignment.column = column;
  if (program.scope.inFunction !== undefined) assignment.inFunction = program.scope.inFunction;
  program.assignments.push(assignment);
}

/** What each target of `a, b = ...` gets; undefined when that is not known one by one. */
function partsOf(program: Program, traced: Traced, count: number): (Traced | undefined)[] | undefined {
  const { call, items } = traced.value;
  const args = call?.method === "train_test_split" ? program.argumentsOf.get(call) : undefined;
  if (args !== undefined) {
    const parts = args.map(({ value, flow }) => ({ value, flow: asPopulation(flow) }));
    return Array.from({ length: count }, (_, index) => parts[Math.floor(index / 2)]);
  }
  if (items !== undefined && items.length === count)
    return items.map((value) => ({
      value,
      flow:
        value.name === undefined ? traced.flow : (program.scope.find(value.name)?.traced.flow ?? traced.flow),
    }));
  return undefined;
}

/** One of several targets: it comes from the same call, but is not its whole result. */
function rest(traced: Traced): Traced["value"] {
  const { reads, text, range } = traced.value;
  return { reads, text, range };
}
