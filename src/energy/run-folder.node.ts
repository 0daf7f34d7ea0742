/** Where runs live on disk. The project's folder owns `.fairwatt/`; where that cannot be written, a folder of the user's does. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { stateFolder } from "../config/home.node.ts";

const PROJECT_MARKS = ["fairwatt.toml", ".fairwatt", "pyproject.toml", ".git"];

/** The nearest folder upwards with a project file, a `.fairwatt/` or a `.git`; else `from` itself. */
export function findProjectFolder(from: string): string {
  let folder = path.resolve(from);
  for (;;) {
    if (PROJECT_MARKS.some((mark) => isProjectMark(folder, mark))) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return path.resolve(from);
    folder = parent;
  }
}

function isProjectMark(folder: string, mark: string): boolean {
  const file = path.join(folder, mark);
  if (mark !== "pyproject.toml") return fs.existsSync(file);
  try {
    return /^\s*\[tool\.fairwatt[\].]/m.test(fs.readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}

/** `<folder>/.fairwatt` */
export function fairwattFolder(folder: string): string {
  return path.join(folder, ".fairwatt");
}

/** Stand-in for a project's `.fairwatt` when that is read-only: one folder per project under the user's state folder. */
export function fallbackFairwattFolder(folder: string): string {
  const key = createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 16);
  return path.join(stateFolder(), key);
}

/** Every `.fairwatt` in which runs of this project can lie, the project's own first. */
export function fairwattFolders(folder: string): string[] {
  return [fairwattFolder(folder), fallbackFairwattFolder(folder)];
}

export const runsFolder = (fairwatt: string): string => path.join(fairwatt, "runs");
export const ledgerFolder = (fairwatt: string): string => path.join(fairwatt, "ledger");
/** Cache of the fold of a closed run, beside its journals. Deleting it loses nothing. */
export const SUMMARY_FILE = "summary.json";
/** Appended to by the measured command itself; its path is in the command's environment as FAIRWATT_MARKS. */
export const MARKS_FILE = "marks.jsonl";

/** Journal files of a run directory, absolute, sorted by name. Empty when it cannot be read. */
export function journalFiles(runDirectory: string): string[] {
  try {
    return fs
      .readdirSync(runDirectory)
      .filter((name) => name.endsWith(".jsonl"))
      .sort()
      .map((name) => path.join(runDirectory, name));
  } catch {
    return [];
  }
}
