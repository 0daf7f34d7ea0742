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

/** @typedef {{ title: string, message: string }} Failure */
/** @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Counted */
/** @typedef {Counted & { name: string, seconds: number }} Stage */
const VERSIONS = /** @type {const} */ (["1.139", "1.100"]);

/** @type {Stage[]} */
const stages = [];

/** Of a failure, at the very end: without the test runner's own frames; all of it is in its stage's output. */
const shortened = (message) =>
  message
    .split("\n")
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .slice(0, 12)
    .join("\n");

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
  /** @type {Counted} */
  let counted;
  try {
    counted = await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    counted = { passed: 0, failed: 1, skipped: 0, failures: [{ title: "the stage itself", message }] };
  }
  stages.push({ name, seconds: (Date.now() - started) / 1000, ...counted });
}

/**
 * Each check is a program whose exit code says it all.
 *
 * @param {(piece: Buffer) => void} output
 */
async function checks(output) {
  const failures = [];
  let passed = 0;
  for (const [label, program, ...args] of [
    ["types", bin("tsc"), "--noEmit", "-p", "tsconfig.json"],
    ["format and lint", bin("biome"), "ci", "."],
    ["import rules", bin("depcruise"), "--config", ".dependency-cruiser.cjs", "src", "webview"],
  ]) {
    const code = await execute(program, args, output);
    output(Buffer.from(`${code === 0 ? "ok" : "FAILED"}: ${label}\n`));
    if (code === 0) passed++;
    else failures.push({ title: label, message: "what is wrong is above, in the output of the checks" });
  }
  return { passed, failed: failures.length, skipped: 0, failures };
}

/** The extension as it ships: journeys install it. */
async function pack() {
  const code = await execute(process.execPath, ["scripts/package.mjs", "--quiet"]);
  if (code !== 0) throw new Error("the extension could not be packed");
  return { passed: 1, failed: 0, skipped: 0, failures: [] };
}

/** A stage of vitest, of the project with its name unless another is named (or several, by a pattern), counted from its JSON report; a file that could not be loaded counts as one failure. */
async function vitest(name, output, { workers = 1, project = name } = {}) {
  const report = path.join(results, `${name}.json`);
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
    testResults,
  } = JSON.parse(readFileSync(report, "utf8"));
  const failures = testResults.flatMap(failuresOf);
  // A file that could not be loaded has failed without a test.
  const failed = Math.max(numFailedTests, failures.length);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, failures };
}

/** Of a file of tests; one that could not be loaded has no tests, only a message. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const failures = assertionResults
    .filter((test) => test.status === "failed")
    .map(({ fullName, failureMessages }) => ({ title: `${file}: ${fullName}`, message: failureMessages[0] }));
  return failures.length === 0 && status === "failed" ? [{ title: file, message }] : failures;
}

/** What computes, in its order. The last has both processors: what waits is through by then, or nearly. */
const COMPUTING = /** @type {const} */ ({
  checks,
  unit: (output) => vitest("unit", output, { project: "unit*" }),
  libraries: (output) => vitest("libraries", output),
  pages: (output) => vitest("pages", output, { workers: 2 }),
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
for (const { name, failures } of stages)
  for (const { title, message } of failures)
    console.log(`\nFAILED in ${name}: ${title}\n${shortened(message)}`);
const sum = (key) => stages.reduce((total, each) => total + each[key], 0);
const skipped = sum("skipped");
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
