import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { editorBuild } from "./editor-versions.mjs";
import { getEditor } from "./get-editor.mjs";
import { REPOSITORY } from "./paths.mjs";

/**
 * @typedef {object} SuitesOptions
 * @property {import("./editor-versions.mjs").EditorVersion} version
 * @property {string} suitesBundle  what `bundleEditorSuites()` made
 * @property {string} workspace  folder or `.code-workspace` file; suites may change it, so give a copy
 * @property {boolean} [trust]  default true; false = Restricted Mode, which only the server build can be put into
 * @property {string | string[]} [extensionDevelopmentPath]  default: this repository
 * @property {Record<string, string>} [env]  more variables for the extension host
 * @property {string} [grep]  only tests whose full title matches
 * @property {number} [timeoutSeconds]  for the whole run, default 300
 */

/**
 * @typedef {object} SuitesResult
 * @property {number} exitCode  0 = all passed
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{title: string, message: string}[]} failures
 * @property {number} seconds  from the call to the end, editor included
 */

/**
 * Runs the suites in a real VS Code through @vscode/test-electron: on Linux in the server build (see launcher.mjs),
 * elsewhere in the desktop build that test-electron downloads. `FAIRWATT_VSCODE` chooses a desktop build on any
 * machine: the path of its program, or "download".
 * @param {SuitesOptions} options
 * @returns {Promise<SuitesResult>}
 * @throws {Error} when the editor did not get as far as a result
 */
export async function runSuites(options) {
  const started = Date.now();
  const desktop = process.env.FAIRWATT_VSCODE ?? (process.platform === "linux" ? undefined : "download");
  const trust = options.trust ?? true;
  if (desktop && !trust) throw new Error("runTests always trusts the workspace of a desktop build.");
  const program = await editorProgram(options.version, desktop);

  const scratch = mkdtempSync(path.join(tmpdir(), "fairwatt-suites-"));
  const resultsFile = path.join(scratch, "results.json");
  try {
    const exitCode = await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: options.extensionDevelopmentPath ?? REPOSITORY,
      extensionTestsPath: options.suitesBundle,
      launchArgs: [options.workspace, ...(desktop ? [`--user-data-dir=${path.join(scratch, "user")}`] : [])],
      extensionTestsEnv: {
        ...options.env,
        FAIRWATT_EDITOR_VERSION: options.version,
        FAIRWATT_EDITOR_TIMEOUT: String(options.timeoutSeconds ?? 300),
        FAIRWATT_EXPECTED_VSCODE: editorBuild(options.version).vscode,
        FAIRWATT_RESULTS: resultsFile,
        FAIRWATT_TRUST: trust ? "1" : "0",
        ...(options.grep && { FAIRWATT_GREP: options.grep }),
      },
    }).catch((error) => /** @type {{code?: number}} */ (error).code ?? 1);
    return { exitCode, ...readResults(resultsFile, exitCode), seconds: (Date.now() - started) / 1000 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} the program that runTests starts */
async function editorProgram(version, desktop) {
  if (desktop === "download") return downloadAndUnzipVSCode(editorBuild(version).vscode);
  if (desktop) return desktop;
  await getEditor(version); // here, so that the suites' time limit does not hold the installation
  return path.join(REPOSITORY, "test", "host", "launcher.mjs");
}

/** @param {string} file @param {number} exitCode @returns {Omit<SuitesResult, "exitCode" | "seconds">} */
function readResults(file, exitCode) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(
      `The editor ended with ${exitCode} before the suites had a result (see its output above).`,
      { cause },
    );
  }
}
