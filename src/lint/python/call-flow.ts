/** What flows out of a call. */

import { recordCallColumns } from "./call-columns.ts";
import { recordMask } from "./frames.ts";
import { GROUPING, groupOperation, pairRows, type ReadCall, recordSlice } from "./group-operations.ts";
import { classOfResult, isPredictingMethod, isScoringMethod } from "./names.ts";
import type { Program } from "./program.ts";
import type { Call } from "./python-facts.ts";
import { asPopulation, type Flow, join, NO_FLOW, union } from "./scope.ts";

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
/** Those of them that compare by order. */
const ORDERING = new Set(["gt", "lt", "ge", "le", "between"]);
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
/** Methods of a grouped frame whose result has rows of every group. */
const REJOINING = new Set(["apply", "sample", "transform", "head", "tail", "nth", "filter"]);
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
  if (call.callee === "zip") pairRows(program, read);
  if (ADDING.has(call.method) && receiver?.value.name !== undefined)
    program.scope.enrich(receiver.value.name, flow);
  if (call.method === "query" && typeof call.args[0]?.literal === "string") {
    const names = call.args[0].literal.match(/[A-Za-z_]\w*/g) ?? [];
    recordMask(program, read.node, names, flow);
    return queried(flow, call.args[0].literal, names);
  }
  // A part of an index is as good as a column: `y.index.get_level_values("sex") == 1`.
  if (call.method === "get_level_values" && typeof call.args[0]?.literal === "string")
    return { ...flow, columns: [call.args[0].literal] };
  if (MASKING.has(call.method) && outer.columns.length > 0) {
    const ranged = ORDERING.has(call.method) ? union(flow.ranged, outer.columns) : flow.ranged;
    return { ...flow, mask: union(flow.mask, outer.columns), ranged };
  }
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
  // Parts that are put together again are no part.
  if (call.callee === "pandas.concat" && (call.args[0]?.items?.length ?? 0) > 1)
    return { ...flow, mask: [], columns: [], slice: [] };
  // Nor are the rows of each group: `df.groupby("sex").sample(100)`.
  if (REJOINING.has(call.method) && receiver?.value.call?.method === "groupby") return { ...flow, slice: [] };
  const makesFrame =
    classOfResult(call.callee, call.method) === "pandas.DataFrame" && !COLUMN_METHODS.has(call.method);
  if (call.method === "train_test_split" || splitsRows(read))
    return { ...asPopulation(flow), mask: [], columns: [] };
  return makesFrame ? { ...flow, mask: [], columns: [] } : flow;
}

/** `df.query("age < 100")`: the part that a condition chooses. */
function queried(flow: Flow, condition: string, names: readonly string[]): Flow {
  const ranged = /[<>]/.test(condition) && !condition.includes("==") ? names : [];
  return { ...flow, slice: union(flow.slice, names), ranged: union(flow.ranged, ranged) };
}

/** `KFold(5).split(X, y)`, `X.iterrows()`: rows of everybody. `df["name"].str.split(" ")` is a column still. */
function splitsRows({ call, receiver, args }: ReadCall): boolean {
  if (call.method === "iterrows" || call.method === "itertuples") return true;
  return call.method === "split" && args.length > 0 && (receiver?.flow.columns.length ?? 0) === 0;
}

function modelIsCalled(call: Call): boolean {
  return (
    call.method === "__call__" &&
    /(?:^|\.)(?:model|net|network|classifier|clf)$/.test(call.receiver?.name ?? "")
  );
}
