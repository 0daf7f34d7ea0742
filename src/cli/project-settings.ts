/** A project's settings, for commands that would otherwise take a default without a word. */

import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem, type LoadedProject } from "../config/project.ts";
import { printable } from "./printable.ts";

/** What is wrong with them is said on standard error. */
export function projectSettings(folder: string): LoadedProject {
  const loaded = loadProject(folder);
  for (const problem of loaded.problems)
    process.stderr.write(`fairwatt: ${printable(formatConfigProblem(problem))}\n`);
  return loaded;
}
