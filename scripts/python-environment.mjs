// Prepares the Python that trains the example: a virtual environment in the cache folder, with
// scikit-learn where PyPI can be reached and the standard library alone where it cannot.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

const WINDOWS = process.platform === "win32";
const PROBE =
  "import json, sys; print(json.dumps({'version': list(sys.version_info[:3]), 'executable': sys.executable}))";
const IMPORT_CHECK = "import joblib, numpy, sklearn.linear_model";
export const UNREACHABLE =
  /connection|timed out|timeout|name resolution|getaddrinfo|name or service|unreachable|proxy|ssl/i;

/**
 * Finds Python 3.9 or newer and makes it ready to train the example. A second call is quick; what an
 * interrupted call left half done is made anew. Throws only where there is no usable Python at all.
 *
 * @param {object} options
 * @param {string} options.root the repository
 * @param {(text: string) => void} [options.say] receives one line of progress at a time
 * @param {NodeJS.ProcessEnv} [options.env] read for FAIRWATT_PYTHON and FAIRWATT_CACHE, passed on to Python
 * @param {number} [options.limitSeconds] for everything together
 * @returns {Promise<{python: string, variant: "scikit-learn" | "standard library", notes: string[]}>}
 */
export async function preparePython({ root, say = () => {}, env = process.env, limitSeconds = 300 }) {
  const deadline = Date.now() + limitSeconds * 1000;
  const system = await findPython(env);
  const requirements = path.join(root, "examples", "credit", "requirements.txt");
  const cache = path.resolve(env.FAIRWATT_CACHE || path.join(root, ".cache"));
  const folder = path.join(cache, "python");
  const key = createHash("sha256")
    .update(JSON.stringify([system.version, system.executable, await readFile(requirements, "utf8")]))
    .digest("hex");
  const job = { system, requirements, cache, folder, key, deadline, say, env: cleanEnvironment(env) };

  if ((await readMarker(job)) === "ready") {
    say(`Python ${system.version} with scikit-learn is ready.`);
    return { python: interpreterIn(folder), variant: "scikit-learn", notes: [] };
  }
  say(`Python ${system.version} found.`);
  try {
    await mkdir(cache, { recursive: true });
  } catch (error) {
    return useSystem(job, `The cache folder cannot be written (${error.code})`);
  }
  const release = await takeTurn(`${folder}.lock`, deadline, limitSeconds, say);
  if (!release) return useSystem(job, "Another process is still preparing the Python environment");
  try {
    return await build(job);
  } finally {
    await release();
  }
}

/** Makes the environment, installs the packages and says in the marker how far it came. */
async function build(job) {
  const { folder, system, say } = job;
  const python = interpreterIn(folder);
  const ready = { python, variant: "scikit-learn", notes: [] };
  const state = await readMarker(job);
  if (state === "ready") return ready; // The process we waited for has done the work.
  if (state !== "bare") {
    say("Making a virtual environment for the example.");
    await removeFolder(folder);
    const made = await run(system.executable, ["-m", "venv", folder], job);
    if (made.code !== 0 || !existsSync(python)) {
      await removeFolder(folder);
      return useSystem(job, `A virtual environment could not be made (${venvReason(made)})`);
    }
  }
  // Without a marker, an install that is interrupted from here on counts as never begun.
  await rm(markerIn(folder), { force: true });
  say("Installing scikit-learn from PyPI, once.");
  const options = ["--only-binary", ":all:", "--timeout", "15", "--retries", "1", "--progress-bar", "off"];
  const args = ["-m", "pip", "install", ...options, "-r", job.requirements];
  const installed = await run(python, args, job, (line) => {
    const download = /^\s*Downloading (?:\S*\/)?([\w.]+)-\S+\.whl \((.+)\)/.exec(line);
    if (download) say(`Downloading ${download[1]} (${download[2]}).`);
  });
  if (installed.code !== 0) {
    const halfDone = installed.output.includes("Installing collected packages");
    if (halfDone) return useSystem(job, pipReason(installed));
    await writeMarker(job, "bare");
    return standardLibrary(job, python, pipReason(installed));
  }
  const works = await run(python, ["-c", IMPORT_CHECK], job);
  if (works.code !== 0) return useSystem(job, "scikit-learn was installed but cannot be imported");
  await writeMarker(job, "ready");
  say("scikit-learn is installed.");
  return ready;
}

