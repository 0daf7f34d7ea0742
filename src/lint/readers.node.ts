/** The readers of all kinds of files, with tree-sitter loaded. */

import { readConfig } from "./config/read-config.ts";
import type { Readers } from "./engine.ts";
import { factsOfNotebook, factsOfScript } from "./notebook/read-facts.ts";
import { createPythonReader } from "./python/grammar.node.ts";
import type { PythonReader } from "./python/reader.ts";
import type { DocumentReaders } from "./worker-service.node.ts";

/** Rejects when the grammar's files are missing. */
export async function createReaders(): Promise<DocumentReaders> {
  const python = await createPythonReader();
  return {
    ...readersOf(python),
    open: () => readersOf(python.open()),
  };
}

function readersOf(python: Pick<PythonReader, "read">): Readers {
  return {
    python: ({ path, text }) => factsOfScript(python, path, text),
    notebook: ({ path, text }) => factsOfNotebook(python, path, text),
    config: readConfig,
  };
}
