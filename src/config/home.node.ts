/** The user's own folders. */

import * as os from "node:os";
import * as path from "node:path";

/**
 * The user's folder. A container may run as a number that has neither HOME nor a name: then it is the top folder, as
 * container engines set it, where nothing can be written and nobody else can plant anything.
 */
export function homeFolder(): string {
  try {
    return os.homedir();
  } catch {
    return path.parse(process.cwd()).root;
  }
}

/** Fairwatt's own in the user's folder for state (XDG Base Directory Specification). */
export function stateFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.join(env.XDG_STATE_HOME || path.join(homeFolder(), ".local", "state"), "fairwatt");
}
