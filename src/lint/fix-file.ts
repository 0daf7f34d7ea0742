/** A plan of fixes applied to a file as it lies on disk. */

import type { LintResult, SourceText } from "./engine.ts";
import { applyEdits, type FixPlan } from "./fix.ts";
import { editNotebook } from "./notebook/edit-notebook.ts";

/** The file's new text; undefined when it is not the one that was linted, so that nothing is written. */
export function applyPlan(source: SourceText, result: LintResult, plan: FixPlan): string | undefined {
  const { facts, kind } = result;
  if (!facts) return undefined;
  if (kind === "notebook") {
    return facts.kind === "python" ? editNotebook(source.text, facts.cells, plan) : undefined;
  }
  const edits = source.text.includes("\r\n")
    ? plan.edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, "\r\n") }))
    : plan.edits;
  // Readers write over what is no Python (magics, a byte order mark), but never move anything.
  return source.text.length === facts.text.length ? applyEdits(source.text, edits) : undefined;
}
