/** Python interpreters on this machine's disk, for the command line and for the editor. */

import { constants, promises as fs } from "node:fs";
import * as path from "node:path";

export const WINDOWS = process.platform === "win32";

/**
 * What a person wrote as an interpreter: an executable, an environment's folder, or a bare name such as "python3.12", which
 * is looked up as a shell would. Relative paths start at `folder`. Undefined where it is none of these.
 */
export async function resolvePython(written: string, folder: string): Promise<string | undefined> {
  if (!/[/\\]/.test(written)) {
    const found = await findOnPath([written]);
    if (found) return found;
  }
  const file = path.resolve(folder, written);
  if (await isDirectory(file)) return pythonIn(file);
  return (await isExecutable(file)) ? file : undefined;
}

/** The interpreter of an environment folder (venv or conda layout). */
export async function pythonIn(environment: string): Promise<string | undefined> {
  const places = WINDOWS ? ["Scripts/python.exe", "python.exe"] : ["bin/python", "bin/python3"];
  for (const place of places) {
    const file = path.join(environment, place);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** The first of these programs on the PATH. */
export async function findOnPath(names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const name of names) {
    for (const folder of folders) {
      // Windows keeps a stand-in there that only opens the store.
      if (WINDOWS && /\\WindowsApps$/i.test(folder)) continue;
      const file = path.join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await fs.access(file, WINDOWS ? constants.F_OK : constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

async function isDirectory(file: string): Promise<boolean> {
  try {
    return (await fs.stat(file)).isDirectory();
  } catch {
    return false;
  }
}
