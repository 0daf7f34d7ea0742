/** CodeCarbon from PyPI, in an environment of its own that git ignores. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";

export const VERSION = "3.3.2";

export interface Peer {
  version: string;
  python: string;
  /** Arguments that measure what follows once a second, on this machine alone: no network, no zone look-up. */
  monitor: readonly [program: string, ...args: string[]];
}

/** Installs it the first time. Throws where Python or PyPI is not there. */
export function codecarbon(root: string): Peer {
  const folder = path.join(process.env.FAIRWATT_CACHE ?? path.join(root, ".cache"), "bench-python");
  const bin = (name: string) => path.join(folder, "bin", name);
  const installed = () =>
    existsSync(bin("codecarbon")) &&
    execFileSync(bin("python"), ["-c", "import importlib.metadata as m; print(m.version('codecarbon'))"], {
      encoding: "utf8",
    }).trim() === VERSION;
  if (!installed()) {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
    execFileSync(bin("pip"), ["install", "--quiet", `codecarbon==${VERSION}`], { stdio: "inherit" });
  }
  return {
    version: VERSION,
    python: bin("python"),
    monitor: [
      bin("codecarbon"),
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
