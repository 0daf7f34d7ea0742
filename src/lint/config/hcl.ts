/**
 * HCL (Terraform, Nomad) into the tree: blocks and objects are maps, repeated blocks are lists, what a reference or a template
 * decides is unknown unless the file itself gives its default. Source: HCL native syntax specification (2026).
 */

import {
  type ConfigNode,
  entriesOf,
  MAX_CONFIG_TEXT,
  MAX_DEPTH,
  MAX_NODES,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  scalarAt,
} from "./tree.ts";

/** Blocks that come once or often: a list in any case. */
const ALWAYS_LISTS = /^(?:env|container)$/;
/** Functions that give back what they are given. */
const PASSING = /^(?:jsonencode|yamlencode|tomap|tolist|toset|concat|flatten|tostring|try)$/;

interface Scan {
  text: string;
  at: number;
  nodes: number;
}

/** Reads HCL; what cannot be read is left out. Never throws. */
export function readHcl(text: string): ConfigNode | undefined {
  if (text.length > MAX_CONFIG_TEXT) return undefined;
  const scan: Scan = { text, at: 0, nodes: 0 };
  const root = body(scan, 0);
  const defaults = defaultsOf(root);
  resolve(root, defaults, 0);
  return root;
}

/** Attributes and blocks up to the closing brace, which is passed by. */
function body(scan: Scan, depth: number): MapNode {
  const start = scan.at;
  const entries: MapEntry[] = [];
  while (scan.nodes < MAX_NODES) {
    space(scan, true);
    const c = scan.text[scan.at];
    if (c === undefined) break;
    if (c === "}") {
      scan.at++;
      break;
    }
    const keyStart = scan.at;
    const key = name(scan);
    if (key === undefined) {
      scan.at++;
      continue;
    }
    scan.nodes++;
    const keyRange = { start: keyStart, end: scan.at };
    space(scan, false);
    if (/[=:]/.test(scan.text[scan.at] ?? "")) {
      scan.at++;
      entries.push({ key, keyRange, value: expression(scan, depth + 1) });
    } else add(entries, key, keyRange, block(scan, depth + 1));
    space(scan, false);
    if (scan.text[scan.at] === ",") scan.at++;
  }
  return { kind: "map", entries, range: { start, end: scan.at }, flow: false };
}

/** The labels of a block, then its body; the first label of a variable is its name. */
function block(scan: Scan, depth: number): MapNode | undefined {
  const labels: string[] = [];
  for (let guard = 0; guard < 6; guard++) {
    space(scan, false);
    const label = name(scan);
    if (label === undefined) break;
    labels.push(label);
  }
  if (scan.text[scan.at] !== "{" || depth > MAX_DEPTH) return undefined;
  const start = scan.at++;
  const inner = body(scan, depth);
  const label = labels.at(-1);
  if (label !== undefined)
    inner.entries.push({
      key: LABEL,
      keyRange: { start, end: start },
      value: { ...unknown(start, start), value: label, known: true },
    });
  return inner;
}

/** Stands for no attribute of HCL's. */
const LABEL = "@label";

function add(entries: MapEntry[], key: string, keyRange: MapEntry["keyRange"], value: MapNode | undefined) {
  if (value === undefined) return;
  const known = entries.find((entry) => entry.key === key);
  if (known?.value.kind === "list") known.value.items.push(value);
  else if (known !== undefined)
    known.value = { kind: "list", items: [known.value, value], range: known.value.range, flow: false };
  else
    entries.push({
      key,
      keyRange,
      value: ALWAYS_LISTS.test(key)
        ? { kind: "list", items: [value], range: value.range, flow: false }
        : value,
    });
}

/** An identifier or a quoted name. */
function name(scan: Scan): string | undefined {
  const match = /^(?:"([^"\n]*)"|([A-Za-z_][\w.-]*))/.exec(scan.text.slice(scan.at, scan.at + 200));
  if (match === null) return undefined;
  scan.at += match[0].length;
  return match[1] ?? match[2];
}

