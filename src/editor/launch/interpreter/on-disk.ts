/** Resolvers that look at the disk: the setting, an environment in the folder, the PATH. */

import * as os from "node:os";
import * as path from "node:path";
import { findOnPath, pythonIn, resolvePython, WINDOWS } from "../../../config/python-on-disk.node.ts";
import { type Interpreter, type InterpreterResolver, InterpreterUnusable } from "./resolve.ts";

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
    const file = await resolvePython(filled, folder);
    if (!file) throw new InterpreterUnusable(/[/\\]/.test(filled) ? path.resolve(folder, filled) : filled);
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
