/** Statements of a program in order of execution, from its syntax to its facts. */

import { elementOf, evaluateExpression } from "./expressions.ts";
import { assignColumn } from "./frames.ts";
import { functionOf, nameCounts, parametersOf } from "./functions.ts";
import { readImport } from "./imports.ts";
import { stringValue } from "./literals.ts";
import { type LocalFunction, Program } from "./program.ts";
import type { PythonFacts } from "./python-facts.ts";
import type { PythonSource } from "./reader.ts";
import { type Flow, join, NO_FLOW, Scope, type Traced } from "./scope.ts";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

/** Calls into functions of the file deeper than this are not followed. */
const MAX_CALL_DEPTH = 24;

export class FactsBuilder {
  private readonly program: Program;
  private readonly prose: PythonFacts["prose"];
  private callDepth = 0;

  constructor(
    private readonly table: SyntaxTable,
    private readonly source: PythonSource,
    private readonly broken: boolean,
  ) {
    this.prose = [...(source.prose ?? [])];
    this.program = new Program(
      table,
      new Scope(undefined, undefined, nameCounts(table, 0)),
      (node) => this.visit(node),
      (node) => evaluateExpression(this.program, node),
      (called, args, keywords) => this.enter(called, args, keywords),
    );
  }

  build(): PythonFacts {
    const { program, table, source } = this;
    this.declare(0, program.scope, undefined);
    this.visitChildren(0);
    for (const called of program.functions.values())
      if (called.state === "unread") this.enter(called, [], new Map());
    const byOrder = <T extends { order: number }>(list: T[]) => list.sort((a, b) => a.order - b.order);
    return {
      kind: "python",
      file: source.path,
      text: source.text,
      isTest: isTestFile(source.path),
      comments: commentsOf(table),
      cells: source.cells ?? [{ index: 0, range: { start: 0, end: source.text.length } }],
      isNotebook: source.isNotebook ?? source.cells !== undefined,
      prose: this.prose,
      imports: program.imports,
      calls: byOrder(program.calls),
      assignments: byOrder(program.assignments),
      columns: byOrder(program.columns),
      predictions: byOrder(program.predictions),
      groups: byOrder(program.groups),
      strings: program.strings.sort((a, b) => a.range.start - b.range.start),
      definitions: program.definitions,
      serving: [],
      broken: this.broken,
    };
  }

  /** Functions and classes are known before the code that calls them is read. */
  private declare(node: NodeIndex, scope: Scope, owner: { name: string; self: Scope } | undefined): void {
    const { table, program } = this;
    for (let child = node + 1; child < table.after(node); child = table.after(child)) {
      const kind = table.kind(child);
      const definition = kind === "decorated_definition" ? table.lastChild(child) : child;
      const definedKind = kind === "decorated_definition" ? table.kind(definition) : kind;
      if (definedKind === "function_definition") {
        const called = functionOf(program, definition, scope, owner);
        program.functions.set(owner === undefined ? called.name : `${owner.name}.${called.name}`, called);
        if (owner === undefined || !called.name.startsWith("__")) this.declareInner(definition, scope);
      } else if (definedKind === "class_definition") {
        const name = table.slice(table.child(definition, 0));
        const self = new Scope(scope, name, new Map());
        this.declare(table.lastChild(definition), scope, { name, self });
      } else if (!LEAF_STATEMENTS.has(kind)) this.declare(child, scope, owner);
    }
  }

  private declareInner(definition: NodeIndex, scope: Scope): void {
    const body = this.table.lastChild(definition);
    if (this.table.kind(body) === "block") this.declare(body, scope, undefined);
  }

  private visitChildren(node: NodeIndex): Flow {
    const { table } = this;
    let flow = NO_FLOW;
    for (let child = node + 1; child < table.after(node); child = table.after(child))
      flow = join(flow, this.visit(child));
    return flow;
  }

  private visit(node: NodeIndex): Flow {
    const { table, program } = this;
    switch (table.kind(node)) {
      case "comment":
        return NO_FLOW;
      case "import_statement":
      case "import_from_statement":
      case "future_import_statement":
        for (const entry of readImport(table, node)) {
          program.imports.push(entry);
          program.names.add(entry);
        }
        return NO_FLOW;
      case "expression_statement":
        return this.visitExpressionStatement(node);
      case "assignment":
        this.assign(node);
        return NO_FLOW;
      case "augmented_assignment":
        this.augment(node);
        return NO_FLOW;
      case "for_statement":
        return this.visitFor(node);
      case "with_statement":
        return this.visitWith(node);
      case "function_definition":
        this.define(node, "function", []);
        return NO_FLOW;
      case "class_definition":
        this.define(node, "class", []);
        return NO_FLOW;
      case "decorated_definition":
        return this.visitDecorated(node);
      case "return_statement":
        return this.visitReturn(node);
      case "module":
      case "block":
      case "if_statement":
      case "elif_clause":
      case "else_clause":
      case "while_statement":
      case "try_statement":
      case "except_clause":
      case "finally_clause":
      case "match_statement":
      case "case_clause":
      case "ERROR":
        return this.visitChildren(node);
      default:
        return evaluateExpression(program, node).flow;
    }
  }

