/**
 * A syntax tree as flat arrays: the tree of tree-sitter lives in WebAssembly, where every step costs a call. One walk
 * with its cursor copies the named nodes here, in pre-order; everything after that is plain indexing.
 */

import type { Language, Tree, TreeCursor } from "web-tree-sitter";

/** Index of a node in the table; -1 is none. */
export type NodeIndex = number;

/** Nodes below this depth are cut off: no rule needs them, and recursion over the table stays within the stack. */
const MAX_DEPTH = 400;

const LEAVES = new Set([
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "comment",
  "ellipsis",
  "string_start",
  "string_content",
  "string_end",
  "line_continuation",
  "import_prefix",
  "wildcard_import",
  "pass_statement",
]);

/** What of a grammar's symbols the walk needs, by symbol number. */
export interface Symbols {
  names: readonly string[];
  named: readonly boolean[];
  leaf: readonly boolean[];
}

export function symbolsOf(language: Language): Symbols {
  const names: string[] = [];
  const named: boolean[] = [];
  const leaf: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? "";
    names.push(name);
    named.push(language.nodeTypeIsNamed(id));
    leaf.push(LEAVES.has(name));
  }
  return { names, named, leaf };
}

/** A statement's nodes with offsets relative to its start: kept between reads of one document. */
interface Segment {
  types: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  afters: Int32Array;
  parents: Int32Array;
}

/** Statements of the last read by their text: the same text is the same subtree, so only changed ones are walked. */
export type SegmentCache = Map<string, Segment>;

export class SyntaxTable {
  types: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  /** Index behind the node's last descendant. */
  afters: Int32Array;
  parents: Int32Array;
  size = 0;

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
  }

  /** Makes room for so many more nodes. */
  reserve(count: number): void {
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

  slice(node: NodeIndex): string {
    return this.text.slice(this.starts[node], this.ends[node]);
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
    return this.children(node).at(-1) ?? -1;
  }

  childOfKind(node: NodeIndex, kind: string): NodeIndex {
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child))
      if (this.kind(child) === kind) return child;
    return -1;
  }
}

/** Copies a tree. `cache` holds the statements of the document's last read and is replaced by those of this one. */
export function tableOf(tree: Tree, text: string, symbols: Symbols, cache?: SegmentCache): SyntaxTable {
  const table = new SyntaxTable(text, symbols);
  const cursor = tree.walk();
  const root = push(table, cursor, -1);
  const kept: SegmentCache = new Map();
  if (cursor.gotoFirstChild()) {
    do copyStatement(table, cursor, root, cache, kept);
    while (cursor.gotoNextSibling());
  }
  table.afters[root] = table.size;
  cursor.delete();
  if (cache !== undefined) {
    cache.clear();
    for (const [key, segment] of kept) cache.set(key, segment);
  }
  return table;
}

function push(table: SyntaxTable, cursor: TreeCursor, parent: NodeIndex): NodeIndex {
  const node = table.size;
  table.reserve(1);
  table.types[node] = cursor.nodeTypeId;
  table.starts[node] = cursor.startIndex;
  table.ends[node] = cursor.endIndex;
  table.afters[node] = node + 1;
  table.parents[node] = parent;
  table.size = node + 1;
  return node;
}

function copyStatement(
  table: SyntaxTable,
  cursor: TreeCursor,
  root: NodeIndex,
  cache: SegmentCache | undefined,
  kept: SegmentCache,
): void {
  if (table.symbols.named[cursor.nodeTypeId] !== true) return;
  const start = cursor.startIndex;
  const key = cache === undefined ? "" : `${cursor.nodeTypeId} ${table.text.slice(start, cursor.endIndex)}`;
  const known = cache?.get(key) ?? kept.get(key);
  if (known !== undefined && cache !== undefined) {
    kept.set(key, known);
    append(table, known, start, root);
    return;
  }
  const first = table.size;
  copySubtree(table, cursor, root);
  if (cache !== undefined) kept.set(key, cut(table, first, start));
}

/** Copies the node under the cursor and all below it; the cursor ends where it began. */
function copySubtree(table: SyntaxTable, cursor: TreeCursor, parent: NodeIndex): void {
  const { named, leaf, names } = table.symbols;
  const open: NodeIndex[] = [push(table, cursor, parent)];
  if (!enters(table, open[0]!, leaf, names) || !cursor.gotoFirstChild()) return;
  for (;;) {
    const type = cursor.nodeTypeId;
    let descended = false;
    if (named[type] === true) {
      const node = push(table, cursor, open.at(-1)!);
      if (open.length < MAX_DEPTH && enters(table, node, leaf, names) && cursor.gotoFirstChild()) {
        open.push(node);
        descended = true;
      }
    }
    while (!descended && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      table.afters[open.pop()!] = table.size;
      if (open.length === 0) return;
    }
  }
}

/** Only f-strings have children that matter; of other strings the text is enough. */
function enters(
  table: SyntaxTable,
  node: NodeIndex,
  leaf: readonly boolean[],
  names: readonly string[],
): boolean {
  const type = table.types[node]!;
  if (leaf[type] === true) return false;
  if (names[type] !== "string") return true;
  for (let at = table.starts[node]!; at < table.starts[node]! + 3; at++) {
    const letter = table.text.charCodeAt(at) | 32;
    if (letter === 102 || letter === 116) return true;
    if (letter < 97 || letter > 122) return false;
  }
  return false;
}

function cut(table: SyntaxTable, first: NodeIndex, start: number): Segment {
  const shift = (values: Int32Array, by: number) =>
    values.slice(first, table.size).map((value) => value - by);
  return {
    types: table.types.slice(first, table.size),
    starts: shift(table.starts, start),
    ends: shift(table.ends, start),
    afters: shift(table.afters, first),
    parents: shift(table.parents, first),
  };
}

function append(table: SyntaxTable, segment: Segment, start: number, root: NodeIndex): void {
  const first = table.size;
  const count = segment.types.length;
  table.reserve(count);
  table.types.set(segment.types, first);
  const { starts, ends, afters, parents } = table;
  for (let at = 0; at < count; at++) {
    starts[first + at] = segment.starts[at]! + start;
    ends[first + at] = segment.ends[at]! + start;
    afters[first + at] = segment.afters[at]! + first;
    parents[first + at] = segment.parents[at]! + first;
  }
  parents[first] = root;
  table.size = first + count;
}
