/** Calls that group: by which columns, and whether they look at model output. */

import { chosenBehind, stringsOf } from "./frames.ts";
import { isPredictingMethod, isPredictionName } from "./names.ts";
import type { LocalFunction, Program } from "./program.ts";
import type { Call, GroupOperation, Value } from "./python-facts.ts";
import { type Flow, type Traced, union } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

/** A call with what flows into it. */
export interface ReadCall {
  call: Call;
  node: NodeIndex;
  receiver: Traced | undefined;
  args: Traced[];
  keywords: ReadonlyMap<string, Traced>;
  local: LocalFunction | undefined;
}

/** Methods that group, with what they are. */
export const GROUPING: Readonly<Record<string, GroupOperation["how"]>> = {
  groupby: "groupby",
  groupBy: "groupby",
  group_by: "groupby",
  crosstab: "crosstab",
  pivot_table: "pivot",
  pivot: "pivot",
};

/** A prediction or score on rows of one group. */
export function recordSlice(program: Program, call: Call, over: readonly string[]): void {
  program.groups.push({
    how: "mask",
    over: [...over],
    consumesPrediction: true,
    range: call.range,
    order: call.order,
  });
}

/** Records a group operation; what flows on is cut by its columns. */
export function groupOperation(
  program: Program,
  read: ReadCall,
  how: GroupOperation["how"],
  flow: Flow,
): Flow {
  const { call, args, keywords } = read;
  const keys = [
    ...(how === "groupby" || how === "crosstab" ? args.slice(0, how === "crosstab" ? 2 : 1) : []),
    ...(call.method === "pivot_table" ? args.slice(firstKey(call), firstKey(call) + 2) : []),
    ...["by", "index", "columns", "level"].flatMap((name) => keywords.get(name) ?? []),
  ];
  const over = new Set<string>();
  for (const key of keys) {
    const named = stringsOf(key.value);
    for (const name of named.length > 0 ? named : key.flow.columns) over.add(name);
    if (named.length === 0 && key.flow.columns.length === 0)
      for (const name of key.value.reads) over.add(name);
  }
  program.groups.push({
    how,
    over: [...over],
    consumesPrediction: consumes(program, read, flow),
    range: call.range,
    order: call.order,
  });
  return { ...flow, slice: union(flow.slice, [...over]), columns: [] };
}

/** `pd.pivot_table(table, values, index, columns)`; of the table itself, one less. */
const firstKey = ({ callee }: Call): number => (callee === "pandas.pivot_table" ? 2 : 1);

const NOTHING: Value = { reads: [], text: "", range: { start: 0, end: 0 } };

/**
 * Does the whole chain that starts at a group operation (`df.groupby("sex")["pred"].mean()`) look at model output? A
 * frame that holds predictions does not suffice where the chain goes on with another column.
 */
function consumes(program: Program, read: ReadCall, flow: Flow): boolean {
  const { chain, chosen } = chosenBehind(program, read.node);
  const values = read.call.method === "pivot_table" ? read.args[firstKey(read.call) - 1]?.value : undefined;
  const measured = stringsOf(read.keywords.get("values")?.value ?? values ?? NOTHING);
  const names = [...((chosen ?? chain).match(/[A-Za-z_]\w*/g) ?? []), ...measured];
  if (
    names.some(
      (name) =>
        isPredictionName(name) ||
        isPredictingMethod(name) ||
        flow.predictionColumns.includes(name) ||
        holdsPrediction(program, name),
    )
  )
    return true;
  if (chosen !== undefined && flow.predictionColumns.length > 0) return false;
  return flow.prediction;
}

function holdsPrediction(program: Program, name: string): boolean {
  return program.scope.find(name)?.traced.flow.prediction === true;
}

/** Rows side by side with what the model says of them: `zip(X_test["sex"], y_test, y_pred)`. */
export function pairRows(program: Program, { call, args }: ReadCall): void {
  if (args.length < 2 || args.length > MOST_PAIRED) return;
  const saysModel = ({ flow, value }: Traced) => flow.prediction || isPredictionName(value.name ?? "");
  const over = args.flatMap((arg) =>
    saysModel(arg) || arg.flow.columns.length !== 1 ? [] : arg.flow.columns,
  );
  if (over.length === 0 || !args.some(saysModel)) return;
  program.groups.push({ how: "loop", over, consumesPrediction: true, range: call.range, order: call.order });
}

const MOST_PAIRED = 4;
