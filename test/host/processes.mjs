import { readdirSync, readFileSync } from "node:fs";

/** Every process of an editor inherits this variable, with a value of its own per editor: see `killMarked`. */
export const MARK = "FAIRWATT_EDITOR_ID";

/**
 * Kills a process group at once.
 * @param {number | undefined} pid  its leader
 */
export function killGroup(pid) {
  if (!pid) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

/**
 * Kills what carries an editor's mark. Terminals have sessions of their own, so a program in one that ignores the
 * hang-up (a training run does) outlives the editor's process group; the environment is what still tells it.
 * @param {string} id  the mark's value
 */
export function killMarked(id) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (Number(pid) !== process.pid && environment(pid).includes(`${MARK}=${id}`))
        process.kill(Number(pid), "SIGKILL");
    } catch {
      // gone in the meantime, or another user's
    }
  }
}

/** @param {string} pid @returns {string[]} the environment a process was started with, as NAME=value */
function environment(pid) {
  return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
}
