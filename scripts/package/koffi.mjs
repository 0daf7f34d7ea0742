// The one dependency that is not bundled: koffi calls the NVIDIA library and has a compiled part for each platform.
// What ships of it is what `require("koffi")` reads at run time, not its sources.
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** VS Code's name of a platform -> koffi's, and the folder of the binary in its package. */
export const TARGETS = {
  "linux-x64": { native: "linux-x64", folder: "linux_x64" },
  "linux-arm64": { native: "linux-arm64", folder: "linux_arm64" },
  "linux-armhf": { native: "linux-arm", folder: "linux_armhf" },
  "alpine-x64": { native: "linux-x64", folder: "musl_x64" },
  "alpine-arm64": { native: "linux-arm64", folder: "musl_arm64" },
  "darwin-x64": { native: "darwin-x64", folder: "darwin_x64" },
  "darwin-arm64": { native: "darwin-arm64", folder: "darwin_arm64" },
  "win32-x64": { native: "win32-x64", folder: "win32_x64" },
  "win32-arm64": { native: "win32-arm64", folder: "win32_arm64" },
};

const RUNTIME_FILES = [
  "package.json",
  "LICENSE.txt",
  "index.cjs",
  "src/koffi/index.cjs",
  "src/koffi/src/static.cjs",
];

/** @returns {string} the VS Code target of this machine, "linux-x64" for example */
export function currentTarget() {
  if (process.platform === "linux" && process.arch === "arm") return "linux-armhf";
  // Only glibc's Node reports a glibc version.
  const { glibcVersionRuntime } = /** @type {{header: Record<string, unknown>}} */ (
    process.report.getReport()
  ).header;
  const platform = process.platform === "linux" && !glibcVersionRuntime ? "alpine" : process.platform;
  return `${platform}-${process.arch}`;
}

/**
 * Puts koffi and its compiled part for `target` under `<stage>/node_modules`.
 * @param {string} root  the repository, with its dependencies installed
 * @param {string} stage
 * @param {string} target  a key of TARGETS
 * @throws {Error} when the compiled part is not installed and the npm registry does not give it
 */
export async function stageKoffi(root, stage, target) {
  const { native, folder } = TARGETS[target];
  const from = path.join(root, "node_modules", "koffi");
  await copyFiles(from, path.join(stage, "node_modules", "koffi"), RUNTIME_FILES);
  const name = `@koromix/koffi-${native}`;
  const installed = path.join(root, "node_modules", name);
  const files = ["package.json", "index.js", `${folder}/koffi.node`];
  const destination = path.join(stage, "node_modules", name);
  if ((await readdir(installed).catch(() => [])).includes(folder)) {
    await copyFiles(installed, destination, files);
    return;
  }
  const { optionalDependencies } = JSON.parse(await readFile(path.join(from, "package.json"), "utf8"));
  const scratch = await mkdtemp(path.join(tmpdir(), "fairwatt-koffi-"));
  try {
    await copyFiles(await download(`${name}@${optionalDependencies[name]}`, scratch), destination, files);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Gets a package from the npm registry, which checks its hash; resolves to the unpacked folder. */
async function download(specifier, scratch) {
  try {
    // On Windows npm is a batch file, which only a shell can start.
    await execute("npm", ["pack", "--silent", specifier], {
      cwd: scratch,
      shell: process.platform === "win32",
    });
    const [archive] = await readdir(scratch);
    await execute("tar", ["-xzf", archive], { cwd: scratch });
  } catch (error) {
    throw new Error(`${specifier} could not be had from the npm registry: ${error.message}`, {
      cause: error,
    });
  }
  return path.join(scratch, "package");
}

async function copyFiles(from, to, files) {
  for (const file of files) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await copyFile(path.join(from, file), path.join(to, file));
  }
}
