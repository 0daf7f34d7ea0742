/** Java properties (TorchServe's config.properties, DJL's serving.properties) and env files: a flat map. */

import type { MapEntry, MapNode } from "./tree.ts";

/** Reads `key=value`, `key: value` and `export KEY="value"` lines. */
export function readProperties(text: string): MapNode {
  const entries: MapEntry[] = [];
  for (const match of text.matchAll(
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*([=:])[ \t]*([^\r\n]*(?:(?<=\\)\r?\n[^\r\n]*)*)/gm,
  )) {
    const [whole, key = "", , raw = ""] = match;
    const lineEnd = match.index + whole.length;
    const value = raw.trimEnd().replace(/[ \t]+#.*$/, "");
    const start = lineEnd - raw.length;
    const quote = /^(["']).*\1$/.test(value) ? 1 : 0;
    const keyStart = match.index + whole.indexOf(key);
    entries.push({
      key,
      keyRange: { start: keyStart, end: keyStart + key.length },
      value: {
        kind: "scalar",
        value: value.slice(quote, value.length - quote),
        range: { start, end: start + value.length },
        content: { text: value.slice(quote, value.length - quote), start: start + quote },
        style: quote === 1 ? "quoted" : "plain",
        known: !/\$[{(\w]/.test(value),
      },
    });
  }
  return { kind: "map", entries, range: { start: 0, end: text.length }, flow: false };
}
