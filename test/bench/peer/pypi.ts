/** Peers from PyPI, each in an environment of its own that git ignores: what they need of each other's libraries differs. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** The newest of each when the bench was written. */
export const VERSIONS = {
  codecarbon: "3.3.2",
  zeus: "0.16.0",
  carbontracker: "2.4.7",
  eco2ai: "0.3.12",
} as const;

export type Tool = keyof typeof VERSIONS;

/** As they write themselves, with their version. */
export const NAMES: Record<Tool, string> = {
  codecarbon: `CodeCarbon ${VERSIONS.codecarbon}`,
  zeus: `Zeus ${VERSIONS.zeus}`,
  carbontracker: `carbontracker ${VERSIONS.carbontracker}`,
  eco2ai: `Eco2AI ${VERSIONS.eco2ai}`,
};

export const TOOLS = Object.keys(VERSIONS) as Tool[];

/**
 * What a peer needs besides, and does not say. Eco2AI imports pkg_resources, which newer setuptools no longer have, and writes text
 * into columns of numbers, at which newer pandas throws.
 */
const BESIDES: Partial<Record<Tool, readonly string[]>> = { eco2ai: ["setuptools<81", "pandas<3"] };

/** Path of a program of the environment, installed the first time. Throws where Python or PyPI is not there. */
export function programOf(root: string, tool: Tool, program = "python"): string {
  const cache = process.env.FAIRWATT_CACHE ?? path.join(root, ".cache");
  // CodeCarbon's was the first.
  const folder = path.join(cache, tool === "codecarbon" ? "bench-python" : `bench-${tool}`);
  const bin = (name: string) => path.join(folder, "bin", name);
  const version = VERSIONS[tool];
  const besides = BESIDES[tool] ?? [];
  const kept = path.join(folder, "besides.txt");
  const installed = () =>
    existsSync(bin("python")) &&
    (besides.length === 0 || (existsSync(kept) && readFileSync(kept, "utf8") === besides.join("\n"))) &&
    execFileSync(
      bin("python"),
      [
        "-c",
        `import importlib.metadata as m; print(next((d.version for d in m.distributions() if d.name == '${tool}'), ''))`,
      ],
      { encoding: "utf8" },
    ).trim() === version;
  if (!installed()) {
    execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: "inherit" });
    execFileSync(bin("pip"), ["install", "--quiet", `${tool}==${version}`, ...besides], { stdio: "inherit" });
    writeFileSync(kept, besides.join("\n"));
  }
  return bin(program);
}
