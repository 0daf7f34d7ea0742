/** Edits of training code: a statement wrapped, lines added at a loop's end, a keyword renamed. */

import type { TextEdit, TextRange } from "../../finding.ts";
import {
  deeper,
  isCompound,
  type LogicalLine,
  lineAt,
  linesIn,
  logicalLinesOf,
} from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import type { Loop } from "./torch-training.ts";

const at = (offset: number, newText: string): TextEdit => ({
  range: { start: offset, end: offset },
  newText,
});

export function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The simple statement that a range stands in, alone on its lines; undefined inside a compound one's head. */
export function simpleStatementAt(facts: PythonFacts, range: TextRange): LogicalLine | undefined {
  const line = lineAt(logicalLinesOf(facts), range.start);
  if (line === undefined || range.end > line.end || isCompound(line)) return undefined;
  return line;
}

/** Edits that put logical lines under `head` (without its colon); undefined where a string over lines would change. */
export function wrapped(
  facts: PythonFacts,
  lines: readonly LogicalLine[],
  head: string,
): TextEdit[] | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { text } = facts;
  if (lines.some(({ start, end }) => /"""|'''|\\\r?\n/.test(text.slice(start, end)))) return undefined;
  const newline = newlineOf(text);
  const step = deeper(first.indent).slice(first.indent.length);
  const edits = [at(first.start, `${head}:${newline}${first.indent}${step}`)];
  for (
    let index = text.indexOf("\n", first.start);
    index >= 0 && index < last.end;
    index = text.indexOf("\n", index + 1)
  ) {
    if (
      /[^\s]/.test(
        text.slice(
          index + 1,
          text.indexOf("\n", index + 1) < 0 ? text.length : text.indexOf("\n", index + 1),
        ),
      )
    )
      edits.push(at(index + 1, step));
  }
  return edits;
}

/** An edit that adds lines at the end of a loop's body; undefined for a body on the loop's own line, or with `else`. */
export function atLoopEnd(facts: PythonFacts, loop: Loop, added: readonly string[]): TextEdit | undefined {
  const [head, ...body] = linesIn(logicalLinesOf(facts), loop.range);
  const first = body[0];
  if (head === undefined || first === undefined || first.indent.length <= head.indent.length)
    return undefined;
  if (body.some(({ indent }) => indent.length <= head.indent.length)) return undefined;
  return afterLine(facts, body.at(-1)!, added, first.indent);
}

/** An edit that adds lines behind the line on which a logical line ends. */
export function afterLine(
  { text }: PythonFacts,
  line: LogicalLine,
  added: readonly string[],
  indent = line.indent,
): TextEdit {
  const newline = newlineOf(text);
  const next = text.indexOf("\n", line.end);
  const end = next < 0 ? text.length : text[next - 1] === "\r" ? next - 1 : next;
  return at(end, added.map((each) => newline + (each === "" ? "" : indent + each)).join(""));
}

/** An edit that adds lines before a logical line. */
export function beforeLine({ text }: PythonFacts, line: LogicalLine, added: readonly string[]): TextEdit {
  const newline = newlineOf(text);
  return at(line.start, added.map((each) => `${each}${newline}${line.indent}`).join(""));
}

/** How a module is called in the file; `undefined` when it is not imported as a whole. */
export function aliasOf(facts: PythonFacts, module: string): string | undefined {
  const entry = facts.imports.find((each) => each.module === module && each.name === undefined);
  return entry?.alias;
}

/** An edit that imports a module before the first import of the file that begins a line at its margin. */
export function importing(facts: PythonFacts, statement: string): TextEdit | undefined {
  const first = facts.imports.find(
    ({ module, range }) =>
      module !== "__future__" && (range.start === 0 || facts.text[range.start - 1] === "\n"),
  );
  return first && at(first.range.start, `${statement}${newlineOf(facts.text)}`);
}

/** The range of a keyword's name in a call. */
export function keywordName(facts: PythonFacts, call: Call, name: string): TextRange | undefined {
  const value = call.keywords.get(name);
  if (value === undefined || value.range.start < call.range.start || value.range.end > call.range.end)
    return undefined;
  const start = facts.text.slice(call.calleeRange.end, value.range.start).lastIndexOf(name);
  if (start < 0) return undefined;
  const from = call.calleeRange.end + start;
  return { start: from, end: from + name.length };
}
