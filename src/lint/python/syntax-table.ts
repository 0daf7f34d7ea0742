/**
 * A program's syntax as flat arrays. The tree of tree-sitter lives in WebAssembly, where every step costs a call: its named
 * nodes are copied here, in pre-order, and everything after that is plain indexing.
 */

import type { Symbols } from "./grammar-symbols.ts";

/** Index of a node in the table; -1 is none. */
export type NodeIndex = number;

/** The nodes of a few statements, with offsets relative to their start and indices relative to the first. */
export interface Segment {
  types: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  afters: Int32Array;
  /** -1: the module. */
  parents: Int32Array;
  /** Texts of identifiers. */
  names: (string | undefined)[];
  broken: boolean;
}

export class SyntaxTable {
  types: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  /** Index behind the node's last descendant. */
  afters: Int32Array;
  parents: Int32Array;
  /** Texts of identifiers, as far as they are known. */
  private readonly names: (string | undefined)[];
  size = 0;
  /** True when a part of the text has syntax errors. */
  broken = false;

  constructor(
    readonly text: string,
    readonly symbols: Symbols,
  ) {
    // Programs have about one named node per five characters.
    const capacity = Math.ceil(text.length / 4) + 64;
    this.types = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.afters = new Int32Array(capacity);
    this.parents = new Int32Array(capacity);
    this.names = new Array(capacity);
    this.push(symbols.module, 0, text.length, -1);
  }

  push(type: number, start: number, end: number, parent: NodeIndex): NodeIndex {
    const node = this.size;
    this.reserve(1);
    this.types[node] = type;
    this.starts[node] = start;
    this.ends[node] = end;
    this.afters[node] = node + 1;
    this.parents[node] = parent;
    this.size = node + 1;
    return node;
  }

  /** Closes the module behind the last statement. */
  finish(): this {
    this.afters[0] = this.size;
    return this;
  }

  /** Copies what was added since `first` stood for the next node; `start`: where its text begins. */
  cut(first: NodeIndex, start: number, broken: boolean): Segment {
    const shifted = (values: Int32Array, by: number) => {
      const copy = values.slice(first, this.size);
      for (let at = 0; at < copy.length; at++) copy[at]! -= by;
      return copy;
    };
    const parents = shifted(this.parents, first);
    for (let at = 0; at < parents.length; at++) if (parents[at]! < 0) parents[at] = -1;
    const names: Segment["names"] = [];
    for (let node = first; node < this.size; node++)
      names.push(this.types[node] === this.symbols.identifier ? this.slice(node) : undefined);
    return {
      types: this.types.slice(first, this.size),
      starts: shifted(this.starts, start),
      ends: shifted(this.ends, start),
      afters: shifted(this.afters, first),
      parents,
      names,
      broken,
    };
  }

  /** Adds the statements of a segment whose text begins at `start` here. */
  append(segment: Segment, start: number): void {
    const first = this.size;
    const count = segment.types.length;
    this.reserve(count);
    this.types.set(segment.types, first);
    const { starts, ends, afters, parents, names } = this;
    for (let at = 0; at < count; at++) {
      const name = segment.names[at];
      if (name !== undefined) names[first + at] = name;
      starts[first + at] = segment.starts[at]! + start;
      ends[first + at] = segment.ends[at]! + start;
      afters[first + at] = segment.afters[at]! + first;
      const parent = segment.parents[at]!;
      parents[first + at] = parent < 0 ? 0 : parent + first;
    }
    this.size = first + count;
    this.broken ||= segment.broken;
  }

  /** Makes room for so many more nodes. */
  private reserve(count: number): void {
    const wanted = this.size + count;
    if (wanted <= this.types.length) return;
    const capacity = Math.max(wanted, this.types.length * 2);
    const grown = (from: Int32Array) => {
      const to = new Int32Array(capacity);
      to.set(from);
      return to;
    };
    const types = new Uint16Array(capacity);
    types.set(this.types);
    this.types = types;
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    this.afters = grown(this.afters);
    this.parents = grown(this.parents);
  }

  kind(node: NodeIndex): string {
    return node >= 0 && node < this.size ? this.symbols.names[this.types[node]!]! : "";
  }

  start(node: NodeIndex): number {
    return this.starts[node] ?? 0;
  }

  end(node: NodeIndex): number {
    return this.ends[node] ?? 0;
  }

  /** The node's text; identifiers are cut out once. */
  slice(node: NodeIndex): string {
    if (this.types[node] !== this.symbols.identifier)
      return this.text.slice(this.starts[node], this.ends[node]);
    const known = this.names[node];
    if (known !== undefined) return known;
    const name = this.text.slice(this.starts[node], this.ends[node]);
    this.names[node] = name;
    return name;
  }

  range(node: NodeIndex): { start: number; end: number } {
    return { start: this.start(node), end: this.end(node) };
  }

  parent(node: NodeIndex): NodeIndex {
    return node > 0 && node < this.size ? this.parents[node]! : -1;
  }

  after(node: NodeIndex): NodeIndex {
    return node >= 0 && node < this.size ? this.afters[node]! : node + 1;
  }

  /** Named children without comments. */
  children(node: NodeIndex): NodeIndex[] {
    const found: NodeIndex[] = [];
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child))
      if (this.kind(child) !== "comment") found.push(child);
    return found;
  }

  child(node: NodeIndex, position: number): NodeIndex {
    const end = this.after(node);
    let at = 0;
    for (let child = node + 1; child < end; child = this.after(child)) {
      if (this.kind(child) === "comment") continue;
      if (at === position) return child;
      at++;
    }
    return -1;
  }

  lastChild(node: NodeIndex): NodeIndex {
    const end = this.after(node);
    let last = -1;
    for (let child = node + 1; child < end; child = this.after(child))
      if (this.kind(child) !== "comment") last = child;
    return last;
  }

  childOfKind(node: NodeIndex, kind: string): NodeIndex {
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child))
      if (this.kind(child) === kind) return child;
    return -1;
  }
}
