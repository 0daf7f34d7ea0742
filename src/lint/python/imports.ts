/** Imports of a program, and names resolved through them. */

import type { PythonFacts } from "./python-facts.ts";
import type { NodeIndex, SyntaxTable } from "./syntax-table.ts";

type Import = PythonFacts["imports"][number];

/** Reads one import statement of any form; nothing for one that is broken. */
export function readImport(table: SyntaxTable, node: NodeIndex): Import[] {
  const kind = table.kind(node);
  const range = table.range(node);
  if (kind === "import_statement") {
    return table.children(node).flatMap((child) => {
      if (table.kind(child) === "aliased_import") {
        const module = compact(table.slice(table.child(child, 0)));
        return [{ module, alias: table.slice(table.lastChild(child)), range }];
      }
      const module = compact(table.slice(child));
      // `import a.b` binds `a`; the dotted name is then written out.
      return [{ module, alias: module, range }];
    });
  }
  const children = table.children(node);
  const future = kind === "future_import_statement";
  const module = future ? "__future__" : compact(table.slice(children[0] ?? -1));
  return children.slice(future ? 0 : 1).flatMap((child): Import[] => {
    if (table.kind(child) === "wildcard_import") return [{ module, name: "*", alias: "*", range }];
    if (table.kind(child) === "aliased_import")
      return [
        {
          module,
          name: compact(table.slice(table.child(child, 0))),
          alias: table.slice(table.lastChild(child)),
          range,
        },
      ];
    const name = compact(table.slice(child));
    return name === "" ? [] : [{ module, name, alias: name, range }];
  });
}

function compact(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Modules whose wildcard import is common enough to follow: `from sklearn.metrics import *`. */
const WILDCARDS = /^(?:sklearn|tensorflow|keras|fastai|pycaret|vllm|transformers)\b/;

export class ImportTable {
  private readonly byAlias = new Map<string, string>();
  private readonly wildcards: string[] = [];

  add(entry: Import): void {
    if (entry.name === "*") {
      if (WILDCARDS.test(entry.module)) this.wildcards.push(entry.module);
      return;
    }
    if (entry.name !== undefined) {
      this.byAlias.set(entry.alias, entry.module === "." ? entry.name : `${entry.module}.${entry.name}`);
      return;
    }
    const first = entry.alias.split(".")[0]!;
    if (entry.alias === entry.module) this.byAlias.set(first, first);
    else this.byAlias.set(entry.alias, entry.module);
  }

  has(name: string): boolean {
    return this.byAlias.has(name);
  }

  /** "pd.read_csv" -> "pandas.read_csv"; undefined when its first part was not imported. */
  resolve(dotted: string): string | undefined {
    const dot = dotted.indexOf(".");
    const first = dot < 0 ? dotted : dotted.slice(0, dot);
    const target = this.byAlias.get(first);
    if (target === undefined) {
      // A capitalized name from a wildcard import: the last module that could have it.
      const module = /^[A-Z]/.test(first) || /_/.test(first) ? this.wildcards.at(-1) : undefined;
      return module === undefined ? undefined : `${module}.${dotted}`;
    }
    return dot < 0 ? target : target + dotted.slice(dot);
  }
}
