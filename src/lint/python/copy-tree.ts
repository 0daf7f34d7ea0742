/** Copies a tree of tree-sitter into a table, with one walk of its cursor. */

import type { Tree, TreeCursor } from "web-tree-sitter";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

/** Nodes below this depth are cut off: no rule needs them, and recursion over the table stays within the stack. */
const MAX_DEPTH = 400;

/** Adds the statements of a tree whose text begins at `offset`. */
export function copyTree(table: SyntaxTable, tree: Tree, offset: number): void {
  const cursor = tree.walk();
  const root = cursor.nodeTypeId;
  // What could not be parsed at all has no module for its root.
  if (root !== table.symbols.module) copySubtree(table, cursor, root, offset);
  else if (cursor.gotoFirstChild()) {
    do {
      const type = cursor.nodeTypeId;
      if (table.symbols.named[type] === true) copySubtree(table, cursor, type, offset);
    } while (cursor.gotoNextSibling());
  }
  cursor.delete();
}

/**
 * Copies the node under the cursor, of a known type, and all below it; the cursor ends where it began. Each question to
 * the cursor is a call into WebAssembly: none is asked twice.
 */
function copySubtree(table: SyntaxTable, cursor: TreeCursor, first: number, offset: number): void {
  const { named } = table.symbols;
  const open: NodeIndex[] = [];
  for (let type = first; ; type = cursor.nodeTypeId) {
    let descended = false;
    if (named[type] === true) {
      const parent = open.length === 0 ? 0 : open[open.length - 1]!;
      const node = table.push(type, cursor.startIndex + offset, cursor.endIndex + offset, parent);
      if (open.length < MAX_DEPTH && enters(table, node, type) && cursor.gotoFirstChild()) {
        open.push(node);
        descended = true;
      } else if (open.length === 0) return;
    }
    while (!descended && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      table.afters[open.pop()!] = table.size;
      if (open.length === 0) return;
    }
  }
}

/** Only f-strings have children that matter; of other strings the text is enough. */
function enters(table: SyntaxTable, node: NodeIndex, type: number): boolean {
  const { leaf, names } = table.symbols;
  if (leaf[type] === true) return false;
  if (names[type] !== "string") return true;
  for (let at = table.starts[node]!; at < table.starts[node]! + 3; at++) {
    const letter = table.text.charCodeAt(at) | 32;
    if (letter === 102 || letter === 116) return true;
    if (letter < 97 || letter > 122) return false;
  }
  return false;
}
