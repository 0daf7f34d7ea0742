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
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const inLine = holesIn(text.slice(start, end), start);
    const blank = inLine.length > 0 && isBlankBeside(text.slice(start, end), inLine, start) ? " " : "_";
    for (const hole of inLine) {
      parts.push(text.slice(last, hole.start), blank.repeat(hole.end - hole.start));
      last = hole.end;
    }
    holes.push(...inLine);
    start = end + 1;
  }
  parts.push(text.slice(last));
  return { text: parts.join(""), holes };
}

/** One pass: an opening without its end in the line is text, and so are the ones after it. */
function holesIn(line: string, offset: number): TextRange[] {
  const holes: TextRange[] = [];
  const open = /\{[{%]/g;
  const hasNoEnd = new Set<string>();
  for (let match = open.exec(line); match; match = open.exec(line)) {
    const [opening] = match;
    const close = hasNoEnd.has(opening) ? -1 : line.indexOf(opening === "{{" ? "}}" : "%}", open.lastIndex);
    if (close < 0) hasNoEnd.add(opening);
    else {
      holes.push({ start: offset + match.index, end: offset + close + 2 });
      open.lastIndex = close + 2;
    }
  }
  return holes;
}

function isBlankBeside(line: string, holes: readonly TextRange[], offset: number): boolean {
  let at = 0;
  for (const { start, end } of holes) {
    if (line.slice(at, start - offset).trim() !== "") return false;
    at = end - offset;
  }
  return line.slice(at).trim() === "";
}

/** Holes are in order and do not overlap. */
export function touchesHole(holes: readonly TextRange[], range: TextRange): boolean {
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end <= range.start) low = middle + 1;
    else high = middle;
  }
  return low < holes.length && holes[low]!.start < range.end;
}
