/** The files below some paths that a reader takes: without what git ignores, without following links into circles. */

import * as fs from "node:fs";
import * as path from "node:path";
import ignoreFactory, { type Ignore } from "ignore";
import { kindOf } from "./source-kind.ts";

/** Folders of tools: nothing in them is written by the project. */
const TOOL_FOLDERS = new Set(
  ".git .hg .svn .tox .nox .venv .mypy_cache .ruff_cache .pytest_cache .ipynb_checkpoints .fairwatt __pycache__ __pypackages__ node_modules".split(
    " ",
  ),
);

export interface Discovered {
  /** Absolute, in order, each once. */
  files: string[];
  /** What was named but cannot be looked at, and why. */
  problems: string[];
}

/** One .gitignore: its folder and what it says. */
type Rules = { folder: string; rules: Ignore };

/**
 * Files named directly are taken whatever git ignores; of folders, what a reader takes by its name. Links to folders below
 * them are not followed. `also`: further names to take from folders.
 */
export function discover(
  paths: readonly string[],
  also: (name: string) => boolean = () => false,
): Discovered {
  const files = new Set<string>();
  const problems: string[] = [];
  for (const named of paths) {
    const target = path.resolve(named);
    try {
      const stat = fs.statSync(target);
      if (stat.isFile()) files.add(target);
      else if (stat.isDirectory())
        walk(target, rulesAbove(target), (name) => couldBeOurs(name) || also(name), files);
      else problems.push(`${named}: neither a file nor a folder`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      problems.push(`${named}: ${code === "ENOENT" ? "there is no such file or folder" : code}`);
    }
  }
  return { files: [...files].sort(), problems };
}

function walk(
  folder: string,
  above: readonly Rules[],
  takes: (name: string) => boolean,
  files: Set<string>,
): void {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // not readable: as if it were not there, like git
  }
  const rules = entries.some((entry) => entry.name === ".gitignore") ? [...above, readRules(folder)] : above;
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (TOOL_FOLDERS.has(entry.name) || isIgnored(full, true, rules)) continue;
      if (fs.existsSync(path.join(full, "pyvenv.cfg"))) continue;
      walk(full, rules, takes, files);
    } else if (entry.isFile() && takes(entry.name) && !isIgnored(full, false, rules)) files.add(full);
  }
}

/** Files without an extension are looked into when they are read: a script may be one. */
function couldBeOurs(name: string): boolean {
  return kindOf({ path: name }) !== undefined || !name.includes(".");
}

/** Of folders above, up to the repository's root: none outside a repository. */
function rulesAbove(folder: string): Rules[] {
  const chain: string[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, ".git"))) {
      const exclude = { folder: at, rules: ignoreFactory().add(textOf(path.join(at, ".git/info/exclude"))) };
      return [exclude, ...(at === folder ? [] : [at, ...chain].map(readRules))];
    }
    if (path.dirname(at) === at) return [];
    if (at !== folder) chain.unshift(at);
  }
}

function readRules(folder: string): Rules {
  return { folder, rules: ignoreFactory().add(textOf(path.join(folder, ".gitignore"))) };
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The innermost .gitignore that says something of it decides, as git does. */
function isIgnored(file: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  let ignored = false;
  for (const { folder, rules: own } of rules) {
    const relative = path.relative(folder, file).split(path.sep).join("/");
    if (relative === "" || relative.startsWith("..")) continue;
    const verdict = own.test(isFolder ? `${relative}/` : relative);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}
