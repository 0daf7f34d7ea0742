/** Where a new run is kept, and what measures it. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { ensureFairwattFolder } from "../config/fairwatt-folder.node.ts";
import { fairwattFolder, fallbackFairwattFolder, runsFolder } from "../energy/run-folder.node.ts";

export interface RunPlace {
  run: string;
  fairwatt: string;
  runDirectory: string;
  notice?: string;
}

/** The id that the editor asked for, so that it finds the run again; else a new one. */
export function newRunId(): string {
  const wanted = process.env.FAIRWATT_NEW_RUN_ID;
  return wanted && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(wanted) ? wanted : ulid();
}

/** The run's own directory: in the project, else in the user's state folder, else in a temporary one. */
export function createRunDirectory(folder: string, run = newRunId()): RunPlace {
  let why = "";
  for (const fairwatt of [fairwattFolder(folder), fallbackFairwattFolder(folder)]) {
    try {
      ensureFairwattFolder(fairwatt);
      const runDirectory = path.join(runsFolder(fairwatt), run);
      fs.mkdirSync(runDirectory, { recursive: true });
      const notice = why ? `${why}; this run is kept in ${fairwatt} instead` : undefined;
      return { run, fairwatt, runDirectory, notice };
    } catch (error) {
      why ||= `${fairwatt} cannot be written (${(error as NodeJS.ErrnoException).code})`;
    }
  }
  const fairwatt = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-"));
  const runDirectory = path.join(runsFolder(fairwatt), run);
  fs.mkdirSync(runDirectory, { recursive: true });
  return { run, fairwatt, runDirectory, notice: `${why}; this run is kept in ${fairwatt} only` };
}

/** Path of the sampler, which is built beside the command line. */
export function samplerEntry(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), "sampler.mjs");
}

/** The folder of the training hooks. It is not looked for: where it is missing, Python goes on without it. */
export function pythonHooks(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), "../data/python/hooks");
}
