/** Sizes of what is loaded and of what is installed. */

import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { checkPackage, LIMITS } from "../../scripts/package/check.mjs";
import type { Bench, Row } from "./row.ts";

const GROUP = "Sizes";
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** Packs the extension for this machine; where that is not possible (no README yet), there is no row and a word why. */
export const bench: Bench = async ({ root }) => {
  const packed = spawnSync(process.execPath, ["scripts/package.mjs", "--quiet"], {
    cwd: root,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(packed.stderr.trim());
  const { bytes, files } = await checkPackage(path.resolve(root, packed.stdout.trim()));
  const sum = (pattern: RegExp) =>
    files.filter((file) => pattern.test(file.path)).reduce((total, file) => total + file.bytes, 0);
  const row = (what: string, size: number, limit?: number): Row => ({
    group: GROUP,
    what,
    ours: kilobytes(size),
    ...(limit === undefined ? {} : { goal: `at most ${kilobytes(limit)}`, met: size <= limit }),
  });
  return [
    row("`dist/extension.js`", sum(/^dist\/extension\.js$/), LIMITS.extension),
    row("the packed extension for this platform", bytes, LIMITS.vsix),
    row("command line, all of it", sum(/^dist\/cli\//)),
    row("sampler's own entry", sum(/^dist\/cli\/sampler\.mjs$/)),
    row("dashboard page", sum(/^dist\/webview\/dashboard\.(js|css)$/)),
    row("compiled part of koffi", sum(/\.node$/)),
  ];
};
