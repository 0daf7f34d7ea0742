/** A notebook runs whole, in a process of its own, through what is installed beside the interpreter. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import type { Interpreter } from "./interpreter/resolve.ts";

/** Says on one line which of these modules the interpreter can import. It imports none of them. */
const PROBE =
  "import importlib.util as u; print(' '.join(m for m in ('nbclient','nbconvert','ipykernel','jupyter_core') if u.find_spec(m)))";

export type NotebookCommand = { argv: string[] } | { missing: string[] };

/** The command that executes the notebook, or which packages are to be installed for there to be one. */
export async function notebookCommand(interpreter: Interpreter, notebook: string): Promise<NotebookCommand> {
  return commandFor(interpreter, notebook, await importable(interpreter));
}

/**
 * The decision without the process. nbconvert writes the outputs to a copy beside the notebook, `jupyter execute` keeps
 * none; the notebook itself, which may be open, is never written over.
 */
export function commandFor(
  interpreter: Interpreter,
  notebook: string,
  modules: ReadonlySet<string>,
): NotebookCommand {
  const python = [interpreter.path, ...interpreter.args];
  if (!modules.has("ipykernel")) {
    return {
      missing:
        modules.has("nbclient") || modules.has("nbconvert") ? ["ipykernel"] : ["ipykernel", "nbclient"],
    };
  }
  const { name } = path.parse(notebook);
  if (modules.has("nbconvert")) {
    const output = ["--to", "notebook", "--execute", "--output", `${name}.executed.ipynb`];
    return { argv: [...python, "-m", "nbconvert", ...output, notebook] };
  }
  if (modules.has("nbclient") && modules.has("jupyter_core")) {
    return { argv: [...python, "-m", "jupyter", "execute", notebook] };
  }
  return { missing: ["nbclient"] };
}

function importable(interpreter: Interpreter): Promise<Set<string>> {
  return new Promise((resolve, reject) => {
    execFile(
      interpreter.path,
      [...interpreter.args, "-c", PROBE],
      { timeout: 20_000, windowsHide: true },
      (error, stdout) => (error ? reject(error) : resolve(new Set(stdout.trim().split(/\s+/)))),
    );
  });
}
