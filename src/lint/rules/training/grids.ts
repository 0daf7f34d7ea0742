/** Exhaustive searches whose number of fits is written in the file. */

import { literalOf } from "../../config/systems/python-values.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";

export interface Grid {
  call: Call;
  combinations: number;
  folds: number;
  /** Class of the estimator, where it is known. */
  estimator?: string;
}

/** scikit-learn's own default, since version 0.22. */
const DEFAULT_FOLDS = 5;

export function grids(facts: PythonFacts): Grid[] {
  return facts.calls.flatMap((call) => {
    if (
      !/^sklearn\.(?:model_selection|grid_search)\.(?:_search\.)?GridSearchCV$/.test(call.callee) ||
      call.hasUnknownArguments
    )
      return [];
    const grid = call.args[1] ?? call.keywords.get("param_grid");
    const combinations = grid && combinationsOf(grid);
    const folds = foldsOf(call.keywords.get("cv"));
    if (combinations === undefined || folds === undefined || isChanged(facts, grid!)) return [];
    const estimator = estimatorOf(call.args[0] ?? call.keywords.get("estimator"));
    return [{ call, combinations, folds, ...(estimator !== undefined && { estimator }) }];
  });
}

/** Searches over the seed itself: how many seeds, and where they are written. */
export function seedGrids(facts: PythonFacts): { call: Call; seeds: number; key: Value }[] {
  return facts.calls.flatMap((call) => {
    if (!/^sklearn\.model_selection\.\w*SearchCV$/.test(call.callee)) return [];
    const grid = call.args[1] ?? call.keywords.get("param_grid") ?? call.keywords.get("param_distributions");
    return (grid?.entries ?? []).flatMap(({ key, value }) => {
      const seeds = /^(?:\w+__)?random_state$/.test(String(key.literal)) ? lengthOf(value) : undefined;
      return seeds === undefined ? [] : [{ call, seeds, key }];
    });
  });
}

/** A grid that is given entries after its display is not known by it. */
function isChanged(facts: PythonFacts, grid: Value): boolean {
  const { name } = grid;
  return (
    name !== undefined &&
    (facts.assignments.some(({ target }) => target.startsWith(`${name}[`)) ||
      facts.calls.some(
        ({ method, receiver }) =>
          /^(?:update|pop|append|setdefault)$/.test(method) && receiver?.name === name,
      ))
  );
}

/** Product of the lengths of its lists; the sum over several grids. Undefined unless all are written. */
function combinationsOf(grid: Value): number | undefined {
  if (grid.items !== undefined) {
    const each = grid.items.map(combinationsOf);
    return each.every((count) => count !== undefined)
      ? each.reduce<number>((sum, count) => sum + count!, 0)
      : undefined;
  }
  if (grid.entries === undefined) return undefined;
  let product = 1;
  for (const { value } of grid.entries) {
    const length = lengthOf(value);
    if (length === undefined) return undefined;
    product *= length;
  }
  return product;
}

function lengthOf(value: Value): number | undefined {
  if (value.items !== undefined) return value.items.length;
  const { call } = value;
  if (call === undefined) return undefined;
  if (/^(?:list|tuple|sorted)$/.test(call.callee)) return call.args[0] && lengthOf(call.args[0]);
  const numbers = call.args.map(literalOf);
  if (/^numpy\.(?:linspace|logspace|geomspace)$/.test(call.callee)) {
    const given = numbers[2] ?? literalOf(call.keywords.get("num"));
    // NumPy's own default.
    if (given === undefined && call.args.length <= 2 && !call.keywords.has("num")) return 50;
    return typeof given === "number" ? given : undefined;
  }
  if (!/^(?:range|numpy\.arange)$/.test(call.callee) || numbers.length === 0) return undefined;
  if (!numbers.every((each) => typeof each === "number")) return undefined;
  const [first, second, step = 1] = numbers as number[];
  const length = second === undefined ? first! : (second - first!) / step;
  return Math.max(0, Math.ceil(length - 1e-9));
}

function foldsOf(cv: Value | undefined): number | undefined {
  if (cv === undefined || cv.literal === null) return DEFAULT_FOLDS;
  const literal = literalOf(cv);
  if (typeof literal === "number") return literal;
  const { call } = cv;
  if (
    call === undefined ||
    !/(?:KFold|ShuffleSplit|TimeSeriesSplit)$/.test(call.method) ||
    call.hasUnknownArguments
  )
    return undefined;
  const splits = literalOf(call.keywords.get("n_splits") ?? call.args[0]);
  const repeats = /^Repeated/.test(call.method)
    ? literalOf(call.keywords.get("n_repeats") ?? call.args[1])
    : 1;
  return typeof splits === "number" && typeof repeats === "number" ? splits * repeats : undefined;
}

/** Class of the estimator, of the last step for a pipeline. */
function estimatorOf(value: Value | undefined): string | undefined {
  const call = value?.call;
  if (call === undefined) return undefined;
  if (!/Pipeline$|make_pipeline$/.test(call.callee)) return call.callee;
  const steps =
    call.method === "make_pipeline" ? call.args : (call.args[0] ?? call.keywords.get("steps"))?.items;
  const last = steps?.at(-1);
  return (last?.call ?? last?.items?.at(-1)?.call)?.callee;
}
