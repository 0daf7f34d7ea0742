/** Columns that a program does not name, of constants that it imports from a module of its project. */

import type { ProjectEvidence } from "../../project/evidence.ts";
import { placesOf } from "../../project/places.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { targetKind } from "./lexicon.ts";
import type { TableColumn } from "./table-columns.ts";

type Import = PythonFacts["imports"][number];
type Constants = ProjectEvidence["constants"];

const LIBRARIES =
  /^(?:sklearn|pandas|numpy|torch|tensorflow|keras|xgboost|lightgbm|catboost|matplotlib|seaborn|scipy|typing|os|sys|pathlib|mlflow|transformers|fairlearn|aif360)\b/;
const SETTINGS =
  /(?:config|constants?|settings|params|schema|columns|features|globals|variables|cfg)(?:_\w*)?$|_data$/i;

export function columnsOfConstants(facts: PythonFacts, evidence: ProjectEvidence): TableColumn[] {
  // The project is asked only for a program that may have its columns from elsewhere: a second look at the file.
  const imports = facts.imports.filter(mayNameColumns);
  if (imports.length === 0 || evidence.constants.length === 0) return [];
  const named = new Set(facts.columns.map(({ name }) => name));
  const found = new Map<string, TableColumn>();
  for (const one of imports)
    for (const { file, name, columns } of constantsOf(one, facts, evidence.constants))
      for (const column of columns)
        if (!named.has(column) && !found.has(column)) {
          const isTarget = columns.length === 1 && OF_TARGETS.test(name) && targetKind(column) !== undefined;
          found.set(column, { name: column, range: one.range, table: file, ...(isTarget && { isTarget }) });
        }
  return [...found.values()];
}

const OF_TARGETS = /(?:^|_)(?:target|label|outcome|response)(?:_|$)|^y(?:_|$)/i;

/** Capitals, or a module for settings: `from .patient_data import TARGET_NAME`, `from src import config`. */
function mayNameColumns({ module, name = "" }: Import): boolean {
  if (LIBRARIES.test(module)) return false;
  return /^[A-Z][A-Z\d_]+$/.test(name) || SETTINGS.test(module) || SETTINGS.test(name);
}

/** The constants that an import binds, or that the program reads from what it binds: `config.TARGET`. */
function constantsOf({ module, name, alias }: Import, facts: PythonFacts, constants: Constants): Constants {
  const of = (from: string) => {
    const files = new Set(
      placesOf(from, facts.file).flatMap((place) => [`${place}.py`, `${place}/__init__.py`]),
    );
    return constants.filter(({ file }) => files.has(file));
  };
  const read = (owner: string) => {
    const names = new Set<string>();
    for (const [, one = ""] of facts.text.matchAll(
      new RegExp(`\\b${owner.replaceAll(".", "\\.")}\\.(\\w+)`, "g"),
    ))
      names.add(one);
    return (each: Constants[number]) => names.has(each.name);
  };
  if (name === undefined) return of(module).filter(read(alias));
  if (name === "*") return of(module).filter((each) => new RegExp(`\\b${each.name}\\b`).test(facts.text));
  const own = of(module);
  const bound = own.filter((each) => each.name === name);
  if (bound.length > 0) return bound;
  const within = of(module.endsWith(".") ? module + name : `${module}.${name}`);
  return [...own, ...within].filter(read(alias));
}
