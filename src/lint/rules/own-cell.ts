import type { PythonFacts } from "../python/python-facts.ts";

/** True where a snippet becomes a cell of its own: in notebooks, not in marimo's programs, whose cells are functions. */
export function takesCells({ isNotebook, file }: PythonFacts): boolean {
  return isNotebook && !/\.pyw?$/i.test(file);
}
