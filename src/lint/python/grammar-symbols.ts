/** What the grammar's symbols are, by their numbers. */

import type { Language } from "web-tree-sitter";

/** Nothing below these is looked at. */
const LEAVES = new Set([
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "comment",
  "ellipsis",
  "string_start",
  "string_content",
  "string_end",
  "line_continuation",
  "import_prefix",
  "wildcard_import",
  "pass_statement",
]);

/** What of a grammar's symbols the walk needs, by symbol number. */
export interface Symbols {
  names: readonly string[];
  named: readonly boolean[];
  leaf: readonly boolean[];
  /** The numbers of "module" and "identifier". */
  module: number;
  identifier: number;
}

export function symbolsOf(language: Language): Symbols {
  const names: string[] = [];
  const named: boolean[] = [];
  const leaf: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? "";
    names.push(name);
    named.push(language.nodeTypeIsNamed(id));
    leaf.push(LEAVES.has(name));
  }
  return { names, named, leaf, module: names.indexOf("module"), identifier: names.indexOf("identifier") };
}
