// Set-up of a fresh clone, for `npm start`, `npm test` and `npm run vscode`: Node's version, the packages of
// package-lock.json, the build. Does only what is missing. Needs nothing but Node.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const OLDEST_NODE = 20;
const BUILT = ["dist/cli/fairwatt.cjs", "dist/cli/sampler.mjs", "dist/extension.js"];
const BUILT_FROM = ["src", "webview", "scripts/build.mjs", "package.json", "tsconfig.json"];

/** What went wrong, in words for the person at the terminal; needs no stack. */
export class SetUpError extends Error {}

/**
 * Makes the clone ready to run. A second call takes milliseconds.
 * @param {object} options
 * @param {string} options.root the repository
 * @param {(text: string) => void} [options.say] gets a line before each step that takes time
 * @throws {SetUpError}
 */
export async function setUp({ root, say = () => {} }) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE) {
    throw new SetUpError(
      `Fairwatt needs Node ${OLDEST_NODE} or newer, this is ${process.version}. Install it from https://nodejs.org and run this again.`,
    );
  }
  if (!packagesMatch(root)) {
    say("Installing the packages of package-lock.json (npm ci) ...");
    await npm(root, ["ci", "--no-audit", "--no-fund"]);
  }
  if (!isBuilt(root)) {
    say("Building into dist/ ...");
    const exitCode = await execute(process.execPath, ["scripts/build.mjs"], root);
    if (exitCode !== 0)
      throw new SetUpError(`The build failed (exit code ${exitCode}); its messages are above.`);
  }
}

/** Whether what npm wrote down as installed is what the lock file asks for. */
function packagesMatch(root) {
  try {
    const { packages: wanted } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
    const { packages: installed } = JSON.parse(
      readFileSync(path.join(root, "node_modules/.package-lock.json"), "utf8"),
    );
    // What is for another platform is not installed.
    return Object.entries(wanted).every(
      ([name, { version, integrity, optional, devOptional, peer }]) =>
        name === "" ||
        (installed[name]
          ? installed[name].version === version && installed[name].integrity === integrity
          : optional || devOptional || peer),
    );
  } catch {
    return false;
  }
}

/** Whether every output is at least as new as the newest source. */
function isBuilt(root) {
  const outputs = BUILT.map((file) => path.join(root, file));
  if (!outputs.every((file) => existsSync(file))) return false;
  const oldestOutput = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return Math.max(...BUILT_FROM.map((name) => newestIn(path.join(root, name)))) <= oldestOutput;
}

function newestIn(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newestIn(path.join(file, name))));
}

/** npm through the Node that runs this, so that no other version of it is found on the PATH. */
async function npm(root, args) {
  const script = process.env.npm_execpath;
  const byScript = script && /\.c?js$/.test(script) && path.basename(script).startsWith("npm");
  const exitCode = byScript
    ? await execute(process.execPath, [script, ...args], root)
    : await execute("npm", args, root, process.platform === "win32");
  if (exitCode === 0) return;
  throw new SetUpError(
    `npm ${args[0]} failed (exit code ${exitCode}). Its messages are above; \`npm ping\` tells whether the registry can be reached. Then run this again.`,
  );
}

function execute(program, args, cwd, shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, shell, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", (error) => reject(new SetUpError(`${program} cannot be started: ${error.message}`)));
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
}
