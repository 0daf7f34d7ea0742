/** Programs in Python that a configuration holds: files of a ConfigMap, here-documents of a script, what `python -c` is given. */

import type { WrittenFile } from "../facts.ts";
import { type ConfigNode, scalars } from "./tree.ts";

/** Within so many characters a program has its first statement. */
const LONGEST_HEAD = 4_000;
const IMPORT = /^[ \t]*(?:import[ \t]+[A-Za-z_][\w., \t]*|from[ \t]+[\w.]+[ \t]+import\b.*)$/;
/** A module has no indent, a block scalar has one: its text becomes a block of its own. */
const HEAD = "if 1:\n";
const MOST_PROGRAMS = 20;

/** Literal blocks of a document that are programs. */
export function programsIn(root: ConfigNode): WrittenFile[] {
  return scalars(root)
    .flatMap(({ node, path }) =>
      node.style === "literal" ? programIn(node.content.text, node.content.start, path.at(-1)) : [],
    )
    .slice(0, MOST_PROGRAMS);
}

/** @param name what the file is called, where that is said */
export function programIn(text: string, start: number, name = ""): WrittenFile[] {
  const first = firstLine(text);
  if (!IMPORT.test(first)) return [];
  const path = name.endsWith(".py") ? name : "program.py";
  return [
    /^[ \t]/.test(first) ? { path, text: HEAD + text, start: start - HEAD.length } : { path, text, start },
  ];
}

/** The first line that is no comment and of no docstring. */
function firstLine(text: string): string {
  const lines = text
    .slice(0, LONGEST_HEAD)
    .replace(/("""|''')[\s\S]*?\1/, "")
    .split(/\r?\n/);
  return lines.find((line) => /^[ \t]*[^\s#]/.test(line)) ?? "";
}
