/** Frames: columns that are named, rows that are chosen, and what predictions were put into them. */

import { recordAnswers } from "./conditions.ts";
import { isPredictionName } from "./names.ts";
import type { Program } from "./program.ts";
import type { ColumnUse, Value } from "./python-facts.ts";
import { type Flow, join, NO_FLOW, type Traced, union } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

/** Strings of a value: itself, its elements, or those of a list it names. */
export function stringsOf(value: Value): string[] {
  if (typeof value.literal === "string") return [value.literal];
  return (value.items ?? []).flatMap((item) => (typeof item.literal === "string" ? [item.literal] : []));
}

/** Records strings of a value as columns, where they stand; answers their names. */
export function recordColumns(
  program: Program,
  value: Value,
  how: ColumnUse["how"],
  frame?: string,
): string[] {
  const record = (part: Value) => {
    if (typeof part.literal !== "string") return [];
    const inside = part.range.start >= value.range.start && part.range.end <= value.range.end;
    const range = inside ? part.range : value.range;
    const column: ColumnUse = { name: part.literal, how, range, order: range.end };
    if (frame !== undefined) column.frame = frame;
    program.columns.push(column);
    return [part.literal];
  };
  return typeof value.literal === "string" ? record(value) : (value.items ?? []).flatMap(record);
}

/** `object[key]`: a column, several columns, the rows of a mask, or an element. */
export function readSubscript(program: Program, node: NodeIndex): Traced {
  const { table } = program;
  const [objectNode, ...keyNodes] = table.children(node);
  const object = program.evaluate(objectNode ?? node);
  const frame = object.value.name?.replace(/\.(?:loc|iloc|at)$/, "");
  let { flow } = object;
  let columns: readonly string[] = [];
  const element = elementAt(object.value, keyNodes[0] === undefined ? undefined : table.slice(keyNodes[0]));
  for (const keyNode of keyNodes) {
    const key = program.evaluate(keyNode);
    const isIndexer = /\.i(?:loc|at|x)$/.test(object.value.name ?? "");
    if (key.flow.mask.length > 0 && /\.index$/.test(object.value.name ?? "")) {
      // Which rows they are, by their labels: `men = X_test.index[X_test["sex"] == "M"]`.
      flow = { ...flow, mask: union(flow.mask, key.flow.mask) };
    } else if (key.flow.mask.length > 0) {
      flow = {
        ...join(flow, { ...NO_FLOW, prediction: key.flow.prediction, ranged: key.flow.ranged }),
        slice: union(flow.slice, key.flow.mask),
      };
      recordMask(program, node, key.flow.mask, flow);
    } else if (!isIndexer && table.kind(keyNode) !== "slice") {
      const named = recordColumns(program, key.value, "read", frame);
      columns = union(columns, named.length > 0 ? named : key.flow.columns);
    }
  }
  if (columns.length > 0) {
    const prediction = columns.some(
      (name) => flow.predictionColumns.includes(name) || isPredictionName(name),
    );
    if (prediction) recordAnswers(program, node, flow.slice, flow.ranged);
    const onlyOthers = flow.predictionColumns.length > 0 && !prediction;
    flow = { ...flow, columns, prediction: onlyOthers ? false : flow.prediction || prediction, mask: [] };
  }
  const value = program.bare(node, program.readsOf(node));
  return { value: element === undefined ? value : { ...value, ...element }, flow };
}

/** Rows that a condition chooses: of predictions, where no other column is chosen of them. */
export function recordMask(program: Program, node: NodeIndex, over: readonly string[], flow: Flow): void {
  program.groups.push({
    how: "mask",
    over: [...over],
    consumesPrediction: flow.prediction && !choosesOther(program, node, flow),
    range: program.table.range(node),
    order: program.table.end(node),
  });
}

/** The column that the chain behind a part of a frame goes on with: `["income"]`, `.income.mean()`; with the chain's text. */
export function chosenBehind(program: Program, node: NodeIndex): { chain: string; chosen?: string } {
  const { table } = program;
  let end = node;
  for (;;) {
    const parent = table.parent(end);
    const kind = parent < 0 ? "" : table.kind(parent);
    const continues =
      kind === "attribute" || ((kind === "call" || kind === "subscript") && parent + 1 === end);
    if (!continues) break;
    end = parent;
  }
  const chain = table.text.slice(table.end(node), table.end(end));
  const chosen =
    /^\s*\[\s*\[?\s*((?:["'][^"'\]]+["']\s*,?\s*)+)\]/.exec(chain)?.[1] ??
    /^\s*\.\s*([A-Za-z_]\w*)\s*\./.exec(chain)?.[1];
  return chosen === undefined ? { chain } : { chain, chosen };
}

/** A frame holds predictions, and the chain goes on with columns that hold none. */
function choosesOther(program: Program, node: NodeIndex, { predictionColumns }: Flow): boolean {
  if (predictionColumns.length === 0) return false;
  const names = chosenBehind(program, node).chosen?.match(/[A-Za-z_]\w*/g) ?? [];
  return (
    names.length > 0 &&
    !names.some(
      (name) =>
        isPredictionName(name) ||
        predictionColumns.includes(name) ||
        program.scope.find(name)?.traced.flow.prediction === true,
    )
  );
}

/** Of a listed dict or list, the element that a literal key names. */
function elementAt(object: Value, key: string | undefined): Partial<Value> | undefined {
  if (key === undefined || (object.items ?? object.entries) === undefined) return undefined;
  const position = /^\d+$/.test(key) ? Number(key) : undefined;
  const found =
    position === undefined
      ? object.entries?.find((entry) => entry.key.text === key)?.value
      : object.items?.[position];
  if (found === undefined) return undefined;
  const { reads: _reads, text: _text, range: _range, name: _name, ...known } = found;
  return known;
}

/** `frame["column"] = value`: the column is assigned; a prediction in it makes the frame hold one. */
export function assignColumn(program: Program, target: NodeIndex, value: Traced): string | undefined {
  const { table } = program;
  const frameNode = table.child(target, 0);
  const key = program.evaluate(table.lastChild(target));
  program.visit(frameNode);
  const frame = program.dotted(frameNode)?.replace(/\.(?:loc|iloc|at|iat)$/, "");
  const names = recordColumns(program, key.value, "assign", frame);
  if (frame !== undefined && value.flow.prediction && !isFilled(program, target, names))
    program.scope.enrich(frame, { ...NO_FLOW, prediction: true, predictionColumns: names });
  return names[0];
}

/** `df.loc[missing.index, "bmi"] = model.predict(missing)`: gaps of a column that is there are filled, nothing is decided. */
function isFilled({ table, columns }: Program, target: NodeIndex, names: readonly string[]): boolean {
  return (
    names.length > 0 &&
    /\.loc\s*\[[^:\s]/.test(table.slice(target)) &&
    names.every(
      (name) =>
        !isPredictionName(name) && columns.some((each) => each.name === name && each.how !== "assign"),
    )
  );
}
