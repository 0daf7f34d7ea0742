/** Parses a few statements into a table. Where they are no program at all, each for itself: only the broken one is lost. */

import type { Parser } from "web-tree-sitter";
import { chunkStarts } from "./chunks.ts";
import { copyTree } from "./copy-tree.ts";
import type { SyntaxTable } from "./syntax-table.ts";

/**
 * Adds the syntax of a chunk whose text begins at `start`.
 *
 * @returns true where the chunk has syntax errors
 */
export function parseInto(table: SyntaxTable, parser: Parser, chunk: string, start: number): boolean {
  const tree = parser.parse(chunk);
  if (tree === null) throw new Error("the Python grammar gave no tree");
  try {
    const { hasError, typeId } = tree.rootNode;
    table.broken ||= hasError;
    // `def broken(:` above `[[[[`: the parser gives up the statements before them as well.
    const starts = typeId === table.symbols.module ? [0] : chunkStarts(chunk, 0);
    if (starts.length === 1) copyTree(table, tree, start);
    else
      for (const [index, from] of starts.entries())
        parseInto(table, parser, chunk.slice(from, starts[index + 1]), start + from);
    return hasError;
  } finally {
    tree.delete();
  }
}
