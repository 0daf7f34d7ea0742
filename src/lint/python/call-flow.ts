/** What flows out of a call, and which group operations and columns it is. */

import { recordColumns, stringsOf } from "./frames.ts";
import { classOfResult, isPredictingMethod, isPredictionName, isScoringMethod } from "./names.ts";
import type { LocalFunction, Program } from "./program.ts";
import type { Call, GroupOperation, Value } from "./python-facts.ts";
import { type Flow, join, NO_FLOW, type Traced, union } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

export interface ReadCall {
  call: Call;
  node: NodeIndex;
  receiver: Traced | undefined;
  args: Traced[];
  keywords: ReadonlyMap<string, Traced>;
  local: LocalFunction | undefined;
}

const MASKING = new Set([
  "isin",
  "eq",
  "ne",
  "gt",
  "lt",
  "ge",
  "le",
  "between",
  "contains",
  "startswith",
  "equals",
]);
const GROUPING: Readonly<Record<string, GroupOperation["how"]>> = {
  groupby: "groupby",
  group_by: "groupby",
  crosstab: "crosstab",
  pivot_table: "pivot",
  pivot: "pivot",
};
/** Methods of a column as much as of a frame: the column stays one. */
const COLUMN_METHODS = new Set([
  "copy",
  "astype",
  "fillna",
  "replace",
  "apply",
  "dropna",
  "clip",
  "sample",
  "head",
  "tail",
  "reset_index",
  "reindex",
]);
const ADDING = new Set(["append", "extend", "add", "update", "insert", "setdefault"]);

export function flowOfResult(program: Program, read: ReadCall): Flow {
  const { call, receiver, args, keywords, local } = read;
  const outer = receiver?.flow ?? NO_FLOW;
  let flow = outer;
  for (const arg of args) flow = join(flow, arg.flow);
  for (const keyword of keywords.values()) flow = join(flow, keyword.flow);
  if (local?.returned !== undefined) flow = join(flow, local.returned.flow);
  recordCallColumns(program, call);
  const grouping = GROUPING[call.method];
  if (grouping !== undefined) return groupOperation(program, read, grouping, flow);
  if (ADDING.has(call.method) && receiver?.value.name !== undefined)
    program.scope.enrich(receiver.value.name, flow);
  if (call.method === "query" && typeof call.args[0]?.literal === "string")
    return { ...flow, slice: union(flow.slice, call.args[0].literal.match(/[A-Za-z_]\w*/g) ?? []) };
  if (MASKING.has(call.method) && outer.columns.length > 0)
    return { ...flow, mask: union(flow.mask, outer.columns) };
  const predicts =
    isPredictingMethod(call.method) || isScoringMethod(call.method) || read.call.method === "forward";
  if (predicts || modelIsCalled(call)) {
    if (flow.slice.length > 0) recordSlice(program, call, flow.slice);
    return { ...NO_FLOW, prediction: true, slice: flow.slice };
  }
  if (call.method === "assign") {
    const columns = [...keywords].filter(([, value]) => value.flow.prediction).map(([name]) => name);
    return { ...flow, predictionColumns: union(flow.predictionColumns, columns) };
  }
  if (call.method === "fit" || call.method === "compile") return NO_FLOW;
  const makesFrame =
    classOfResult(call.callee, call.method) === "pandas.DataFrame" && !COLUMN_METHODS.has(call.method);
  if (makesFrame || call.method === "train_test_split") return { ...flow, mask: [], columns: [] };
  return flow;
}

function modelIsCalled(call: Call): boolean {
  return (
    call.method === "__call__" &&
    /(?:^|\.)(?:model|net|network|classifier|clf)$/.test(call.receiver?.name ?? "")
  );
}

/** A prediction or score on rows of one group. */
function recordSlice(program: Program, call: Call, over: readonly string[]): void {
  program.groups.push({
    how: "mask",
    over: [...over],
    consumesPrediction: true,
    range: call.range,
    order: call.order,
  });
}

