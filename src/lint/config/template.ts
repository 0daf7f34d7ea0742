/** Helm and Jinja templates in YAML: expressions are blanked to equal length, so that the rest parses and ranges hold. */

import type { TextRange } from "../finding.ts";

export interface Blanked {
  text: string;
  /** Where template expressions were. */
  holes: TextRange[];
}

/** `{{ ... }}` and `{% ... %}`: alone on a line they become blanks, within a line a run of underscores (a plain scalar). */
export function blankTemplates(text: string): Blanked {
  if (!text.includes("{{") && !text.includes("{%")) return { text, holes: [] };
  const holes: TextRange[] = [];
  const parts: string[] = [];
  let last = 0;
  for (const match of text.matchAll(/\{\{[^\n]*?\}\}|\{%[^\n]*?%\}/g)) {
    const start = match.index;
    const end = start + match[0].length;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const lineEnd = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
    const rest =
      text.slice(lineStart, start).replace(/\{\{.*?\}\}|\{%.*?%\}/g, "") +
      text.slice(end, lineEnd).replace(/\{\{.*?\}\}|\{%.*?%\}/g, "");
    parts.push(text.slice(last, start), (rest.trim() === "" ? " " : "_").repeat(match[0].length));
    holes.push({ start, end });
    last = end;
  }
  parts.push(text.slice(last));
  return { text: parts.join(""), holes };
}

export function touchesHole(holes: readonly TextRange[], range: TextRange): boolean {
  return holes.some((hole) => hole.start < range.end && hole.end > range.start);
}
