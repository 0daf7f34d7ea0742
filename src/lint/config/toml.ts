/** TOML into the tree. */

import { type AST, parseTOML } from "toml-eslint-parser";
import { type ConfigNode, MAX_CONFIG_TEXT, MAX_DEPTH, type MapNode, UNKNOWN_SCALAR } from "./tree.ts";

/** Reads TOML; nothing when it does not parse. Never throws. */
export function readToml(text: string): ConfigNode | undefined {
  if (text.length > MAX_CONFIG_TEXT) return undefined;
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch {
    return undefined;
  }
  const root: MapNode = { kind: "map", entries: [], range: { start: 0, end: text.length }, flow: false };
  for (const top of program.body[0]?.body ?? []) {
    if (top.type === "TOMLKeyValue") put(root, top, text);
    else {
      const table: MapNode = {
        kind: "map",
        entries: [],
        range: { start: top.range[0], end: top.range[1] },
        flow: false,
      };
      for (const pair of top.body) put(table, pair, text);
      const names = top.resolvedKey.filter((part): part is string => typeof part === "string");
      if (names.length > MAX_DEPTH) continue;
      let parent = root;
      for (const name of names.slice(0, -1)) parent = child(parent, name, table.range);
      const last = names.at(-1) ?? "";
      if (top.kind === "array") {
        const list = parent.entries.find((entry) => entry.key === last)?.value;
        if (list?.kind === "list") list.items.push(table);
        else
          parent.entries.push({
            key: last,
            keyRange: { start: top.key.range[0], end: top.key.range[1] },
            value: { kind: "list", items: [table], range: table.range, flow: false },
          });
      } else
        parent.entries.push({
          key: last,
          keyRange: { start: top.key.range[0], end: top.key.range[1] },
          value: table,
        });
    }
  }
  return root;
}

function child(parent: MapNode, name: string, range: MapNode["range"]): MapNode {
  const found = parent.entries.find((entry) => entry.key === name)?.value;
  if (found?.kind === "map") return found;
  const last = found?.kind === "list" ? found.items.at(-1) : undefined;
  if (last?.kind === "map") return last;
  const made: MapNode = { kind: "map", entries: [], range, flow: false };
  parent.entries.push({ key: name, keyRange: { start: range.start, end: range.start }, value: made });
  return made;
}

function put(into: MapNode, pair: AST.TOMLKeyValue, text: string): void {
  const names = pair.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
  if (names.length > MAX_DEPTH) return;
  let parent = into;
  for (const name of names.slice(0, -1))
    parent = child(parent, name, { start: pair.range[0], end: pair.range[1] });
  parent.entries.push({
    key: names.at(-1) ?? "",
    keyRange: { start: pair.key.range[0], end: pair.key.range[1] },
    value: convert(pair.value, text, 0),
  });
}

function convert(node: AST.TOMLContentNode, text: string, depth: number): ConfigNode {
  const range = { start: node.range[0], end: node.range[1] };
  if (depth > MAX_DEPTH) return UNKNOWN_SCALAR(range.start);
  if (node.type === "TOMLArray")
    return {
      kind: "list",
      items: node.elements.map((item) => convert(item, text, depth + 1)),
      range,
      flow: true,
    };
  if (node.type === "TOMLInlineTable") {
    const map: MapNode = { kind: "map", entries: [], range, flow: true };
    for (const pair of node.body) put(map, pair, text);
    return map;
  }
  const source = text.slice(range.start, range.end);
  const fence = /^("""|'''|"|')/.exec(source)?.[0].length ?? 0;
  return {
    kind: "scalar",
    value: node.kind === "string" ? node.value : source,
    range,
    content: { text: source.slice(fence, source.length - fence), start: range.start + fence },
    style: fence === 3 ? "literal" : fence === 1 ? "quoted" : "plain",
    known: true,
  };
}
