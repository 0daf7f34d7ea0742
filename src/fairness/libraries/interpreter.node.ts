/** Which Python a command of the command line uses: the one named, an environment in the project, the one on the PATH. */

import * as path from "node:path";
import { homeFolder } from "../../config/home.node.ts";
import { findOnPath, pythonIn, resolvePython } from "../../config/python-on-disk.node.ts";

export interface Interpreter {
  /** Program and arguments that come before the script. */
  command: readonly string[];
  /** Where it came from: "--python", ".venv in /home/me/credit", "PATH". */
  source: string;
}

export interface InterpreterChoice {
  /** --python: an executable, an environment's folder, or a name on the PATH. */
  option?: string;
  /** `python` in the project's settings, and the file that it stands in, absolute. */
  project?: { value: string; file: string };
  /** Folders in which an environment may lie, nearest first. */
  folders: readonly string[];
  cwd: string;
}

/** A choice that cannot be used, in words for the person who made it. */
export class InterpreterUnusable extends Error {}

/** Throws InterpreterUnusable where the person's own choice is no Python, and where there is none at all. */
export async function chooseInterpreter({
  option,
  project,
  folders,
  cwd,
}: InterpreterChoice): Promise<Interpreter> {
  if (option !== undefined) return named(option, cwd, "--python");
  if (project)
    return named(project.value, path.dirname(project.file), `python in ${path.basename(project.file)}`);
  for (const folder of folders)
    for (const name of [".venv", "venv"]) {
      const file = await pythonIn(path.join(folder, name));
      if (file) return { command: [file], source: `${name} in ${folder}` };
    }
  const file = await findOnPath(
    process.platform === "win32" ? ["python.exe", "py.exe"] : ["python3", "python"],
  );
  if (file) return { command: [file], source: "PATH" };
  throw new InterpreterUnusable("no Python was found; name one with --python /path/to/python");
}

async function named(value: string, folder: string, source: string): Promise<Interpreter> {
  const file = await resolvePython(value.replace(/^~(?=[/\\]|$)/, homeFolder()), folder);
  if (file) return { command: [file], source };
  throw new InterpreterUnusable(
    `${source} names ${JSON.stringify(value)}, which is neither a Python nor an environment's folder`,
  );
}