  private visitExpressionStatement(node: NodeIndex): Flow {
    const { table } = this;
    const only = table.child(node, 0);
    if (table.kind(only) === "string" && this.isDocstring(node)) {
      const text = stringValue(table.slice(only));
      if (text !== undefined) this.prose.push({ text, range: table.range(only) });
      return NO_FLOW;
    }
    return this.visitChildren(node);
  }

  private isDocstring(node: NodeIndex): boolean {
    const parent = this.table.parent(node);
    return this.table.kind(parent) === "module" || this.table.child(parent, 0) === node;
  }

  private assign(node: NodeIndex): void {
    const { table, program } = this;
    const children = table.children(node);
    const left = children[0] ?? -1;
    const right = children.at(-1) ?? -1;
    if (children.length < 2 || table.kind(right) === "type") {
      if (left >= 0 && table.kind(left) === "identifier")
        this.recordAssignment(node, table.slice(left), undefined, program.bare(node));
      return;
    }
    if (table.kind(right) === "assignment") {
      this.assign(right);
      const inner = table.child(right, 0);
      this.bindTarget(left, program.evaluate(inner), node);
      return;
    }
    this.bindTarget(left, program.evaluate(right), node);
  }

  private bindTarget(left: NodeIndex, traced: Traced, statement: NodeIndex): void {
    const { table, program } = this;
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
        this.bindTarget(target, parts?.[index] ?? { value: rest(traced), flow: traced.flow }, statement);
      });
      const call = traced.value.call;
      if (call !== undefined) call.targets.push(...targets.map((target) => table.slice(target)));
      return;
    }
    if (kind === "subscript") {
      const column = assignColumn(program, left, traced);
      this.recordAssignment(statement, table.slice(left), column, traced.value);
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
    if (traced.flow.prediction) this.namePredictions(name, traced.value);
    program.scope.bind(name, traced);
    const dot = name.lastIndexOf(".");
    if (dot > 0 && !name.startsWith("self.") && traced.flow.prediction)
      program.scope.enrich(name.slice(0, dot), {
        ...NO_FLOW,
        prediction: true,
        predictionColumns: [name.slice(dot + 1)],
      });
    this.recordFeatureList(traced);
    this.recordAssignment(statement, name, undefined, traced.value);
  }

  /** `p = clf.predict(X)`, also `p = clf.predict_proba(X)[:, 1]` and `p = np.argmax(model.predict(X), 1)`. */
  private namePredictions(name: string, value: Traced["value"]): void {
    const { start, end } = value.range;
    const passes = value.call !== undefined && /^numpy\.|^torch\.|^pandas\.Series$/.test(value.call.callee);
    for (let at = this.program.predictions.length - 1; at >= 0; at--) {
      const prediction = this.program.predictions[at]!;
      const { range, call } = prediction;
      if (range.start < start || range.end > end) break;
      if (call.targets.length === 0 && (passes || range.start <= start + 2)) prediction.name = name;
      else if (call.targets[0] !== undefined) prediction.name = call.targets[0];
    }
  }

  /** `features = ["age", "sex"]` names columns. */
  private recordFeatureList(traced: Traced): void {
    const { items, call } = traced.value;
    if (items === undefined || call !== undefined || items.length === 0) return;
    if (!items.every((item) => typeof item.literal === "string")) return;
    for (const item of items)
      this.program.columns.push({
        name: String(item.literal),
        how: "feature",
        range: item.range,
        order: item.range.end,
      });
  }

  private recordAssignment(
    statement: NodeIndex,
    target: string,
    column: string | undefined,
    value: Traced["value"],
  ): void {
    const { table, program } = this;
    program.assignments.push({
      target,
      ...(column === undefined ? {} : { column }),
      value,
      range: table.range(statement),
      order: table.end(statement),
      ...(program.scope.inFunction === undefined ? {} : { inFunction: program.scope.inFunction }),
    });
  }

  private augment(node: NodeIndex): void {
    const { table, program } = this;
    const left = table.child(node, 0);
    const added = program.evaluate(table.lastChild(node));
    const name = program.dotted(left);
    if (name === undefined) program.visit(left);
    else program.scope.enrich(name, added.flow);
    this.recordAssignment(node, table.slice(left), undefined, added.value);
  }

  private visitFor(node: NodeIndex): Flow {
    const { table, program } = this;
    const [target, iterable] = table.children(node);
    if (target === undefined || iterable === undefined) return this.visitChildren(node);
    const over = program.evaluate(iterable);
    const element = elementOf(program, over);
    this.bindTarget(target, element, node);
    program.assignments.pop();
    program.loops.push({ over: over.value, target: table.slice(target), range: table.range(node) });
    let flow = NO_FLOW;
    for (const child of table.children(node).slice(2)) flow = join(flow, this.visit(child));
    program.loops.pop();
    if (over.flow.columns.length > 0 || over.flow.slice.length > 0) {
      const groups = [...new Set([...over.flow.columns, ...over.flow.slice])];
      const consumesPrediction = program.predictions.some(
        (use) => use.range.start >= table.start(node) && use.range.end <= table.end(node),
      );
      program.groups.push({
        how: "loop",
        over: groups,
        consumesPrediction,
        range: table.range(node),
        order: table.end(node),
      });
    }
    return flow;
  }

  private visitWith(node: NodeIndex): Flow {
    const { table, program } = this;
    const depth = program.contexts.length;
    let flow = NO_FLOW;
    for (const child of table.children(node)) {
      if (table.kind(child) !== "with_clause") {
        flow = join(flow, this.visit(child));
        continue;
      }
      for (const item of table.children(child)) {
        const held = table.child(item, 0);
        const named = table.kind(held) === "as_pattern";
        const traced = program.evaluate(named ? table.child(held, 0) : held);
        const { call, qualified, name } = traced.value;
        program.contexts.push(call?.callee ?? qualified ?? name ?? traced.value.text);
        if (named) this.bindTarget(table.child(table.lastChild(held), 0), traced, item);
      }
    }
    program.contexts.length = depth;
    return flow;
  }

  private visitDecorated(node: NodeIndex): Flow {
    const { table, program } = this;
    const decorators: string[] = [];
    for (const child of table.children(node)) {
      if (table.kind(child) !== "decorator") continue;
      const { call, qualified, name, text } = program.evaluate(table.child(child, 0)).value;
      decorators.push(call?.callee ?? qualified ?? name ?? text);
    }
    const definition = table.lastChild(node);
    this.define(definition, table.kind(definition) === "class_definition" ? "class" : "function", decorators);
    return NO_FLOW;
  }

  private define(node: NodeIndex, kind: "function" | "class", decorators: string[]): void {
    const { table, program } = this;
    const name = table.slice(table.child(node, 0));
    const superclasses = kind === "class" ? table.childOfKind(node, "argument_list") : -1;
    const bases =
      superclasses < 0
        ? []
        : table.children(superclasses).flatMap((base) => {
            const dotted = program.dotted(base);
            return dotted === undefined ? [] : [program.names.resolve(dotted) ?? dotted];
          });
    program.definitions.push({ name, kind, bases, range: table.range(node), decorators });
    if (kind === "class") {
      const outer = program.scope;
      program.scope = new Scope(outer, outer.inFunction, new Map());
      this.visitChildren(table.lastChild(node));
      program.scope = outer;
      return;
    }
    for (const called of program.functions.values())
      if (called.node === node) called.decorators.push(...decorators);
  }

  private visitReturn(node: NodeIndex): Flow {
    const { program, table } = this;
    const returned = table.child(node, 0);
    if (returned < 0) return NO_FLOW;
    const traced = program.evaluate(returned);
    const { current } = program;
    if (current !== undefined)
      current.returned = { value: traced.value, flow: join(current.returned?.flow ?? NO_FLOW, traced.flow) };
    return traced.flow;
  }

  /** Reads a function's body once: at its first call, with that call's arguments as its parameters. */
  private enter(called: LocalFunction, args: Traced[], keywords: ReadonlyMap<string, Traced>): void {
    if (called.state !== "unread" || this.callDepth >= MAX_CALL_DEPTH) return;
    called.state = "reading";
    const { program, table } = this;
    const outer = {
      scope: program.scope,
      current: program.current,
      loops: program.loops.splice(0),
      contexts: program.contexts.splice(0),
    };
    const name = called.self === undefined ? called.name : `${called.self.inFunction}.${called.name}`;
    program.scope = new Scope(
      called.defined,
      name,
      nameCounts(table, called.node),
      called.decorators,
      called.self,
    );
    program.current = called;
    this.callDepth++;
    for (const [parameter, bound] of parametersOf(program, called, args, keywords))
      program.scope.bind(parameter, bound);
    const body = table.lastChild(called.node);
    if (table.kind(body) === "block") this.visitChildren(body);
    this.callDepth--;
    program.scope = outer.scope;
    program.current = outer.current;
    program.loops.push(...outer.loops);
    program.contexts.push(...outer.contexts);
    called.state = "read";
  }
}

const LEAF_STATEMENTS = new Set([
  "expression_statement",
  "import_statement",
  "import_from_statement",
  "return_statement",
  "comment",
]);

/** What each target of `a, b = ...` gets; undefined when that is not known one by one. */
function partsOf(program: Program, traced: Traced, count: number): (Traced | undefined)[] | undefined {
  const { call, items } = traced.value;
  const args = call === undefined ? undefined : program.argumentsOf.get(call);
  if (args !== undefined) return Array.from({ length: count }, (_, index) => args[Math.floor(index / 2)]);
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

function commentsOf(table: SyntaxTable): PythonFacts["comments"] {
  const found: PythonFacts["comments"] = [];
  for (let node = 0; node < table.size; node++)
    if (table.kind(node) === "comment") found.push({ text: table.slice(node), range: table.range(node) });
  return found;
}

/** Tests by pytest's and unittest's names and folders, and vendored code. */
export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|testing|site-packages|node_modules|vendor|third_party)\//i.test(path) ||
    /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.(?:py|ipynb)$/i.test(path)
  );
}
