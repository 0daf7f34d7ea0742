import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/** npm flags of every call: say nothing but errors, keep out of the user's way. */
const QUIET = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];

/** A step of the installation failed. `cause` is the error of the program that was run. */
export class InstallError extends Error {
  name = "InstallError";
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv, doing: string}} options  `doing` names the step for errors
 * @returns {Promise<string>} its standard output
 * @throws {InstallError} when it cannot be started or fails; the message ends with what it printed last
 */
export async function runStep(program, args, { cwd, env = process.env, doing }) {
  try {
    const { stdout } = await execFileAsync(program, args, { cwd, env, maxBuffer: 64 << 20 });
    return stdout;
  } catch (cause) {
    const printed = `${cause.stderr ?? ""}${cause.stdout ?? ""}`.trim().split("\n").slice(-15).join("\n");
    const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(printed);
    const advice = offline
      ? "\nThe npm registry is not reachable: check the network and `npm config get registry`."
      : "";
    throw new InstallError(`${doing} failed: ${cause.message.split("\n")[0]}\n${printed}${advice}`, {
      cause,
    });
  }
}

/**
 * Puts the files of one npm package into a folder: no dependencies, no scripts.
 * @param {string} spec  `name@version`
 * @param {string} folder  is created
 */
export async function unpackPackage(spec, folder) {
  const download = `${folder}.download`;
  await mkdir(download, { recursive: true });
  await mkdir(folder, { recursive: true });
  await runStep("npm", ["pack", spec, "--silent", ...QUIET], { cwd: download, doing: `Downloading ${spec}` });
  const [archive] = await readdir(download);
  await runStep("tar", ["xzf", path.join(download, archive), "--strip-components=1"], {
    cwd: folder,
    doing: `Unpacking ${spec}`,
  });
  await rm(download, { recursive: true });
}

/**
 * Installs packages without running their scripts: those of the editor need compilers and headers it can do without.
 * @param {string} folder  holds, or gets, a package.json
 * @param {string[]} [specs]  `name@version`; none = what package.json and its lock ask for
 */
export async function installWithoutScripts(folder, specs = []) {
  await mkdir(folder, { recursive: true });
  // Without a package.json here npm would take the nearest one above, which is the project's own.
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) await writeFile(manifest, '{ "private": true }\n');
  await runStep(
    "npm",
    ["install", "--prefix", folder, "--ignore-scripts", "--omit=dev", ...QUIET, ...specs],
    {
      cwd: folder,
      doing: `Installing ${specs.join(", ") || `the dependencies in ${path.basename(folder)}`}`,
    },
  );
}

/**
 * Compiles one native package in place.
 * @param {string} folder  the package's folder
 * @param {{nodeFolder: string, nodeGyp: string}} tools  Node's package (binary and headers), node-gyp's script
 */
export async function compileNative(folder, { nodeFolder, nodeGyp }) {
  const bin = path.join(nodeFolder, "bin");
  await runStep(path.join(bin, "node"), [nodeGyp, "rebuild", `--nodedir=${nodeFolder}`, "-j", "max"], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    doing: `Compiling ${path.basename(folder)} (needs a C++ compiler, make and Python 3)`,
  });
}
