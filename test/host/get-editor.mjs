#!/usr/bin/env node
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { EDITOR_BUILDS, editorBuild } from "./editor-versions.mjs";
import { compileNative, InstallError, installWithoutScripts, unpackPackage } from "./install-steps.mjs";
import { cacheFolder } from "./paths.mjs";

/** Raise it when the steps below change, so that editors installed by older steps are installed anew. */
const RECIPE = 2;
const MARKER = "fairwatt-editor.json";
const NODE_GYP = "node-gyp@12.4.0";
const RIPGREP = "1.18.0";

/**
 * @typedef {object} Editor
 * @property {import("./editor-versions.mjs").EditorVersion} version
 * @property {string} vscode  full version, e.g. "1.139.1"
 * @property {string} root    the folder of the server build (holds product.json, extensions/, out/)
 * @property {string} main    the server's script
 * @property {string} node    the Node binary the server runs on
 * @property {boolean} smokeTestDriver  see EditorBuild
 */

/**
 * Gives a VS Code server build, installing it from npm the first time (a minute; 450 to 800 MB). Safe to call from
 * several processes at once: each installs into a folder of its own, and the first to finish is kept.
 * @param {import("./editor-versions.mjs").EditorVersion} version
 * @returns {Promise<Editor>}
 * @throws {InstallError} when this is not Linux, the registry is not reachable or a compiler is missing
 */
export async function getEditor(version) {
  const build = editorBuild(version);
  if (process.platform !== "linux") {
    throw new InstallError(
      `The server build of VS Code is set up for Linux only, this is ${process.platform}: let @vscode/test-electron download the desktop build.`,
    );
  }
  const editors = path.join(cacheFolder(), "editors");
  const folder = path.join(editors, version);
  const marker = JSON.stringify({
    recipe: RECIPE,
    codeServer: build.codeServer,
    node: build.node,
    arch: process.arch,
  });
  if (!(await isInstalled(folder, marker))) {
    const started = Date.now();
    console.log(
      `Installing VS Code ${build.vscode} (server build) into ${path.relative(".", folder) || folder} ...`,
    );
    await mkdir(editors, { recursive: true });
    const temporary = await mkdtemp(path.join(editors, `.${version}-`));
    try {
      await install(build, temporary);
      await writeFile(path.join(temporary, MARKER), marker);
      await keep(temporary, folder, marker);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    console.log(`Installed VS Code ${build.vscode} in ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  const root = path.join(folder, "server", "lib", "vscode");
  return {
    version,
    vscode: build.vscode,
    root,
    main: path.join(root, "out", "server-main.js"),
    node: path.join(folder, "node", "bin", "node"),
    smokeTestDriver: build.smokeTestDriver,
  };
}

/** @param {string} folder @param {string} marker */
async function isInstalled(folder, marker) {
  return (await readFile(path.join(folder, MARKER), "utf8").catch(() => "")) === marker;
}

/** Moves the finished installation to its place, unless another process was first. */
async function keep(temporary, folder, marker) {
  if (await isInstalled(folder, marker)) return;
  await rm(folder, { recursive: true, force: true });
  await rename(temporary, folder).catch(async (error) => {
    if (!(await isInstalled(folder, marker))) throw error;
  });
}

/** @param {import("./editor-versions.mjs").EditorBuild} build @param {string} folder */
async function install(build, folder) {
  const nodeFolder = path.join(folder, "node");
  const server = path.join(folder, "server");
  const tools = path.join(folder, "tools");
  await unpackPackage(`code-server@${build.codeServer}`, server);
  await unpackPackage(`node-linux-${process.arch}@${build.node}`, nodeFolder);
  const root = path.join(server, "lib", "vscode");
  await installWithoutScripts(root);
  // Built-in code looks for some modules under the name that a packed desktop build has.
  await symlink("node_modules", path.join(root, "node_modules.asar"));
  await installWithoutScripts(tools, [NODE_GYP, `@vscode/ripgrep-linux-${process.arch}@${RIPGREP}`]);
  await addRipgrep(root, tools);
  const nodeGyp = path.join(tools, "node_modules", "node-gyp", "bin", "node-gyp.js");
  for (const name of [...build.compile, ...build.tryCompile]) {
    await compileNative(path.join(root, "node_modules", name), { nodeFolder, nodeGyp }).catch((error) => {
      if (build.compile.includes(name)) throw error;
      console.warn(`VS Code ${build.vscode} goes without ${name}: ${error.message.split("\n")[0]}`);
    });
  }
}

/** Older builds fetch ripgrep (file search) in a script that needs another network; npm has the binary too. */
async function addRipgrep(root, tools) {
  const ripgrep = path.join(root, "node_modules", "@vscode", "ripgrep");
  if (!existsSync(ripgrep)) return;
  const binary = path.join(tools, "node_modules", "@vscode", `ripgrep-linux-${process.arch}`, "bin", "rg");
  await mkdir(path.join(ripgrep, "bin"), { recursive: true });
  await copyFile(binary, path.join(ripgrep, "bin", "rg"));
}

/** As a program: installs the builds named as arguments, or all, and prints the servers' scripts. */
async function main() {
  const wanted = process.argv.slice(2);
  for (const version of wanted.length > 0 ? wanted : EDITOR_BUILDS.map((build) => build.version)) {
    console.log((await getEditor(/** @type {never} */ (version))).main);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
