/** The Python reader: text in, facts out. Error tolerant; of an edited document only what changed is parsed. */

import { Language, Parser } from "web-tree-sitter";
import { serverEvidence } from "../config/systems/python-server.ts";
import { pythonServing } from "../config/systems/python-serving.ts";
import { chunkStarts } from "./chunks.ts";
import { buildFacts } from "./facts-builder.ts";
import { type Symbols, symbolsOf } from "./grammar-symbols.ts";
import { parseInto } from "./parse-chunk.ts";
import type { PythonFacts } from "./python-facts.ts";
import { type Segment, SyntaxTable } from "./syntax-table.ts";

/** A program to read. Cells and prose come from the notebook reader; without them the text is one cell. */
export interface PythonSource {
  /** With forward slashes, relative to the project's folder where there is one. */
  path: string;
  text: string;
  cells?: PythonFacts["cells"];
  prose?: PythonFacts["prose"];
  isNotebook?: boolean;
  written?: PythonFacts["written"];
  shown?: PythonFacts["shown"];
}

export interface PythonReader {
  /** Facts of a file that is read once. */
  read(source: PythonSource): PythonFacts;
  /** For one document that is read again and again while it is edited: keeps the syntax of its last text. */
  open(): Pick<PythonReader, "read">;
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
    read: (source) => factsOf(tableOf(source.text, parser, symbols), source),
    open() {
      const chunks: Chunks = new Map();
      return { read: (source) => factsOf(tableOf(source.text, parser, symbols, chunks), source) };
    },
  };
}

function factsOf(table: SyntaxTable, source: PythonSource): PythonFacts {
  const facts = buildFacts(table, source);
  const what = serverEvidence(facts);
  if (what !== undefined) facts.server = { what };
  facts.serving = pythonServing(facts);
  return facts;
}

/** Syntax of a document's chunks by their text. */
type Chunks = Map<string, Segment>;

/** @param known the chunks of the document's last text; becomes those of this one */
function tableOf(text: string, parser: Parser, symbols: Symbols, known?: Chunks): SyntaxTable {
  const table = new SyntaxTable(text, symbols);
  const kept: Chunks = new Map();
  const starts = chunkStarts(text);
  for (const [index, start] of starts.entries()) {
    const chunk = text.slice(start, starts[index + 1]);
    const segment = known?.get(chunk) ?? kept.get(chunk);
    if (segment === undefined) {
      const first = table.size;
      const broken = parseInto(table, parser, chunk, start);
      if (known !== undefined) kept.set(chunk, table.cut(first, start, broken));
    } else {
      table.append(segment, start);
      kept.set(chunk, segment);
    }
  }
  if (known !== undefined) {
    known.clear();
    for (const [chunk, segment] of kept) known.set(chunk, segment);
  }
  return table.finish();
}
