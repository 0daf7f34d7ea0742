/** Copies a tree of tree-sitter into a table, with one walk of its cursor. */

import type { Tree, TreeCursor } from "web-tree-sitter";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

/** Nodes below this depth are cut off: no rule needs them, and recursion over the table stays within the stack. */
const MAX_DEPTH = 400;

/** Adds the statements of a tree whose text begins at `offset`. */
export function copyTree(table: SyntaxTable, tree: Tree, offset: number): void {
  const cursor = tree.walk();
  // What could not be parsed at all has no module for its root.
  if (cursor.nodeTypeId !== table.symbols.module) copySubtree(table, cursor, 0, offset);
  else if (cursor.gotoFirstChild()) {
    do if (table.symbols.named[cursor.nodeTypeId] === true) copySubtree(table, cursor, 0, offset);
    while (cursor.gotoNextSibling());
  }
  cursor.delete();
}

/** Copies the node under the cursor and all below it; the cursor ends where it began. */
function copySubtree(table: SyntaxTable, cursor: TreeCursor, parent: NodeIndex, offset: number): void {
  const { named, leaf, names } = table.symbols;
  const open: NodeIndex[] = [push(table, cursor, parent, offset)];
  if (!enters(table, open[0]!, leaf, names) || !cursor.gotoFirstChild()) return;
  for (;;) {
    const type = cursor.nodeTypeId;
    let descended = false;
    if (named[type] === true) {
      const node = push(table, cursor, open.at(-1)!, offset);
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

function push(table: SyntaxTable, cursor: TreeCursor, parent: NodeIndex, offset: number): NodeIndex {
  return table.push(cursor.nodeTypeId, cursor.startIndex + offset, cursor.endIndex + offset, parent);
}
