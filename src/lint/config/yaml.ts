/** YAML: several documents in a file, aliases followed a bounded number of times, Helm expressions blanked, ranges kept. */

import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { REFERENCE } from "./cloudformation.ts";
import { blankTemplates, touchesHole } from "./template.ts";
import {
  type ConfigNode,
  MAX_CONFIG_TEXT,
  MAX_DEPTH,
  MAX_NODES,
  type MapEntry,
  type ScalarNode,
  UNKNOWN_SCALAR,
} from "./tree.ts";

/** Nodes that aliases may add to a document: a few lines of aliases of aliases would be millions. */
const MAX_ALIASED = 2_000;

export interface YamlFile {
  documents: ConfigNode[];
  templated: boolean;
}

/** A longer document (a custom resource definition, recorded data) is nothing that a person configures. */
const MAX_DOCUMENT = 64_000;
/** What is parsed of one file; the parser takes about a millisecond per 1,000 characters. */
const MAX_PARSED = 96_000;

/**
 * Reads YAML; `offset` is added to every place (for YAML that stands in a string). Documents for which `wanted` is false
 * are passed over without being parsed: most of a long file is. Never throws.
 */
export function readYaml(
  text: string,
  offset = 0,
  wanted: (document: string) => boolean = () => true,
): YamlFile {
  const documents: ConfigNode[] = [];
  let templated = false;
  let left = MAX_PARSED;
  if (text.length > MAX_CONFIG_TEXT) return { documents, templated };
  const marks = [...text.matchAll(/^---(?=\s|$)/gm)].map((match) => match.index);
  const starts = [0, ...marks.filter((mark) => mark > 0)];
  starts.forEach((start, i) => {
    const part = text.slice(start, starts[i + 1] ?? text.length);
    if (part.length > Math.min(MAX_DOCUMENT, left) || part.trim() === "" || !wanted(part)) return;
    left -= part.length;
    const read = readDocuments(part, offset + start);
    documents.push(...read.documents);
    templated ||= read.templated;
  });
  return { documents, templated };
}

function readDocuments(text: string, offset: number): YamlFile {
  const { text: blanked, holes } = blankTemplates(text.replace(/\t/g, " "));
  const documents: ConfigNode[] = [];
  try {
    const parsed = parseAllDocuments(blanked, {
      lineCounter: new LineCounter(),
      strict: false,
      uniqueKeys: false,
      logLevel: "silent",
      prettyErrors: false,
      keepSourceTokens: false,
    });
    for (const document of Array.isArray(parsed) ? parsed : []) {
      const budget = { nodes: MAX_NODES, aliased: MAX_ALIASED };
      let aliases = 0;
      const anchors = new Map<string, Node>();
      const convert = (node: unknown, depth: number): ConfigNode => {
        if (depth > MAX_DEPTH || budget.nodes-- <= 0) return UNKNOWN_SCALAR(offset);
        if (aliases > 0 && budget.aliased-- <= 0) return UNKNOWN_SCALAR(offset);
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target === undefined) return UNKNOWN_SCALAR((node.range?.[0] ?? 0) + offset);
          aliases++;
          const followed = convert(target, depth + 1);
          aliases--;
          return followed;
        }
        const range = (node as Node | null)?.range;
        const place = { start: (range?.[0] ?? 0) + offset, end: (range?.[1] ?? 0) + offset };
        const anchor = (node as { anchor?: string } | null)?.anchor;
        if (anchor !== undefined) anchors.set(anchor, node as Node);
        if (isMap(node)) {
          const entries: MapEntry[] = [];
          for (const pair of node.items) {
            if (!isPair(pair)) continue;
            const key = isScalar(pair.key) ? String(pair.key.value ?? "") : "";
            const keyNode = pair.key as Node | null;
            const keyRange = {
              start: (keyNode?.range?.[0] ?? range?.[0] ?? 0) + offset,
              end: (keyNode?.range?.[1] ?? range?.[0] ?? 0) + offset,
            };
            const value = pair.value === null ? UNKNOWN_SCALAR(keyRange.end) : convert(pair.value, depth + 1);
            if (key === "<<" && value.kind === "map") entries.push(...value.entries);
            else entries.push({ key, keyRange, value });
          }
          return { kind: "map", entries, range: place, flow: node.flow === true };
        }
        if (isSeq(node))
          return {
            kind: "list",
            items: node.items.map((item) => convert(item, depth + 1)),
            range: place,
            flow: node.flow === true,
          };
        if (isScalar(node)) {
          const scalar = scalarOf(blanked, node.type, node.value, range?.[0] ?? 0, range?.[1] ?? 0, offset);
          if (touchesHole(holes, { start: range?.[0] ?? 0, end: range?.[1] ?? 0 })) {
            if (scalar.style === "plain" || scalar.style === "quoted") scalar.known = false;
          }
          if (node.tag !== `!${REFERENCE}`) return scalar;
          const keyRange = { start: place.start, end: place.start };
          const entries = [{ key: REFERENCE, keyRange, value: scalar }];
          return { kind: "map", entries, range: place, flow: true };
        }
        return UNKNOWN_SCALAR(place.start);
      };
      if (document.contents !== null) documents.push(convert(document.contents, 0));
    }
  } catch {
    // Only hostile nesting gets here: nothing can be said of the file.
  }
  return { documents, templated: holes.length > 0 };
}

function scalarOf(
  text: string,
  type: string | undefined,
  value: unknown,
  start: number,
  end: number,
  offset: number,
): ScalarNode {
  const range = { start: start + offset, end: end + offset };
  // A number keeps how it is written: versions and identifiers are not numbers.
  const source = text.slice(start, end);
  const decoded =
    typeof value === "string" ? value : value === null || value === undefined ? "" : source.trim();
  if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") {
    const header = source.indexOf("\n") + 1;
    const body = header === 0 ? "" : source.slice(header);
    return {
      kind: "scalar",
      value: decoded,
      range,
      content: {
        text: type === "BLOCK_FOLDED" ? body.replace(/\n/g, " ") : body,
        start: start + header + offset,
      },
      style: type === "BLOCK_LITERAL" ? "literal" : "folded",
      known: true,
    };
  }
  const quoted = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
  // Lines of one value are folded: they are words of one command.
  const inner = (quoted ? source.slice(1, -1) : source).replace(/\n/g, " ");
  return {
    kind: "scalar",
    value: decoded,
    range,
    content: {
      text:
        quoted && type === "QUOTE_DOUBLE"
          ? inner.replace(/\\["nt]/g, (m) => (m === '\\"' ? ' "' : "  "))
          : inner,
      start: start + (quoted ? 1 : 0) + offset,
    },
    style: quoted ? "quoted" : "plain",
    known: true,
  };
}
