/** Libraries that come before the system's in the processes of a run: what they make of a call is the fault. */

import { execFileSync } from "node:child_process";
import * as path from "node:path";

/** Compiles `<name>.c` beside this file into a folder; returns what loads it. */
export function preload({ folder }: { folder: string }, name: string): { LD_PRELOAD: string } {
  const library = path.join(folder, `${name}.so`);
  const source = path.join(import.meta.dirname, `${name}.c`);
  execFileSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
  return { LD_PRELOAD: library };
}
