/** One process at a time closes a run. The system removes nothing when a process is killed, so a dead one's lock is taken over. */

import * as fs from "node:fs";
import * as path from "node:path";
import { hostName, processIsSame, processStart } from "../energy/process-identity.node.ts";

const LOCK_FILE = "closing.lock";
/** A lock of another host, or an unreadable one, is believed for this long; closing takes seconds. */
const BELIEVED_MS = 10 * 60_000;

/**
 * Runs `work` while holding the lock of `runDirectory`; "busy" when another process holds it.
 * Throws the system's error when the directory cannot be written, and what `work` throws.
 */
export async function whileClosing<T>(runDirectory: string, work: () => Promise<T>): Promise<T | "busy"> {
  const file = path.join(runDirectory, LOCK_FILE);
  if (!take(file) && !(isAbandoned(file) && removeAndTake(file))) return "busy";
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  const holder = { host: hostName(), pid: process.pid, pidStart: processStart(process.pid) };
  try {
    fs.writeFileSync(file, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // On a full disk the empty file is there, and would lock everyone out.
    fs.rmSync(file, { force: true });
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const holder = JSON.parse(fs.readFileSync(file, "utf8")) as {
      host?: string;
      pid?: number;
      pidStart?: number;
    };
    if (holder.host === hostName() && typeof holder.pid === "number") {
      return !processIsSame(holder.pid, holder.pidStart);
    }
  } catch {
    // Torn by a full disk or just being written: its age decides.
  }
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined || Date.now() - stat.mtimeMs > BELIEVED_MS;
}

/** Renaming first: of several that see the same abandoned lock, one succeeds. */
function removeAndTake(file: string): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    fs.rmSync(aside, { force: true });
  } catch {
    return false;
  }
  return take(file);
}