function expression(scan: Scan, depth: number): ConfigNode {
  space(scan, false);
  const start = scan.at;
  const c = scan.text[start];
  scan.nodes++;
  if (depth > MAX_DEPTH || c === undefined) return rest(scan);
  if (c === "[") return list(scan, depth);
  if (c === "{") {
    scan.at++;
    return { ...body(scan, depth), flow: true };
  }
  const document = /^<<[-~]?([A-Za-z_]\w*)[ \t]*\r?\n/.exec(scan.text.slice(start, start + 100));
  if (document !== null) return hereDocument(scan, document[0].length, document[1]!);
  if (c === '"') {
    const quoted = text(scan);
    space(scan, false);
    // Anything behind it makes it a part of a larger expression.
    return /[\n\r,}\])#]|^$/.test(scan.text[scan.at] ?? "") || scan.text.startsWith("//", scan.at)
      ? quoted
      : rest(scan, start);
  }
  const call = /^([a-z_]+)\(\s*/.exec(scan.text.slice(start, start + 60));
  if (call !== null && PASSING.test(call[1]!) && /[[{"]/.test(scan.text[start + call[0].length] ?? "")) {
    scan.at = start + call[0].length;
    const inner = expression(scan, depth + 1);
    space(scan, true);
    if (scan.text[scan.at] === ")") {
      scan.at++;
      return inner;
    }
  }
  return rest(scan, start);
}

function list(scan: Scan, depth: number): ConfigNode {
  const start = scan.at++;
  const items: ConfigNode[] = [];
  while (scan.nodes < MAX_NODES) {
    space(scan, true);
    const c = scan.text[scan.at];
    if (c === undefined) break;
    if (c === "]") {
      scan.at++;
      break;
    }
    const before = scan.at;
    if (c !== ",") items.push(expression(scan, depth + 1));
    if (scan.at === before) scan.at++;
  }
  return { kind: "list", items, range: { start, end: scan.at }, flow: true };
}

function text(scan: Scan): ScalarNode {
  const start = scan.at++;
  let value = "";
  let known = true;
  while (scan.at < scan.text.length) {
    const c = scan.text[scan.at]!;
    if (c === '"' || c === "\n") break;
    if (c === "\\") {
      value += scan.text[scan.at + 1] ?? "";
      scan.at += 2;
    } else if ((c === "$" || c === "%") && scan.text[scan.at + 1] === "{") {
      const end = scan.text.indexOf("}", scan.at);
      const next = end < 0 ? scan.text.length : end + 1;
      value += scan.text.slice(scan.at, next);
      scan.at = next;
      known = false;
    } else {
      value += c;
      scan.at++;
    }
  }
  const content = { text: scan.text.slice(start + 1, scan.at), start: start + 1 };
  scan.at++;
  return { kind: "scalar", value, range: { start, end: scan.at }, content, style: "quoted", known };
}

function hereDocument(scan: Scan, header: number, end: string): ScalarNode {
  const start = scan.at + header;
  const closing = new RegExp(`^[ \\t]*${end}[ \\t]*\\r?$`, "m").exec(scan.text.slice(start));
  const stop = closing === null ? scan.text.length : start + closing.index;
  scan.at = closing === null ? stop : stop + closing[0].length;
  const value = scan.text.slice(start, stop);
  return {
    kind: "scalar",
    value,
    range: { start, end: stop },
    content: { text: value, start },
    style: "literal",
    known: true,
  };
}

/** An expression that is not read: to the end of its line, or of its brackets. */
function rest(scan: Scan, start = scan.at): ScalarNode {
  let depth = 0;
  scan.at = start;
  for (; scan.at < scan.text.length; scan.at++) {
    const c = scan.text[scan.at]!;
    if (c === '"') {
      text(scan);
      scan.at--;
    } else if (/[([{]/.test(c)) depth++;
    else if (/[)\]}]/.test(c) && --depth < 0) break;
    else if (depth === 0 && (c === "\n" || c === ",")) break;
  }
  return unknown(start, scan.at, scan.text.slice(start, scan.at).trim());
}

function unknown(start: number, end: number, source = ""): ScalarNode {
  const literal = /^(?:true|false|-?[\d.]+)$/.test(source);
  return {
    kind: "scalar",
    value: source,
    range: { start, end },
    content: { text: "", start },
    style: "plain",
    known: literal,
  };
}

/** Spaces and comments. @param lines also over line ends */
function space(scan: Scan, lines: boolean): void {
  for (;;) {
    const c = scan.text[scan.at];
    if (c === " " || c === "\t" || c === "\r" || (lines && c === "\n")) scan.at++;
    else if (c === "#" || scan.text.startsWith("//", scan.at)) {
      const end = scan.text.indexOf("\n", scan.at);
      scan.at = end < 0 ? scan.text.length : end;
    } else if (scan.text.startsWith("/*", scan.at)) {
      const end = scan.text.indexOf("*/", scan.at);
      scan.at = end < 0 ? scan.text.length : end + 2;
    } else return;
  }
}

/** The variables of a module with their defaults, as a map of the file's own would have them. */
export function variablesOf(root: ConfigNode): MapEntry[] {
  return blocks(root, "variable").flatMap((block) => {
    const label = scalarAt(block, LABEL);
    const given = scalarAt(block, "default");
    return label === undefined || given === undefined
      ? []
      : [{ key: label.value, keyRange: given.range, value: given }];
  });
}

function blocks(root: ConfigNode, key: string): ConfigNode[] {
  return entriesOf(root)
    .filter((entry) => entry.key === key)
    .flatMap(({ value }) => (value.kind === "list" ? value.items : [value]));
}

/** `variable "model" { default = "org/name" }` and the names of `locals`. */
function defaultsOf(root: MapNode): Map<string, ScalarNode> {
  const found = new Map<string, ScalarNode>();
  for (const { key, value } of variablesOf(root))
    if (value.kind === "scalar" && value.known) found.set(`var.${key}`, value);
  for (const locals of blocks(root, "locals"))
    for (const { key, value } of entriesOf(locals))
      if (value.kind === "scalar" && value.known) found.set(`local.${key}`, value);
  return found;
}

function resolve(node: ConfigNode, defaults: ReadonlyMap<string, ScalarNode>, depth: number): void {
  if (depth > MAX_DEPTH * 2) return;
  if (node.kind === "list") for (const item of node.items) resolve(item, defaults, depth + 1);
  else if (node.kind === "map") for (const { value } of node.entries) resolve(value, defaults, depth + 1);
  else if (!node.known) {
    const given = defaults.get(node.value.replace(/^\$\{\s*|\s*\}$/g, ""));
    if (given !== undefined) Object.assign(node, { ...given });
  }
}
