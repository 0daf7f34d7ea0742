/** Where the grammar's files lie: `grammars` beside or above a built file, `node_modules` when run from the sources. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type GrammarFiles, type PythonReader, pythonReaderFrom } from "./reader.ts";

const RUNTIME = "web-tree-sitter.wasm";
const PYTHON = "tree-sitter-python.wasm";

/** Reads both files. `folder`: where a build put them; looked for when not said. */
export async function loadGrammarFiles(folder = grammarFolder()): Promise<GrammarFiles> {
  const [runtime, python] = grammarPaths(folder);
  return { runtime: await readFile(runtime), python: await readFile(python) };
}

let shared: Promise<PythonReader> | undefined;

/** The process' one Python reader: loaded at the first call (about 50 ms). */
export function createPythonReader(): Promise<PythonReader> {
  shared ??= loadGrammarFiles().then(pythonReaderFrom);
  return shared;
}

function grammarFolder(): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  return [path.join(here, "grammars"), path.join(here, "../grammars")].find((folder) =>
    existsSync(path.join(folder, PYTHON)),
  );
}

function grammarPaths(folder: string | undefined): [string, string] {
  if (folder !== undefined) return [path.join(folder, RUNTIME), path.join(folder, PYTHON)];
  const require = createRequire(import.meta.url);
  return [
    require.resolve(`web-tree-sitter/${RUNTIME}`),
    path.join(path.dirname(require.resolve("@vscode/tree-sitter-wasm/package.json")), "wasm", PYTHON),
  ];
}
