/** The state of one reading: the syntax, what is known of names at this point, and the facts found so far. */

import { ImportTable } from "./imports.ts";
import type {
  Assignment,
  Call,
  ColumnUse,
  GroupOperation,
  PredictionUse,
  PythonFacts,
  Value,
} from "./python-facts.ts";
import { type Flow, join, NO_FLOW, type Scope, type Traced } from "./scope.ts";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

/** A function or method whose body is read when it is first called, or at the end. */
export interface LocalFunction {
  node: NodeIndex;
  name: string;
  defined: Scope;
  decorators: string[];
  self?: Scope;
  state: "unread" | "reading" | "read";
  /** What it returns, once read. */
  returned?: Traced;
}

export class Program {
  readonly imports: PythonFacts["imports"] = [];
  readonly names = new ImportTable();
  readonly calls: Call[] = [];
  readonly assignments: Assignment[] = [];
  readonly columns: ColumnUse[] = [];
  readonly predictions: PredictionUse[] = [];
  readonly groups: GroupOperation[] = [];
  readonly strings: PythonFacts["strings"] = [];
  readonly formatted: PythonFacts["formatted"] = [];
  readonly definitions: PythonFacts["definitions"] = [];
  readonly prose: PythonFacts["prose"] = [];

  /** Functions of this file by name, methods as "Class.method". */
  readonly functions = new Map<string, LocalFunction>();
  /** The same by the node of their definition. */
  readonly declared = new Map<NodeIndex, LocalFunction>();
  /** Calls that were read, by node: every call is read once. */
  readonly read = new Map<NodeIndex, Traced>();
  /** What was given to a call whose targets are bound one by one. */
  readonly argumentsOf = new Map<Call, readonly Traced[]>();
  /** Loops and `with` items around this point. Never changed in place: calls hold them. */
  loops: Call["loops"] = [];
  contexts: string[] = [];
  current: LocalFunction | undefined;
  /** How many functions of the file are being read, one called from the other. */
  callDepth = 0;

  constructor(
    readonly table: SyntaxTable,
    public scope: Scope,
    /** Reads an expression or statement for its facts; answers what flows into it. */
    readonly visit: (node: NodeIndex) => Flow,
    /** Reads an expression and says what is known of it. */
    readonly evaluate: (node: NodeIndex) => Traced,
  ) {}

  /** Visits what stands in a block, a module, an unknown statement, one after the other. */
  visitChildren(node: NodeIndex): Flow {
    const { table } = this;
    let flow = NO_FLOW;
    for (let child = node + 1; child < table.after(node); child = table.after(child))
      flow = join(flow, this.visit(child));
    return flow;
  }

  /** Identifiers read in a subtree; `self.x` as a whole. Names of attributes and keywords do not count. */
  readsOf(node: NodeIndex): string[] {
    const found: string[] = [];
    const { table } = this;
    const { identifier } = table.symbols;
    const end = table.after(node);
    for (let at = node; at < end; at++) {
      if (table.types[at] !== identifier) continue;
      const parent = at === node ? -1 : table.parent(at);
      const parentKind = parent < 0 ? "" : table.kind(parent);
      if (parentKind === "keyword_argument" && parent + 1 === at) continue;
      if (parentKind === "attribute" && parent + 1 !== at) continue;
      const name = table.slice(at);
      const read = name === "self" && parentKind === "attribute" ? table.slice(parent) : name;
      if (!found.includes(read)) found.push(read);
      if (found.length >= 64) break;
    }
    return found;
  }

  /** "a.b.c" for a chain of names, else undefined. */
  dotted(node: NodeIndex): string | undefined {
    const { table } = this;
    const { identifier } = table.symbols;
    if (table.types[node] === identifier) return table.slice(node);
    let parts = "";
    let at = node;
    while (table.kind(at) === "attribute") {
      parts = `.${table.slice(table.lastChild(at))}${parts}`;
      at = at + 1;
    }
    return table.types[at] === identifier ? table.slice(at) + parts : undefined;
  }

  bare(node: NodeIndex, reads: readonly string[] = []): Value {
    return { reads, text: this.table.slice(node), range: this.table.range(node) };
  }
}