function groupOperation(program: Program, read: ReadCall, how: GroupOperation["how"], flow: Flow): Flow {
  const { call, args, keywords } = read;
  const keys = [
    ...(how === "groupby" || how === "crosstab" ? args.slice(0, how === "crosstab" ? 2 : 1) : []),
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

/**
 * Does the whole chain that starts at a group operation (`df.groupby("sex")["pred"].mean()`) look at model output? A
 * frame that holds predictions does not suffice where the chain goes on with another column.
 */
function consumes(program: Program, read: ReadCall, flow: Flow): boolean {
  const { table } = program;
  let end = read.node;
  for (;;) {
    const parent = table.parent(end);
    const kind = parent < 0 ? "" : table.kind(parent);
    const continues =
      kind === "attribute" || ((kind === "call" || kind === "subscript") && parent + 1 === end);
    if (!continues) break;
    end = parent;
  }
  const chain = table.text.slice(table.end(read.node), table.end(end));
  const chosen =
    /^\s*\[\s*\[?\s*((?:["'][^"'\]]+["']\s*,?\s*)+)\]/.exec(chain)?.[1] ??
    /^\s*\.\s*([A-Za-z_]\w*)\s*\./.exec(chain)?.[1];
  const names = (chosen ?? chain).match(/[A-Za-z_]\w*/g) ?? [];
  if (
    names.some(
      (name) =>
        isPredictionName(name) || flow.predictionColumns.includes(name) || holdsPrediction(program, name),
    )
  )
    return true;
  if (chosen !== undefined && flow.predictionColumns.length > 0) return false;
  return flow.prediction;
}

function holdsPrediction(program: Program, name: string): boolean {
  return program.scope.find(name)?.traced.flow.prediction === true;
}

/** Keywords and methods whose strings are columns. */
const COLUMN_KEYWORDS: Readonly<Record<string, "read" | "drop" | "group" | "feature" | "label">> = {
  columns: "read",
  usecols: "read",
  names: "read",
  subset: "read",
  index: "read",
  by: "group",
  hue: "read",
  x: "read",
  on: "read",
  target: "label",
  label: "label",
  label_name: "label",
  target_column: "label",
  protected_attribute_names: "feature",
  sensitive_features: "feature",
};

const PLOTTING =
  /^(?:matplotlib|seaborn|plotly|bokeh)\.|\.(?:plot|hist|scatter|bar|barh|step|fill_between|axvline|axhline|errorbar|imshow|legend)$/;

function recordCallColumns(program: Program, call: Call): void {
  const frame = call.receiver?.name;
  const record = (value: Value | undefined, how: "read" | "drop" | "group" | "feature" | "label") => {
    if (value !== undefined) recordColumns(program, value, how, frame);
  };
  if (call.method === "drop" || call.method === "pop") {
    record(call.args[0], "drop");
    record(call.keywords.get("columns") ?? call.keywords.get("labels"), "drop");
    return;
  }
  if (call.method === "groupby" || call.method === "group_by") record(call.args[0], "group");
  if (call.method === "get" || call.method === "get_dummies") record(call.args[0], "read");
  for (const [name, value] of call.keywords) {
    const how =
      COLUMN_KEYWORDS[name] ?? (/(?:features|_cols|_columns|columns)$/.test(name) ? "feature" : undefined);
    // The label of a line in a figure is no column.
    if (how !== undefined && !(how === "label" && PLOTTING.test(call.callee))) record(value, how);
  }
  for (const arg of call.args) recordNested(program, arg, frame, 0);
}

/** Lists of names that are given to a transformer: ("num", StandardScaler(), ["age", "hours"]). */
function recordNested(program: Program, value: Value, frame: string | undefined, depth: number): void {
  if (depth > 3 || value.items === undefined || value.name !== undefined) return;
  const allStrings = value.items.length > 0 && value.items.every((item) => typeof item.literal === "string");
  if (allStrings) recordColumns(program, value, "feature", frame);
  else for (const item of value.items) recordNested(program, item, frame, depth + 1);
}
