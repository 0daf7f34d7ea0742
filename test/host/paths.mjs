import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Where screenshots and result files of test runs are kept; git ignores it. */
export const RESULTS = path.join(REPOSITORY, "test", "results");

/** The folder for what tests download and keep. `FAIRWATT_CACHE` moves it, e.g. to share it between clones. */
export function cacheFolder() {
  return process.env.FAIRWATT_CACHE
    ? path.resolve(process.env.FAIRWATT_CACHE)
    : path.join(REPOSITORY, ".cache");
}

/**
 * @param {string} program  name of a program
 * @returns {string | undefined} its full path, if it is on the PATH
 */
export function onPath(program) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}
