/** Where the Python files that run in the user's interpreter lie. */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** `src/python` in the sources, `dist/data/python` in a build. Throws when the installation lacks them. */
export function pythonFolder(): string {
  const here = typeof __dirname === "string" ? __dirname : path.dirname(fileURLToPath(import.meta.url));
  const folders = ["../../python", "data/python", "../data/python"].map((place) => path.join(here, place));
  const found = folders.find((folder) => fs.existsSync(path.join(folder, "library_audit.py")));
  if (!found)
    throw new Error(`the Python files are missing from this installation (looked in ${folders.join(", ")})`);
  return found;
}
