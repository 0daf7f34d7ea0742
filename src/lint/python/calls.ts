/** Calls: who is called, with what, and what their result is. */

import { flowOfResult } from "./call-flow.ts";
import { enter } from "./definitions.ts";
import { classOfResult, isPredictingMethod, lastPart } from "./names.ts";
import type { LocalFunction, Program } from "./program.ts";
import type { Call, Value } from "./python-facts.ts";
import { NO_FLOW, type Traced } from "./scope.ts";
import type { NodeIndex } from "./syntax-table.ts";

interface Callee {
  callee: string;
  method: string;
  receiver?: Traced;
  local?: LocalFunction;
}

export function readCall(program: Program, node: NodeIndex): Traced {
  const known = program.read.get(node);
  if (known !== undefined) return known;
  const { table } = program;
  const functionNode = table.child(node, 0);
  const { callee, method, receiver, local } = readCallee(program, functionNode);
  const { args, keywords, hasUnknownArguments } = readArguments(program, table.lastChild(node), node);
  const call: Call = {
    callee,
    method,
    args: args.map((arg) => arg.value),
    keywords: valuesOf(keywords),
    hasUnknownArguments,
    range: table.range(node),
    calleeRange: table.range(functionNode),
    targets: [],
    order: table.end(node),
    loops: program.loops,
    contexts: program.contexts,
    decorators: program.scope.decorators,
  };
  if (receiver !== undefined) call.receiver = receiver.value;
  if (program.scope.inFunction !== undefined) call.inFunction = program.scope.inFunction;
  program.calls.push(call);
  if (HAS_PARTS.has(callee) || method === "train_test_split") program.argumentsOf.set(call, args);
  if (local !== undefined) enter(program, local, args, keywords);
  const flow = flowOfResult(program, { call, node, receiver, args, keywords, local });
  const value = program.bare(node, program.readsOf(node));
  value.call = call;
  if (local?.returned !== undefined) throughReturn(value, local.returned.value);
  const entries = dictCall(call);
  if (entries !== undefined) value.entries = entries;
  if (isPrediction(program, call))
    program.predictions.push({
      name: call.targets[0] ?? table.slice(functionNode),
      range: call.range,
      order: call.order,
      call,
    });
  const traced = { value, flow };
  program.read.set(node, traced);
  return traced;
}

/** Calls whose results are taken apart again. */
const HAS_PARTS = new Set(["zip", "enumerate"]);

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

function valuesOf(keywords: ReadonlyMap<string, Traced>): ReadonlyMap<string, Value> {
  if (keywords.size === 0) return NONE;
  const values = new Map<string, Value>();
  for (const [name, traced] of keywords) values.set(name, traced.value);
  return values;
}

/** `build_model()` stands for the model that the function returns. */
function throughReturn(value: Value, returned: Value): void {
  if (returned.call !== undefined) value.call = returned.call;
  if (returned.items !== undefined) value.items = returned.items;
  if (returned.entries !== undefined) value.entries = returned.entries;
}

/** True for a call that gives model output. */
function isPrediction(program: Program, call: Call): boolean {
  return isPredictingMethod(call.method) || isModelCall(program, call);
}

/** `model(x)`: a name that holds a module or model is called. */
export function isModelCall(program: Program, call: Call): boolean {
  if (call.method === "forward" && call.receiver !== undefined && call.receiver.name !== "self") return true;
  if (call.method !== "__call__") return false;
  if (/^(?:self\.)?(?:model|net|network|classifier|clf)$/.test(call.receiver?.name ?? "")) return true;
  const owner = call.callee.slice(0, -".__call__".length);
  if (/^(?:transformers\.(?:Auto)?\w*Model\w*|torchvision\.models\.)/.test(owner)) return true;
  return program.definitions.some(
    (definition) =>
      definition.name === owner && definition.bases.some((base) => /(?:Module|Model)$/.test(base)),
  );
}

function readCallee(program: Program, node: NodeIndex): Callee {
  const { table } = program;
  if (table.kind(node) === "attribute") return readMethod(program, node);
  if (table.kind(node) === "identifier") return readPlainCallee(program, table.slice(node), node);
  const called = program.evaluate(node);
  const owner = classOf(called.value) ?? "?";
  return { callee: `${owner}.__call__`, method: "__call__", receiver: called };
}

