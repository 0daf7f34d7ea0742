/** The Python reader: text in, facts out. Error tolerant; re-reads an edited document from its old tree. */

import { Language, Parser, type Tree } from "web-tree-sitter";
import { pythonServing } from "../config/systems/python-serving.ts";
import { buildFacts } from "./facts-builder.ts";
import type { PythonFacts } from "./python-facts.ts";
import { type SegmentCache, type Symbols, symbolsOf, tableOf } from "./syntax-table.ts";

/** A program to read. Cells and prose come from the notebook reader; without them the text is one cell. */
export interface PythonSource {
  /** With forward slashes, relative to the project's folder where there is one. */
  path: string;
  text: string;
  cells?: PythonFacts["cells"];
  prose?: PythonFacts["prose"];
  isNotebook?: boolean;
}

/** One document that is read again and again while it is edited. */
export interface PythonDocument {
  /** Facts of the document's text now. Finds by itself what changed since the last read. */
  read(source: PythonSource): PythonFacts;
  /** Frees the tree. */
  dispose(): void;
}

export interface PythonReader {
  /** Facts of a file that is read once. */
  read(source: PythonSource): PythonFacts;
  open(): PythonDocument;
}

/** The two WebAssembly files: tree-sitter's runtime and the Python grammar. */
export interface GrammarFiles {
  runtime: Uint8Array;
  python: Uint8Array;
}

/** Rejects when the files are not those of a fitting tree-sitter. */
export async function pythonReaderFrom(files: GrammarFiles): Promise<PythonReader> {
  await Parser.init({ wasmBinary: files.runtime });
  const language = await Language.load(files.python);
  const parser = new Parser();
  parser.setLanguage(language);
  const symbols = symbolsOf(language);
  return {
    read(source) {
      const document = new ReadDocument(parser, symbols, false);
      try {
        return document.read(source);
      } finally {
        document.dispose();
      }
    },
    open: () => new ReadDocument(parser, symbols, true),
  };
}

class ReadDocument implements PythonDocument {
  private tree: Tree | undefined;
  private text = "";
  private readonly segments: SegmentCache | undefined;

  constructor(
    private readonly parser: Parser,
    private readonly symbols: Symbols,
    keep: boolean,
  ) {
    this.segments = keep ? new Map() : undefined;
  }

  read(source: PythonSource): PythonFacts {
    const old = this.tree;
    if (old !== undefined) applyEdit(old, this.text, source.text);
    const tree = this.parser.parse(source.text, old);
    old?.delete();
    this.tree = tree ?? undefined;
    this.text = source.text;
    if (tree === null) throw new Error(`could not parse ${source.path}`);
    const table = tableOf(tree, source.text, this.symbols, this.segments);
    const broken = tree.rootNode.hasError;
    const facts = buildFacts(table, source, broken);
    facts.serving = pythonServing(facts);
    return facts;
  }

  dispose(): void {
    this.tree?.delete();
    this.tree = undefined;
    this.segments?.clear();
  }
}

/** Tells the tree of the one region in which two texts differ. */
function applyEdit(tree: Tree, before: string, after: string): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (start === before.length && start === after.length) return;
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  tree.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: positionAt(before, start),
    oldEndPosition: positionAt(before, oldEnd),
    newEndPosition: positionAt(after, newEnd),
  } as Parameters<Tree["edit"]>[0]);
}

function positionAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    row++;
    line = at + 1;
  }
  return { row, column: offset - line };
}
