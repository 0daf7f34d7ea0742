/** The tree that YAML, JSON, TOML, properties and config.pbtxt are read into: plain values with their places in the text. */

import type { TextRange } from "../finding.ts";

export interface ScalarNode {
  kind: "scalar";
  /** As a string, however it was written ("8", "true"); empty for null. */
  value: string;
  /** With its quotes. */
  range: TextRange;
  /** The text it stands in, as in the source and of equal length: another reader can go on in it. */
  content: { text: string; start: number };
  style: "plain" | "quoted" | "literal" | "folded";
  /** False when a template or a variable decides it. */
  known: boolean;
}

export interface MapEntry {
  key: string;
  keyRange: TextRange;
  value: ConfigNode;
}

export interface MapNode {
  kind: "map";
  entries: MapEntry[];
  range: TextRange;
  flow: boolean;
}

export interface ListNode {
  kind: "list";
  items: ConfigNode[];
  range: TextRange;
  flow: boolean;
}

export type ConfigNode = ScalarNode | MapNode | ListNode;

/** Deeper than any manifest; a hostile file stops here. */
export const MAX_DEPTH = 64;
/** More nodes than any manifest (a Helm chart's values have a few thousand). */
export const MAX_NODES = 50_000;
/** Larger files are data, not configuration. */
export const MAX_CONFIG_TEXT = 262_144;

export function entryOf(node: ConfigNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** Follows keys (numbers: list items). */
export function at(node: ConfigNode | undefined, ...path: (string | number)[]): ConfigNode | undefined {
  let current = node;
  for (const step of path) {
    current =
      typeof step === "number"
        ? current?.kind === "list"
          ? current.items[step]
          : undefined
        : entryOf(current, step)?.value;
  }
  return current;
}

export function scalarAt(node: ConfigNode | undefined, ...path: (string | number)[]): ScalarNode | undefined {
  const found = at(node, ...path);
  return found?.kind === "scalar" ? found : undefined;
}

/** The value of a known scalar. */
export function textAt(node: ConfigNode | undefined, ...path: (string | number)[]): string | undefined {
  const found = scalarAt(node, ...path);
  return found?.known ? found.value : undefined;
}

export function numberAt(node: ConfigNode | undefined, ...path: (string | number)[]): number | undefined {
  const text = textAt(node, ...path);
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export function itemsOf(node: ConfigNode | undefined): ConfigNode[] {
  return node?.kind === "list" ? node.items : [];
}

export function entriesOf(node: ConfigNode | undefined): MapEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

interface Walked {
  maps: { node: MapNode; path: string[] }[];
  scalars: { node: ScalarNode; path: string[] }[];
}

/** Every serving system looks through the whole tree: it is walked once. */
const walked = new WeakMap<ConfigNode, Walked>();

function walk(root: ConfigNode): Walked {
  const known = walked.get(root);
  if (known !== undefined) return known;
  const found: Walked = { maps: [], scalars: [] };
  const visit = (node: ConfigNode, path: string[]) => {
    if (node.kind === "scalar") found.scalars.push({ node, path });
    else if (node.kind === "list") for (const item of node.items) visit(item, path);
    else {
      found.maps.push({ node, path });
      for (const entry of node.entries) visit(entry.value, [...path, entry.key]);
    }
  };
  visit(root, []);
  walked.set(root, found);
  return found;
}

/** Every map in the tree, outermost first, with the keys that lead to it. */
export function maps(root: ConfigNode): Walked["maps"] {
  return walk(root).maps;
}

/** Every scalar in the tree with the keys that lead to it. */
export function scalars(root: ConfigNode): Walked["scalars"] {
  return walk(root).scalars;
}

export const UNKNOWN_SCALAR = (start: number): ScalarNode => ({
  kind: "scalar",
  value: "",
  range: { start, end: start },
  content: { text: "", start },
  style: "plain",
  known: false,
});
