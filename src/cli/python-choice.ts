/** The Python that a command was told to use, or that the project has. */

import * as path from "node:path";
import { loadProject } from "../config/load.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import {
  chooseInterpreter,
  type Interpreter,
  InterpreterUnusable,
} from "../fairness/libraries/interpreter.node.ts";

/** `option`: what --python says. Throws a RangeError with the way out where there is none that can be used. */
export async function pythonFor(option: string | undefined, cwd: string): Promise<Interpreter> {
  const folder = findProjectFolder(cwd);
  const { file, config } = loadProject(folder);
  try {
    return await chooseInterpreter({
      ...(option !== undefined && { option }),
      ...(file !== undefined && config.python !== undefined && { project: { value: config.python, file } }),
      folders: foldersUpTo(folder, cwd),
      cwd,
    });
  } catch (problem) {
    if (problem instanceof InterpreterUnusable) throw new RangeError(problem.message);
    throw problem;
  }
}

/** From `cwd` up to the project's folder. */
function foldersUpTo(folder: string, cwd: string): string[] {
  const folders = [path.resolve(cwd)];
  while (folders.at(-1) !== folder && path.dirname(folders.at(-1)!) !== folders.at(-1))
    folders.push(path.dirname(folders.at(-1)!));
  return folders;
}
