/** The comment that silences a finding, where the file's format wants it. */

import type { Facts } from "./facts.ts";
import type { Finding, TextEdit } from "./finding.ts";
import { LineIndex } from "./line-index.ts";

/** A whole line above the statement: right in every format, also where a line goes on with a backslash. */
export function suppressionEdit(facts: Facts, finding: Finding): TextEdit | undefined {
  const mark = commentMark(facts);
  if (mark === undefined) return undefined;
  const lines = LineIndex.of(facts.text);
  let line = lines.lineOf(finding.range.start);
  while (line > 0 && /\\\s*$/.test(lines.text(line - 1))) line--;
  const start = lines.startOf(line);
  const indent = /^[ \t]*/.exec(lines.text(line))?.[0] ?? "";
  const end = facts.text.includes("\r\n") ? "\r\n" : "\n";
  return {
    range: { start, end: start },
    newText: `${indent}${mark} fairwatt: ignore[${finding.rule}] ${end}`,
  };
}

function commentMark(facts: Facts): string | undefined {
  if (facts.kind === "python" || facts.format !== "json") return "#";
  return /\.(?:jsonc|json5)$/i.test(facts.file) ? "//" : undefined;
}
