/**
 * The temporary folder of everything that a process of vitest tests, and of the programs that its tests start. What they leave
 * there, or what is killed before it can clean up, goes with it.
 */

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

export default function setUp(): (() => void) | undefined {
  // Each project asks; they share one.
  if (process.env.FAIRWATT_TEMPORARY === String(process.pid)) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-"));
  // As the system's is: tests do things as another user there.
  chmodSync(folder, 0o1777);
  // The second is Windows's name for it.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, FAIRWATT_TEMPORARY: String(process.pid) });
  return () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Something still writes there: the tests are over, and have said how they went.
    }
  };
}
