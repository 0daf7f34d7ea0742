/** Conditions on columns: which columns they look at, and whether they hold of what a model said of one group. */

import type { Program } from "./program.ts";
import type { Value } from "./python-facts.ts";
import { type Flow, join, NO_FLOW, type Traced, union } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

/** A comparison is a mask over the columns it looks at. */
export function readComparison(program: Program, node: NodeIndex): Traced {
  let flow: Flow = NO_FLOW;
  let over: readonly string[] = [];
  for (const child of program.table.children(node)) {
    const operand = program.evaluate(child);
    flow = join(flow, operand.flow);
    const named = operand.flow.columns.length > 0 ? operand.flow.columns : sensitiveName(operand.value);
    over = union(over, named);
  }
  const value = program.bare(node, program.readsOf(node));
  const ranged = comparesOrder(program, node) ? union(flow.ranged, over) : flow.ranged;
  return { value, flow: { ...flow, mask: union(flow.mask, over), ranged, columns: [] } };
}

function comparesOrder({ table }: Program, node: NodeIndex): boolean {
  const [left, right] = table.children(node);
  return (
    left !== undefined &&
    right !== undefined &&
    /[<>]/.test(table.text.slice(table.end(left), table.start(right)))
  );
}

/** An array kept aside under its column's name: `sex_test == 1`, `A_test == group`. */
function sensitiveName(value: Value): readonly string[] {
  const name = value.name;
  return name === undefined || value.qualified !== undefined || typeof value.literal === "string"
    ? []
    : [name];
}

/** `is_male & (pred == 1)`: what holds at once of a group and of what the model said of it is counted for that group. */
export function recordConditions(
  program: Program,
  node: NodeIndex,
  { mask, ranged, prediction }: Flow,
): void {
  if (!prediction || mask.length === 0) return;
  const { table, groups } = program;
  const [left, right] = table.children(node);
  const operator = table.text.slice(table.end(left ?? node), table.start(right ?? node));
  const over = mask.filter((name) => !ranged.includes(name));
  if (operator.includes("&") && over.length > 0)
    groups.push({
      how: "mask",
      over,
      consumesPrediction: true,
      range: table.range(node),
      order: table.end(node),
    });
}
