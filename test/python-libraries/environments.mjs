// The real libraries from PyPI, each in an environment of its own (they cannot share one), kept in the cache folder.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  cleanEnvironment,
  findPython,
  interpreterIn,
  removeFolder,
  run,
  takeTurn,
  UNREACHABLE,
} from "../../scripts/python-environment.mjs";
import { cacheFolder } from "../host/paths.mjs";

/** What pip gets, wheels only. Aequitas 1.1 and newer needs no torch for an audit; before, importing it did. */
export const REQUIREMENTS = {
  // With shap, for reasons by a model itself.
  fairlearn: ["fairlearn>=0.12,<0.16", "shap>=0.46,<1"],
  aif360: ["aif360==0.6.1", "matplotlib>=3.7,<4"],
  aequitas: ["aequitas>=1.1,<1.2"],
  // For the training hooks. xgboost-cpu is XGBoost without its 200 MB for GPUs; Keras computes with JAX, whose wheel is made
  // for processors.
  training: [
    "scikit-learn>=1.6,<2",
    "xgboost-cpu>=3,<4",
    "lightgbm>=4.5,<5",
    "tqdm>=4.66,<5",
    "keras>=3.8,<4",
    "jax>=0.5,<1",
  ],
  // Lightning and transformers without torch, whose wheels for Linux hold or load 1.2 GB for GPUs, and cannot be imported
  // without: test/fixtures/python-frameworks/loops runs their real loops without it.
  trainers: ["transformers>=5,<6", "lightning-utilities>=0.15,<1", "fsspec"],
};
/** What is got without what it depends on, which is torch. */
const ALONE = { trainers: ["lightning>=2.5,<3", "torchmetrics>=1.8,<2"] };
const IMPORTS = {
  fairlearn: "import fairlearn.metrics, fairlearn.reductions, fairlearn.postprocessing, shap",
  aif360: "import aif360.metrics, aif360.sklearn.metrics",
  aequitas: "import aequitas",
  trainers: "import transformers, lightning_utilities",
  training: "import h5py, jaxlib, lightgbm, sklearn.ensemble, tqdm, xgboost",
};
/** Installs much quicker than pip; pip does it where uv cannot. */
const UV = "uv>=0.5,<1";
const LIMIT_SECONDS = 400;

/** @typedef {keyof typeof REQUIREMENTS} EnvironmentName */

/**
 * Makes what is missing; a second call takes milliseconds. An interrupted one is begun anew.
 *
 * @param {(text: string) => void} say  gets a line before each step that takes time
 * @returns {Promise<Record<EnvironmentName, string>>} the interpreter of each library's environment
 * @throws {Error} that says what to do, where PyPI cannot be reached or a library cannot be installed
 */
export async function prepareLibraries(say) {
  const deadline = Date.now() + LIMIT_SECONDS * 1000;
  const system = await findPython(process.env);
  const root = path.join(cacheFolder(), "libraries");
  const job = { system, root, deadline, say, env: cleanEnvironment(process.env) };
  /** @type {Record<string, string>} */
  const interpreters = {};
  /** @type {EnvironmentName[]} */
  const absent = [];
  for (const name of /** @type {EnvironmentName[]} */ (Object.keys(REQUIREMENTS))) {
    interpreters[name] = interpreterIn(path.join(root, name));
    if (!(await isReady(job, name))) absent.push(name);
  }
  if (absent.length > 0) {
    await mkdir(root, { recursive: true });
    const release = await takeTurn(path.join(root, "lock"), deadline, LIMIT_SECONDS, say);
    if (!release)
      throw new Error("Another process is still installing the Python libraries; run this again.");
    try {
      const tools = await makeTools(job);
      for (const name of absent) if (!(await isReady(job, name))) await install(job, name, tools);
    } finally {
      await release();
    }
  }
  return /** @type {Record<EnvironmentName, string>} */ (interpreters);
}

