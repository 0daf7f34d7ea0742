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
  const { table } = program;
  const [left, right] = table.children(node);
  const operator = table.text.slice(table.end(left ?? node), table.start(right ?? node));
  if (operator.includes("&")) recordAnswers(program, node, mask, ranged);
}

/**
 * What the model said of the rows of one group: `men["prediction"]`, `df.loc[df.sex == "F", "score"]`.
 *
 * @param over columns that the rows are chosen by
 * @param ranged those of them that an order is asked of: outliers that are left out make no group
 */
export function recordAnswers(
  { groups, table }: Program,
  node: NodeIndex,
  over: readonly string[],
  ranged: readonly string[],
): void {
  const chosen = over.filter((name) => !ranged.includes(name));
  if (chosen.length > 0)
    groups.push({
      how: "mask",
      over: chosen,
      consumesPrediction: true,
      range: table.range(node),
      order: table.end(node),
    });
}
