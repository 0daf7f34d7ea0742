/** Protocol buffers' text format (Triton's config.pbtxt): repeated fields stay repeated entries. */

import type { ConfigNode, ListNode, MapNode, ScalarNode } from "./tree.ts";
import { MAX_CONFIG_TEXT, MAX_DEPTH } from "./tree.ts";

const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[{}[\]:,;<>]|[^\s{}[\]:,;<>"'#]+|["']/g;

/** Reads the text format; an unfinished message ends at the end of the text. Never throws. */
export function readPbtxt(text: string): MapNode {
  const tokens: { text: string; start: number }[] = [];
  if (text.length <= MAX_CONFIG_TEXT)
    for (const match of text.matchAll(TOKEN))
      if (!match[0].startsWith("#")) tokens.push({ text: match[0], start: match.index });
  let at = 0;

  const scalar = (): ScalarNode => {
    const first = tokens[at++]!;
    const quoted = /^["']/.test(first.text) && first.text.length > 1;
    const quote = quoted ? 1 : 0;
    const inner = first.text.slice(quote, first.text.length - quote);
    return {
      kind: "scalar",
      value: inner,
      range: { start: first.start, end: first.start + first.text.length },
      content: { text: inner, start: first.start + quote },
      style: quoted ? "quoted" : "plain",
      known: !/\$\{/.test(inner),
    };
  };
  const value = (depth: number): ConfigNode | undefined => {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (token.text === "{" || token.text === "<") {
      at++;
      return message(token.start, depth + 1);
    }
    if (token.text === "[") {
      at++;
      const list: ListNode = {
        kind: "list",
        items: [],
        range: { start: token.start, end: token.start + 1 },
        flow: true,
      };
      while (at < tokens.length && tokens[at]!.text !== "]") {
        if (depth > MAX_DEPTH || /^[,;:}>]$/.test(tokens[at]!.text)) {
          if (tokens[at]!.text === "}") return list;
          at++;
          continue;
        }
        const item = value(depth + 1);
        if (item === undefined) break;
        list.items.push(item);
      }
      const close = tokens[at++];
      list.range.end = close === undefined ? text.length : close.start + 1;
      return list;
    }
    if (/^[}\]>:,;]$/.test(token.text)) return undefined;
    return scalar();
  };
  const message = (start: number, depth: number): MapNode => {
    const map: MapNode = { kind: "map", entries: [], range: { start, end: text.length }, flow: false };
    while (at < tokens.length) {
      const key = tokens[at]!;
      if (key.text === "}" || key.text === ">") {
        at++;
        map.range.end = key.start + 1;
        if (depth > 0) return map;
        continue;
      }
      at++;
      if (!/^[\w.]/.test(key.text) || depth > MAX_DEPTH) continue;
      if (tokens[at]?.text === ":") at++;
      const found = value(depth);
      if (found !== undefined)
        map.entries.push({
          key: key.text,
          keyRange: { start: key.start, end: key.start + key.text.length },
          value: found,
        });
    }
    return map;
  };
  return message(0, 0);
}
