/** Ends this process where Node's own exit cannot: a thread waits for a disk that does not answer, a terminal is gone. */

import { createRequire } from "node:module";

/** Node's own exit first waits for all threads of its pool, and aborts where it cannot restore a terminal. The system's does not. */
export function exitNow(code: number): never {
  try {
    if (process.platform !== "win32") {
      const koffi = createRequire(import.meta.url)("koffi") as typeof import("koffi");
      koffi.load(null).func("void _exit(int)")(code);
    }
  } catch {
    // Without koffi Node's own has to do.
  }
  process.exit(code);
}
