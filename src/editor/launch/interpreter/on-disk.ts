/** Resolvers that look at the disk: the setting, an environment in the folder, the PATH. */

import { constants, promises as fs } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Interpreter, type InterpreterResolver, InterpreterUnusable } from "./resolve.ts";

const WINDOWS = process.platform === "win32";

export const SETTING = "fairwatt.python.interpreter";

/** The person's own choice. One that cannot be used is an error, not a reason to take another one silently. */
export const fromSetting: InterpreterResolver = {
  name: `setting ${SETTING}`,
  async resolve({ setting, folders }) {
    if (!setting) return undefined;
    const folder = folders.at(-1) ?? os.homedir();
    const filled = setting
      .replace(/^~(?=[/\\]|$)/, os.homedir())
      .replace(/\$\{workspaceFolder\}/g, folder)
      .replace(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? "");
    // A bare name such as "python3.12" is looked up as a shell would.
    const asked = /[/\\]/.test(filled)
      ? path.resolve(folder, filled)
      : ((await findOnPath([filled])) ?? filled);
    const file = (await isDirectory(asked))
      ? await pythonIn(asked)
      : (await isExecutable(asked))
        ? asked
        : undefined;
    if (!file) throw new InterpreterUnusable(asked);
    return { path: file, args: [], source: `setting ${SETTING}` };
  },
};

/** `.venv` or `venv` in the script's folder or above it, up to the workspace folder. */
export const fromFolder: InterpreterResolver = {
  name: ".venv or venv in the folder",
  async resolve({ folders }) {
    for (const folder of folders) {
      for (const name of [".venv", "venv"]) {
        const file = await pythonIn(path.join(folder, name));
        if (file) return { path: file, args: [], source: `${name} in ${folder}` };
      }
    }
    return undefined;
  },
};

export const fromPath: InterpreterResolver = {
  name: "PATH",
  async resolve(): Promise<Interpreter | undefined> {
    const file = await findOnPath(WINDOWS ? ["python.exe", "py.exe"] : ["python3", "python"]);
    return file ? { path: file, args: [], source: "PATH" } : undefined;
  },
};

/** The interpreter of an environment folder (venv or conda layout). */
export async function pythonIn(environment: string): Promise<string | undefined> {
  const places = WINDOWS ? ["Scripts/python.exe", "python.exe"] : ["bin/python", "bin/python3"];
  for (const place of places) {
    const file = path.join(environment, place);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function findOnPath(names: readonly string[]): Promise<string | undefined> {
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
