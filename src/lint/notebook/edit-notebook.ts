/**
 * Edits of a notebook's JSON text by ranges: a cell's `source` and new cells. Every other byte stays as it is, outputs
 * and ids with it.
 */

import { findNodeAtLocation, getNodeValue, type Node, parseTree } from "jsonc-parser";
import type { TextEdit } from "../finding.ts";
import { applyEdits, type FixPlan } from "../fix.ts";
import { type Cell, cellAt } from "../location.ts";

const BOM = "\uFEFF";

/**
 * The notebook with the plan's edits and cells.
 *
 * @param json  the file's text
 * @param cells  of the facts the plan was made from; their ranges have the length of the cells' sources
 * @returns undefined when the text is no notebook, is nested too deeply, or a cell is not the one that was linted
 */
export function editNotebook(json: string, cells: readonly Cell[], plan: FixPlan): string | undefined {
  const bom = json.startsWith(BOM) ? BOM : "";
  const text = json.slice(bom.length);
  const root = treeOf(text);
  const list = root && findNodeAtLocation(root, ["cells"]);
  if (!root || list?.type !== "array") return undefined;
  const nodes = list.children ?? [];
  const edits: TextEdit[] = [];

  for (const [cell, inCell] of byCell(cells, plan.edits)) {
    const node = nodes[cell.index];
    const source = node && findNodeAtLocation(node, ["source"]);
    if (!source) return undefined;
    const old = sourceText(source);
    if (old.length !== cell.range.end - cell.range.start) return undefined;
    const moved = inCell.map(({ range, newText }) => ({
      range: { start: range.start - cell.range.start, end: range.end - cell.range.start },
      newText,
    }));
    if (moved.some(({ range }) => range.start < 0 || range.end > old.length)) return undefined;
    edits.push(editSource(text, source, applyEdits(old, moved)));
  }

  const ids = new Set(nodes.map((node) => valueAt(node, "id")));
  const wantsIds = Number(valueAt(root, "nbformat")) > 4 || Number(valueAt(root, "nbformat_minor")) >= 5;
  for (const { after, source } of plan.newCells) {
    const cell = cellAt(cells, after);
    const node = cell && nodes[cell.index];
    if (!node) return undefined;
    const id = wantsIds ? freshId(source, ids) : undefined;
    edits.push(insertCell(text, node, source, id));
  }
  edits.sort((a, b) => a.range.start - b.range.start);
  return bom + applyEdits(text, edits);
}

/** `undefined` also where the JSON is nested deeper than the stack: the parser calls itself. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}

/** Source of a cell as one text, whether it is written as a text or as a list of lines. */
function sourceText(source: Node): string {
  const value: unknown = getNodeValue(source);
  return Array.isArray(value) ? value.join("") : String(value);
}

function valueAt(node: Node, key: string): unknown {
  const found = findNodeAtLocation(node, [key]);
  return found && getNodeValue(found);
}

function byCell(cells: readonly Cell[], edits: readonly TextEdit[]): Map<Cell, TextEdit[]> {
  const grouped = new Map<Cell, TextEdit[]>();
  for (const edit of edits) {
    const cell = cellAt(cells, edit.range.start);
    if (cell) grouped.set(cell, [...(grouped.get(cell) ?? []), edit]);
  }
  return grouped;
}

/** Replaces the lines that changed; those before and after keep their bytes. */
function editSource(text: string, source: Node, wanted: string): TextEdit {
  const range = { start: source.offset, end: source.offset + source.length };
  if (source.type !== "array") return { range, newText: JSON.stringify(wanted) };
  const old = source.children ?? [];
  const oldLines = old.map((node) => String(node.value));
  const newLines = splitLines(wanted);
  let before = 0;
  while (before < Math.min(oldLines.length, newLines.length) && oldLines[before] === newLines[before])
    before++;
  let after = 0;
  while (
    after < Math.min(oldLines.length, newLines.length) - before &&
    oldLines.at(-1 - after) === newLines.at(-1 - after)
  ) {
    after++;
  }
  const raw = (node: Node) => text.slice(node.offset, node.offset + node.length);
  const items = [
    ...old.slice(0, before).map(raw),
    ...newLines.slice(before, newLines.length - after).map((line) => JSON.stringify(line)),
    ...old.slice(old.length - after).map(raw),
  ];
  const [first, second] = old;
  const opening = first ? text.slice(source.offset + 1, first.offset) : "";
  const between =
    first && second ? text.slice(first.offset + first.length, second.offset) : `,${opening || " "}`;
  const last = old.at(-1);
  const closing = last ? text.slice(last.offset + last.length, range.end - 1) : "";
  return { range, newText: `[${opening}${items.join(between)}${closing}]` };
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function insertCell(text: string, after: Node, source: string, id: string | undefined): TextEdit {
  const cell = {
    cell_type: "code",
    execution_count: null,
    ...(id !== undefined && { id }),
    metadata: {},
    outputs: [],
    source: splitLines(source),
  };
  const end = after.offset + after.length;
  const indent = indentBefore(text, after.offset);
  const first = after.children?.[0];
  const inner = first && indentBefore(text, first.offset);
  const unit = indent !== undefined && inner?.startsWith(indent) ? inner.slice(indent.length) : undefined;
  const newText =
    indent === undefined || !unit
      ? `, ${JSON.stringify(cell)}`
      : `,\n${indent}${JSON.stringify(cell, null, unit).replace(/\n/g, `\n${indent}`)}`;
  return {
    range: { start: end, end },
    newText: text.includes("\r\n") ? newText.replace(/\n/g, "\r\n") : newText,
  };
}

/** The blanks between the start of the line and `offset`; undefined when something else stands there. */
function indentBefore(text: string, offset: number): string | undefined {
  const line = text.lastIndexOf("\n", offset - 1);
  const before = text.slice(line + 1, offset);
  return line >= 0 && /^[ \t]*$/.test(before) ? before : undefined;
}

/** Eight hexadecimal digits as Jupyter makes them, from the source (FNV-1a), so that the same fix gives the same file. */
function freshId(source: string, taken: Set<unknown>): string {
  for (let salt = 0; ; salt++) {
    let hash = 0x811c9dc5 ^ salt;
    for (let at = 0; at < source.length; at++)
      hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193) >>> 0;
    const id = (hash >>> 0).toString(16).padStart(8, "0");
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}
