/** The readers of all kinds of files, with tree-sitter loaded. */

import { readConfig } from "./config/read-config.ts";
import type { Readers } from "./engine.ts";
import { programOfNotebook } from "./notebook/program.ts";
import { programOfScript } from "./notebook/script-cells.ts";
import { createPythonReader } from "./python/grammar.node.ts";
import { mentionsMachineLearning } from "./python/prefilter.ts";
import type { PythonDocument, PythonReader } from "./python/reader.ts";
import type { DocumentReaders } from "./worker-service.node.ts";

/** Rejects when the grammar's files are missing. */
export async function createReaders(): Promise<DocumentReaders> {
  const python = await createPythonReader();
  return {
    ...readersOf(python),
    open() {
      const document = python.open();
      return { ...readersOf(document), dispose: () => document.dispose() };
    },
  };
}

/** Python that names no machine learning is not parsed: it has no facts that a rule asks for. */
function readersOf(python: Pick<PythonReader | PythonDocument, "read">): Readers {
  return {
    python: ({ path, text }) =>
      mentionsMachineLearning(text) ? python.read(programOfScript(path, text)) : undefined,
    notebook({ path, text }) {
      const program = programOfNotebook(path, text);
      return program && mentionsMachineLearning(program.text) ? python.read(program) : undefined;
    },
    config: readConfig,
  };
}