const markerOf = ({ root }, name) => path.join(root, name, "fairwatt.json");
const keyOf = ({ system }, name) =>
  createHash("sha256")
    .update(
      JSON.stringify([
        system.version,
        system.executable,
        REQUIREMENTS[name],
        ...(ALONE[name] ? [ALONE[name]] : []),
      ]),
    )
    .digest("hex");

async function isReady(job, name) {
  try {
    return JSON.parse(await readFile(markerOf(job, name), "utf8")).key === keyOf(job, name);
  } catch {
    return false;
  }
}

/** An environment with pip, and uv where it can be had. */
async function makeTools({ root, system, say, ...job }) {
  const folder = path.join(root, "tools");
  const python = interpreterIn(folder);
  const uv = path.join(path.dirname(python), process.platform === "win32" ? "uv.exe" : "uv");
  if (existsSync(uv)) return { python, uv };
  say(`Making an environment with pip and uv (Python ${system.version}).`);
  await removeFolder(folder);
  const made = await run(system.executable, ["-m", "venv", folder], job);
  if (made.code !== 0)
    throw new Error(
      `Python's venv does not work (${lastLine(made.output)}); on Debian and Ubuntu, install python3-venv.`,
    );
  const installed = await run(python, ["-m", "pip", "install", ...PIP_OPTIONS, UV], job);
  return { python, uv: installed.code === 0 ? uv : undefined };
}

const PIP_OPTIONS = ["--quiet", "--only-binary", ":all:", "--timeout", "15", "--retries", "1"];

async function install(job, name, { python: pip, uv }) {
  const { root, system, say } = job;
  const folder = path.join(root, name);
  const python = interpreterIn(folder);
  say(`Installing ${REQUIREMENTS[name].join(", ")} from PyPI into an environment of its own, once.`);
  await removeFolder(folder);
  const bare = await run(system.executable, ["-m", "venv", "--without-pip", folder], job);
  if (bare.code !== 0) throw new Error(`An environment could not be made (${lastLine(bare.output)}).`);
  const env = { ...job.env, UV_CACHE_DIR: path.join(root, "uv-cache"), UV_NO_PROGRESS: "1" };
  // uv does not read pip's settings; an index that they name is passed on.
  if (env.PIP_INDEX_URL && !env.UV_DEFAULT_INDEX) env.UV_DEFAULT_INDEX = env.PIP_INDEX_URL;
  const attempts = [[pip, ["-m", "pip", "--python", python, "install", ...PIP_OPTIONS]]];
  if (uv) attempts.unshift([uv, ["pip", "install", "--quiet", "--only-binary", ":all:", "--python", python]]);
  let output = "";
  for (const [program, args] of attempts) {
    let installed = await run(program, [...args, ...REQUIREMENTS[name]], { ...job, env });
    if (installed.code === 0 && ALONE[name])
      installed = await run(program, [...args, "--no-deps", ...ALONE[name]], { ...job, env });
    output = installed.output;
    if (installed.code !== 0) continue;
    const works = await run(python, ["-c", IMPORTS[name]], { ...job, env });
    if (works.code !== 0)
      throw new Error(`${name} was installed and cannot be imported (${lastLine(works.output)}).`);
    await writeFile(markerOf(job, name), `${JSON.stringify({ key: keyOf(job, name) })}\n`);
    await rm(env.UV_CACHE_DIR, { recursive: true, force: true });
    return;
  }
  throw new Error(
    UNREACHABLE.test(output)
      ? `PyPI could not be reached, and the tests need ${name} from there (${lastLine(output)}). Check the network, then run this again.`
      : `${name} could not be installed with Python ${system.version} (${lastLine(output)}). FAIRWATT_PYTHON names another Python; Aequitas needs 3.10 or newer.`,
  );
}

const lastLine = (text) => (text.trim().split("\n").at(-1) ?? "").trim().slice(0, 300) || "no reason given";
