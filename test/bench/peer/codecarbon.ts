/** CodeCarbon's own program, which measures a command as ours does. */

import { programOf, VERSIONS } from "./pypi.ts";

export const VERSION = VERSIONS.codecarbon;

export interface Peer {
  version: string;
  python: string;
  /** Arguments that measure what follows once a second, on this machine alone: no network, no zone look-up. */
  monitor: readonly [program: string, ...args: string[]];
}

/** Installs it the first time. Throws where Python or PyPI is not there. */
export function codecarbon(root: string): Peer {
  return {
    version: VERSION,
    python: programOf(root, "codecarbon"),
    monitor: [
      programOf(root, "codecarbon", "codecarbon"),
      "monitor",
      "--measure-power-secs",
      "1",
      "--offline",
      "--country-iso-code",
      "FRA",
      "--no-api",
      "--log-level",
      "error",
      "--",
    ],
  };
}
