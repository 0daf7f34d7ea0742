/** Finds the files that a run wrote: those below its working folder whose last change falls into the run. */

import * as fs from "node:fs";
import * as path from "node:path";
import { homeFolder } from "../config/home.node.ts";
import type { Artefact } from "./entry.ts";
import { hashFile } from "./hash-file.node.ts";

export interface ArtefactLimits {
  /** Names in folders that are looked at. */
  entries: number;
  /** Bytes that are hashed in all. */
  bytes: number;
  /** Artefacts that are listed; the newest ones. */
  listed: number;
}

export const ARTEFACT_LIMITS: ArtefactLimits = { entries: 20_000, bytes: 2 * 1024 ** 3, listed: 1000 };

export interface FoundArtefacts {
  /** Sorted by path. */
  artefacts: Artefact[];
  /** Where a limit cut the search short, one sentence each. */
  notices: string[];
}

/** File systems keep times as coarsely as 2 s (FAT); Linux' own are up to 10 ms behind the clock. */
const LATE_MS = 2000;
const EARLY_MS = 10;
const SKIPPED_FOLDERS = new Set(["node_modules", "__pycache__", "site-packages"]);

interface Candidate {
  file: string;
  bytes: number;
  modified: number;
}

/**
 * Files below `cwd` changed between `fromMs` and `toMs` (Unix ms). Not looked into: hidden folders (.git, .fairwatt,
 * .venv, caches), node_modules, __pycache__, virtual environments; links are not followed. Never throws: a file that cannot
 * be read is listed with a note instead of its hash.
 */
export async function findArtefacts(
  cwd: string,
  fromMs: number,
  toMs: number,
  limits: ArtefactLimits = ARTEFACT_LIMITS,
): Promise<FoundArtefacts> {
  const notices: string[] = [];
  if (path.dirname(cwd) === cwd || cwd === homeFolder()) {
    return {
      artefacts: [],
      notices: [`files written were not looked for: ${cwd} is not a project's folder`],
    };
  }
  const { found, complete } = await walk(cwd, fromMs - EARLY_MS, toMs + LATE_MS, limits.entries);
  if (!complete) {
    notices.push(`files written were looked for among the first ${limits.entries} names below ${cwd} only`);
  }
  found.sort((a, b) => b.modified - a.modified);
  if (found.length > limits.listed) {
    notices.push(`${found.length} files were written; the newest ${limits.listed} are listed`);
    found.length = limits.listed;
  }
  // Small ones first, so that one huge file does not cost all others their hash.
  found.sort((a, b) => a.bytes - b.bytes);
  const artefacts: Artefact[] = [];
  let left = limits.bytes;
  for (const candidate of found) {
    const artefact = await describe(cwd, candidate, left, limits.bytes);
    if (artefact.sha256) left -= artefact.bytes;
    artefacts.push(artefact);
  }
  artefacts.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { artefacts, notices };
}

async function describe(cwd: string, candidate: Candidate, left: number, total: number): Promise<Artefact> {
  const name = path.relative(cwd, candidate.file).split(path.sep).join("/");
  if (candidate.bytes > left) {
    const note = `not hashed: more than ${Math.round(total / 1024 ** 2)} MiB were written in all`;
    return { path: name, bytes: candidate.bytes, note };
  }
  try {
    const { sha256, bytes } = await hashFile(candidate.file);
    return { path: name, bytes, sha256 };
  } catch (error) {
    const note = `could not be read (${(error as NodeJS.ErrnoException).code})`;
    return { path: name, bytes: candidate.bytes, note };
  }
}

/** Breadth first, so that what lies near the top is seen before the limit is reached. */
async function walk(cwd: string, fromMs: number, toMs: number, limit: number) {
  const found: Candidate[] = [];
  const folders = [cwd];
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    await new Promise((resolve) => setImmediate(resolve));
    for (const entry of namesIn(folder)) {
      if (++seen > limit) return { found, complete: false };
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!isSkipped(file, entry.name)) folders.push(file);
      } else if (entry.isFile()) {
        const stat = fs.lstatSync(file, { throwIfNoEntry: false });
        if (stat && stat.mtimeMs >= fromMs && stat.mtimeMs <= toMs) {
          found.push({ file, bytes: stat.size, modified: stat.mtimeMs });
        }
      }
    }
  }
  return { found, complete: true };
}

function namesIn(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function isSkipped(folder: string, name: string): boolean {
  return name.startsWith(".") || SKIPPED_FOLDERS.has(name) || fs.existsSync(path.join(folder, "pyvenv.cfg"));
}
