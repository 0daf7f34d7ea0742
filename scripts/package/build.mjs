import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Builds dist/ anew for production, so that nothing of an earlier build is left in it; dist/package stays.
 * @param {string} root  the repository
 * @throws {Error} when the build fails; its output says why
 */
export function buildForProduction(root) {
  const dist = path.join(root, "dist");
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    if (name !== "package") rmSync(path.join(dist, name), { recursive: true, force: true });
  }
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs", "--production"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the build failed");
}
