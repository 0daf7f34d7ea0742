/** A plan of fixes applied to a file as it lies on disk. */

import type { LintResult, SourceText } from "./engine.ts";
import type { TextEdit } from "./finding.ts";
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
    ? plan.edits.map((edit) => withCrLf(edit, source.text))
    : plan.edits;
  // Readers write over what is no Python (magics, a byte order mark), but never move anything.
  return source.text.length === facts.text.length ? applyEdits(source.text, edits) : undefined;
}

/** The edit with the file's line breaks, and at neither end within one of them. */
function withCrLf({ range, newText }: TextEdit, text: string): TextEdit {
  const outside = (at: number) => (text[at] === "\n" && text[at - 1] === "\r" ? at - 1 : at);
  return {
    range: { start: outside(range.start), end: outside(range.end) },
    newText: newText.replace(/\r?\n/g, "\r\n"),
  };
}
