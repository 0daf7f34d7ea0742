import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { extension } from "./support.ts";

const execute = promisify(execFile);

/** A Python with what executes notebooks, made once and kept in the repository's cache. */
export async function pythonWithNbclient(): Promise<string> {
  const folder = path.join(extension().extensionPath, ".cache", "notebook-python");
  const python = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const marker = path.join(folder, "installed");
  if (!fs.existsSync(marker)) {
    fs.rmSync(folder, { recursive: true, force: true });
    await execute(process.env.FAIRWATT_PYTHON ?? "python3", ["-m", "venv", folder]);
    await execute(python, ["-m", "pip", "install", "--quiet", "nbclient", "ipykernel"]);
    fs.writeFileSync(marker, "");
  }
  return python;
}
