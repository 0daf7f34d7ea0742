// npm's `prepare`: makes dist/ where the package is installed from its repository, as pre-commit does, or packed.
// pre-commit installs globally, and npm passes that on to the step that should get the packages which build: they are
// missing then, and are got here.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(path.join(root, "node_modules/esbuild"))) {
  // Without their scripts: this one would be called again, and the build needs none.
  run("npm", ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"], {
    env: { ...process.env, npm_config_global: "false", npm_config_location: "project" },
    shell: process.platform === "win32",
  });
}
run(process.execPath, ["scripts/build.mjs", "--production"]);
