/** JSON with comments and trailing commas into the tree. */

import { type Node, parseTree } from "jsonc-parser";
import { type ConfigNode, MAX_DEPTH, MAX_NODES, type MapEntry, UNKNOWN_SCALAR } from "./tree.ts";

/** Dashboards and recorded data are longer than what a person configures. */
const MAX_JSON = 96_000;

/** Reads JSON; `offset` is added to every place. Nothing when the text is no JSON at all. Never throws. */
export function readJson(text: string, offset = 0): ConfigNode | undefined {
  if (text.length > MAX_JSON || tooDeep(text)) return undefined;
  const root = parseTree(text, [], {
    allowTrailingComma: true,
    disallowComments: false,
    allowEmptyContent: true,
  });
  const budget = { nodes: MAX_NODES };
  return root === undefined ? undefined : convert(root, text, offset, 0, budget);
}

/** The library recurses: a file of brackets alone would exhaust the stack. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 91 || c === 123) {
      if (++depth > 4 * MAX_DEPTH) return true;
    } else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
  }
  return false;
}

function convert(
  node: Node,
  text: string,
  offset: number,
  depth: number,
  budget: { nodes: number },
): ConfigNode {
  const start = node.offset + offset;
  if (depth > MAX_DEPTH || budget.nodes-- <= 0) return UNKNOWN_SCALAR(start);
  const range = { start, end: start + node.length };
  if (node.type === "object") {
    const entries: MapEntry[] = [];
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key === undefined) continue;
      entries.push({
        key: String(key.value),
        keyRange: { start: key.offset + offset, end: key.offset + key.length + offset },
        value:
          value === undefined
            ? UNKNOWN_SCALAR(key.offset + offset)
            : convert(value, text, offset, depth + 1, budget),
      });
    }
    return { kind: "map", entries, range, flow: true };
  }
  if (node.type === "array")
    return {
      kind: "list",
      items: (node.children ?? []).map((child) => convert(child, text, offset, depth + 1, budget)),
      range,
      flow: true,
    };
  const quoted = node.type === "string";
  const inner = text.slice(node.offset + (quoted ? 1 : 0), node.offset + node.length - (quoted ? 1 : 0));
  return {
    kind: "scalar",
    value: node.value === null || node.value === undefined ? "" : String(node.value),
    range,
    content: {
      text: quoted ? inner.replace(/\\["nt]/g, (m) => (m === '\\"' ? ' "' : "  ")) : inner,
      start: start + (quoted ? 1 : 0),
    },
    style: quoted ? "quoted" : "plain",
    known: true,
  };
}