function readMethod(program: Program, node: NodeIndex): Callee {
  const { table } = program;
  const method = table.slice(table.lastChild(node));
  const dotted = program.dotted(node);
  const root = dotted?.slice(0, dotted.indexOf("."));
  if (
    dotted !== undefined &&
    root !== undefined &&
    program.scope.find(root) === undefined &&
    root !== "self"
  ) {
    const resolved = program.names.has(root) ? program.names.resolve(dotted) : undefined;
    if (resolved !== undefined)
      return { callee: resolved, method, receiver: program.evaluate(table.child(node, 0)) };
  }
  if (root === "self" && dotted === `self.${method}`) {
    const held = program.scope.find(dotted);
    if (held !== undefined)
      return {
        callee: `${classOf(held.traced.value) ?? "?"}.__call__`,
        method: "__call__",
        receiver: program.evaluate(node),
      };
    const owner = program.scope.self?.inFunction;
    const local = owner === undefined ? undefined : program.functions.get(`${owner}.${method}`);
    return {
      callee: owner === undefined ? `?.${method}` : `${owner}.${method}`,
      method,
      ...(local ? { local } : {}),
    };
  }
  const receiver = program.evaluate(table.child(node, 0));
  const owner = classOf(receiver.value);
  const local = owner === undefined ? undefined : program.functions.get(`${owner}.${method}`);
  return { callee: `${owner ?? "?"}.${method}`, method, receiver, ...(local ? { local } : {}) };
}

function readPlainCallee(program: Program, name: string, node: NodeIndex): Callee {
  const local = program.functions.get(name);
  const binding = program.scope.find(name);
  if (binding !== undefined) {
    const { value } = binding.traced;
    if (value.call === undefined && value.qualified !== undefined)
      return { callee: value.qualified, method: lastPart(value.qualified) };
    if (local === undefined || value.call !== undefined)
      return {
        callee: `${classOf(value) ?? "?"}.__call__`,
        method: "__call__",
        receiver: program.evaluate(node),
      };
  }
  if (local !== undefined) return { callee: name, method: name, local };
  const callee = program.names.resolve(name) ?? name;
  return { callee, method: lastPart(callee) };
}

/** The class of what a value is: of the call that made it, or the class or module that it names. */
function classOf(value: Value): string | undefined {
  if (value.call !== undefined) return classOfResult(value.call.callee, value.call.method);
  return value.qualified;
}

interface Arguments {
  args: Traced[];
  keywords: ReadonlyMap<string, Traced>;
  hasUnknownArguments: boolean;
}

function readArguments(program: Program, node: NodeIndex, call: NodeIndex): Arguments {
  const { table } = program;
  const args: Traced[] = [];
  if (table.kind(node) === "generator_expression")
    return { args: [program.evaluate(node)], keywords: NONE, hasUnknownArguments: false };
  if (node === call + 1) return { args, keywords: NONE, hasUnknownArguments: false };
  let keywords: Map<string, Traced> | undefined;
  let hasUnknownArguments = false;
  const end = table.after(node);
  for (let child = node + 1; child < end; child = table.after(child)) {
    switch (table.kind(child)) {
      case "comment":
        break;
      case "keyword_argument":
        keywords ??= new Map();
        keywords.set(table.slice(table.child(child, 0)), program.evaluate(table.lastChild(child)));
        break;
      case "dictionary_splat":
        keywords ??= new Map();
        if (!spread(program.evaluate(table.lastChild(child)), keywords)) hasUnknownArguments = true;
        break;
      case "list_splat":
        hasUnknownArguments = true;
        program.visit(table.lastChild(child));
        break;
      default:
        args.push(program.evaluate(child));
    }
  }
  return { args, keywords: keywords ?? NONE, hasUnknownArguments };
}

/** `**params` with a dict that is listed: its entries are keywords. False when its keys are not all known. */
function spread(traced: Traced, keywords: Map<string, Traced>): boolean {
  const { entries } = traced.value;
  if (entries === undefined) return false;
  for (const { key, value } of entries) {
    if (typeof key.literal !== "string") return false;
    if (!keywords.has(key.literal)) keywords.set(key.literal, { value, flow: NO_FLOW });
  }
  return true;
}

/** `dict(max_model_len=8192)` is a dict display in other words. */
function dictCall({ callee, args, keywords, hasUnknownArguments }: Call): Value["entries"] {
  if (callee !== "dict" || args.length > 0 || hasUnknownArguments) return undefined;
  return [...keywords].map(([name, value]) => ({
    key: { literal: name, reads: [], text: name, range: value.range },
    value,
  }));
}