/** Tries the usual names; a Python that FAIRWATT_PYTHON names is taken at its word, or refused. */
export async function findPython(env) {
  const chosen = env.FAIRWATT_PYTHON;
  const usual = [["python3"], ["python"], ...(WINDOWS ? [["py", "-3"]] : [])];
  const tooOld = [];
  for (const [command, ...args] of chosen ? [[chosen]] : usual) {
    const answer = await run(command, [...args, "-c", PROBE], { env, deadline: Date.now() + 20_000 });
    const found = answer.code === 0 ? parseProbe(answer.output) : undefined;
    if (!found) continue;
    const [major, minor] = found.version;
    const python = { version: found.version.join("."), executable: found.executable || command };
    if (major > 3 || (major === 3 && minor >= 9)) return python;
    tooOld.push(`Python ${python.version} (${python.executable})`);
  }
  const looked = chosen ? `FAIRWATT_PYTHON (${chosen})` : usual.map((words) => words.join(" ")).join(", ");
  const seen = tooOld.length > 0 ? `only ${tooOld.join(" and ")}` : "none that runs";
  throw new Error(
    `The example needs Python 3.9 or newer. Looked for ${looked}: found ${seen}. ` +
      "Install Python from python.org or with your package manager, " +
      "or set the environment variable FAIRWATT_PYTHON to the path of a Python.",
  );
}

function parseProbe(output) {
  try {
    return JSON.parse(output.trim().split("\n").at(-1));
  } catch {
    return undefined; // Something else answers to that name.
  }
}

/** Falls back to the interpreter that was found, and to its own scikit-learn where it has one. */
async function useSystem(job, reason) {
  const python = job.system.executable;
  const own = await run(python, ["-c", IMPORT_CHECK], { ...job, deadline: Date.now() + 30_000 });
  if (own.code !== 0) return standardLibrary(job, python, reason);
  const note = `${reason}: the example uses the scikit-learn of the system's Python.`;
  job.say(note);
  return { python, variant: "scikit-learn", notes: [note] };
}

function standardLibrary({ say }, python, reason) {
  const note = `${reason}: the example trains with the standard library instead of scikit-learn.`;
  say(note);
  return { python, variant: "standard library", notes: [note] };
}

function venvReason({ output, timedOut }) {
  if (timedOut) return "it took too long";
  if (/ensurepip|No module named '?venv/i.test(output)) {
    return "Python's venv or ensurepip is missing; on Debian and Ubuntu, install python3-venv";
  }
  return lastLine(output) || "no reason given";
}

function pipReason({ output, timedOut }) {
  if (timedOut) return "Installing scikit-learn took too long";
  if (UNREACHABLE.test(output)) return "PyPI could not be reached";
  const errors = output.split("\n").filter((line) => line.startsWith("ERROR:"));
  return `pip could not install scikit-learn (${lastLine(errors.join("\n") || output) || "no reason given"})`;
}

function lastLine(text) {
  return (text.trim().split("\n").at(-1) ?? "").trim().slice(0, 200);
}

/**
 * Settings meant for another Python would lead the packages astray; where pip finds them is kept. What is imported for a check
 * may leave its bytecode: without, each start of Python compiles the libraries anew.
 */
export function cleanEnvironment(env) {
  const clean = { ...env, PYTHONNOUSERSITE: "1", PIP_USER: "0", PIP_NO_INPUT: "1" };
  clean.PIP_DISABLE_PIP_VERSION_CHECK = "1";
  for (const name of ["PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"]) delete clean[name];
  for (const name of ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"]) delete clean[name];
  return clean;
}

export const interpreterIn = (folder) =>
  path.join(folder, ...(WINDOWS ? ["Scripts", "python.exe"] : ["bin", "python"]));
const markerIn = (folder) => path.join(folder, "fairwatt.json");

/** Tries again where a process that was just killed still writes its last files. */
export const removeFolder = (folder) =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

/** "ready" with packages, "bare" without, undefined where the environment must be made anew. */
async function readMarker({ folder, key }) {
  try {
    const marker = JSON.parse(await readFile(markerIn(folder), "utf8"));
    return marker.key === key && existsSync(interpreterIn(folder)) ? marker.state : undefined;
  } catch {
    return undefined;
  }
}

async function writeMarker({ folder, key }, state) {
  await writeFile(markerIn(folder), `${JSON.stringify({ state, key })}\n`);
}

/** Waits until no other process prepares the same folder; undefined where that takes too long. */
export async function takeTurn(lock, deadline, limitSeconds, say) {
  for (let waited = false; Date.now() < deadline; waited = true) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
      return () => rm(lock, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (await isAbandoned(lock, limitSeconds)) {
      await rm(lock, { force: true });
      continue;
    }
    if (!waited) say("Waiting for another process that prepares the same Python environment.");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return undefined;
}

async function isAbandoned(lock, limitSeconds) {
  try {
    const owner = await readFile(lock, "utf8");
    if (Date.now() - (await stat(lock)).mtimeMs > limitSeconds * 1000) return true;
    if (owner !== "") process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Runs a command until it ends or the deadline passes; never throws. */
export function run(command, args, { env, deadline }, onLine = () => {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let output = "";
    const end = (code, timedOut = false) => {
      clearTimeout(timer);
      resolve({ code, output, timedOut });
    };
    const timer = setTimeout(
      () => {
        child.kill("SIGKILL");
        child.stdout.destroy();
        child.stderr.destroy();
        end(null, true);
      },
      Math.max(0, deadline - Date.now()),
    );
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output = (output + text).slice(-60_000);
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(onLine);
      });
    }
    child.on("error", () => end(null));
    child.on("close", (code) => end(code));
  });
}
