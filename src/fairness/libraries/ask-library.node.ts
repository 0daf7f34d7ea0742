/** Asks a library, in the user's interpreter, for its numbers of a table. */

import type { BinaryTable } from "../table/scored-table.ts";
import { compareWithLibrary, type LibraryComparison } from "./compare.ts";
import { LIBRARIES } from "./index.ts";
import type { Interpreter } from "./interpreter.node.ts";
import { type LibraryAnswer, type LibraryName, libraryAnswer } from "./library-answer.ts";
import { libraryRequest } from "./library-request.ts";
import { runPython } from "./run-python.node.ts";

/** A table and how it is looked at. */
export interface LibraryQuestion {
  table: BinaryTable;
  groupings: readonly (readonly string[])[];
  /** Value of the reference group per sensitive column. */
  reference: Readonly<Record<string, string>>;
}

/**
 * One comparison per question, from one process. A library that cannot be used gives comparisons without numbers that say
 * why; rejects only when `signal` aborts.
 */
export async function askLibrary(
  library: LibraryName,
  questions: readonly LibraryQuestion[],
  interpreter: Interpreter,
  signal?: AbortSignal,
): Promise<LibraryComparison[]> {
  const answer = await runPython({
    interpreter: interpreter.command,
    script: "library_audit.py",
    args: [library],
    requests: questions.map(libraryRequest),
    ...(signal && { signal }),
  });
  return questions.map(({ table, reference }, index) => {
    const parsed = libraryAnswer.safeParse(answer.values[index]);
    const given = parsed.success ? parsed.data : without(library, interpreter, answer);
    return compareWithLibrary(library, given, table, reference);
  });
}

/** An answer in place of the one that did not come. */
function without(
  library: LibraryName,
  { command, source }: Interpreter,
  { startFailure, exitCode, complaint }: Awaited<ReturnType<typeof runPython>>,
): LibraryAnswer {
  const executable = command.join(" ");
  const last = complaint.trimEnd().split("\n").at(-1) ?? "";
  const message = startFailure
    ? `the Python from ${source} cannot be started: ${startFailure}`
    : `${LIBRARIES[library].title}'s adapter gave no answer (exit code ${exitCode ?? "none"})${last ? `: ${last}` : ""}`;
  return {
    schema: "fairwatt.library/1",
    adapter: { library, version: null, python: "unknown", executable, dependencies: {} },
    status: "unavailable",
    reason: { code: startFailure ? "no_interpreter" : "no_answer", module: null, message, install: null },
    results: [],
    warnings: [],
    timing_ms: 0,
  };
}
