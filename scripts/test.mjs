// `npm test`: set-up, then every check there is, then one line that counts them all.
//   --only unit,faults,...   run these stages only (checks, package, faults, editor, browser, unit, libraries, pages)
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const results = path.join(root, "test", "results");
const only = process.argv.includes("--only")
  ? new Set(process.argv[process.argv.indexOf("--only") + 1]?.split(","))
  : undefined;

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number }} Stage */
const VERSIONS = /** @type {const} */ (["1.139", "1.100"]);

/** @type {Stage[]} */
const stages = [];

const say = (text) => console.log(`\n=== ${text}`);

/** Runs a program with its output here, or written to `output`; resolves to its exit code. */
function execute(program, args, output) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: output ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    child.stdout?.on("data", output);
    child.stderr?.on("data", output);
    child.once("error", (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(signal ? 1 : code));
  });
}

const bin = (name) => path.join(root, "node_modules", ".bin", name);

const isWanted = (name) =>
  !only || only.has(name.split(" ")[0]) || (name === "package" && only.has("browser"));

async function stage(name, work) {
  if (!isWanted(name)) return;
  say(name);
  const started = Date.now();
  let counted = { passed: 0, failed: 0, skipped: 0 };
  try {
    counted = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counted = { passed: 0, failed: 1, skipped: 0 };
  }
  stages.push({ name, seconds: (Date.now() - started) / 1000, ...counted });
}

/**
 * Each check is a program whose exit code says it all.
 *
 * @param {(piece: Buffer) => void} output
 */
async function checks(output) {
  let passed = 0;
  let failed = 0;
  for (const [label, program, ...args] of [
    ["types", bin("tsc"), "--noEmit", "-p", "tsconfig.json"],
    ["format and lint", bin("biome"), "ci", "."],
    ["import rules", bin("depcruise"), "--config", ".dependency-cruiser.cjs", "src", "webview"],
  ]) {
    const code = await execute(program, args, output);
    output(Buffer.from(`${code === 0 ? "ok" : "FAILED"}: ${label}\n`));
    if (code === 0) passed++;
    else failed++;
  }
  return { passed, failed, skipped: 0 };
}

/** The extension as it ships: journeys install it. */
async function pack() {
  const code = await execute(process.execPath, ["scripts/package.mjs", "--quiet"]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** A vitest project, counted from its JSON report; a file that could not be loaded counts as one failure. */
async function vitest(project, output, workers = 1) {
  const report = path.join(results, `${project}.json`);
  rmSync(report, { force: true });
  const options = [
    `--maxWorkers=${workers}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  await execute(bin("vitest"), ["run", "--project", project, ...options], output);
  const {
    numPassedTests,
    numFailedTests,
    numPendingTests,
    numTodoTests = 0,
    success,
  } = JSON.parse(readFileSync(report, "utf8"));
  const failed = success ? numFailedTests : Math.max(1, numFailedTests);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

/** What computes, in its order. The last has both processors: what waits is through by then, or nearly. */
const COMPUTING = /** @type {const} */ ({
  checks,
  unit: (output) => vitest("unit", output),
  libraries: (output) => vitest("libraries", output),
  pages: (output) => vitest("pages", output, 2),
});

/**
 * Stages that compute, one after the other, beside what is done meanwhile; what they say is shown when they are asked for.
 *
 * @param {(keyof typeof COMPUTING)[]} names
 */
function startBeside(names) {
  const said = new Map(names.map((name) => [name, []]));
  const counted = new Map();
  let last = Promise.resolve();
  for (const name of names) {
    const done = last.then(async () => {
      const started = Date.now();
      const result = await COMPUTING[name]((piece) => said.get(name).push(piece));
      return { ...result, seconds: (Date.now() - started) / 1000 };
    });
    counted.set(name, done);
    last = done.catch(() => undefined); // told when asked for
  }
  return async (name) => {
    await counted.get(name)?.catch(() => undefined);
    process.stdout.write(Buffer.concat(said.get(name)));
    return counted.get(name);
  };
}

/**
 * What the network has to give is fetched while other stages compute: editors, libraries from PyPI. What goes wrong with it is
 * told by the stage that needs it and tries again.
 */
let editorsInstalled = Promise.resolve();

async function fetchAhead() {
  if (isWanted("editor")) editorsInstalled = installEditors().catch(() => undefined);
  if (!isWanted("libraries")) return;
  const { prepareLibraries } = await import("../test/python-libraries/environments.mjs");
  await prepareLibraries((text) => console.log(text));
}

async function installEditors() {
  const { getEditor } = await import("../test/host/get-editor.mjs");
  for (const version of VERSIONS) await getEditor(version);
}

async function editorSuites(version) {
  await editorsInstalled;
  const { runEditorSuites } = await import("./editor-suites.mjs");
  return runEditorSuites({ root, results, version });
}

// Where bytecode may not be written, each start of Python compiles its libraries anew.
delete process.env.PYTHONDONTWRITEBYTECODE;
mkdirSync(results, { recursive: true });
await setUp({ root, say: (text) => console.log(text) });
fetchAhead().catch(() => undefined);
// Before all that runs what was built: it builds anew.
await stage("package", pack);
// Faults, editors and journeys wait most of the time: what computes has a core beside them.
const computing = Object.keys(COMPUTING).filter(isWanted);
const beside = startBeside(computing);
await stage("faults", () => vitest("faults"));
for (const version of VERSIONS) await stage(`editor ${version}`, () => editorSuites(version));
await stage("browser", () => vitest("browser"));
for (const name of computing) await stage(name, () => beside(name));

say("result");
for (const { name, passed, failed, skipped, seconds } of stages) {
  const skips = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(
    `${name.padEnd(16)} ${String(passed).padStart(4)} passed, ${failed} failed${skips}  (${Math.round(seconds)} s)`,
  );
}
const sum = (key) => stages.reduce((total, each) => total + each[key], 0);
const skipped = sum("skipped");
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
