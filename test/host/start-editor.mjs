import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { getEditor } from "./get-editor.mjs";
import { pageUrl } from "./page-url.mjs";
import { onPath } from "./paths.mjs";
import { killGroup, killMarked, MARK } from "./processes.mjs";
import { userSettings } from "./user-settings.mjs";

/** code-server's name for another extension gallery; an empty one keeps it from asking the network. */
const NO_GALLERY = "{}";
const START_TIMEOUT_MS = 60_000;

/**
 * @typedef {object} StartOptions
 * @property {import("./editor-versions.mjs").EditorVersion} version
 * @property {string} [workspace]  folder or `.code-workspace` file to open; none = an empty window
 * @property {string | string[]} [extensionDevelopmentPath]  extension folder(s) to load
 * @property {string} [extensionsDir]  folder of installed extensions; none = an empty one
 * @property {Record<string, unknown>} [userSettings]  the user's settings.json
 * @property {boolean} [trust]  false = Restricted Mode; default true
 * @property {Record<string, string>} [env]  more variables for the server and all it starts
 * @property {number} [port]  default: a free one
 * @property {(line: string) => void} [log]  gets what the server prints
 */

/**
 * @typedef {object} RunningEditor
 * @property {number} port
 * @property {string} vscode  full version, e.g. "1.139.1"
 * @property {string} dataDir  the server's data (logs in data/logs); removed by dispose
 * @property {(more?: import("./page-url.mjs").PageOptions) => string} url  the page to open; `more` adds to or
 *   replaces the workspace and extensions given at the start
 * @property {() => void} dispose  ends every process the editor started and removes its data
 */

/**
 * Starts a VS Code server with fresh data and waits until it listens.
 * @param {StartOptions} options
 * @returns {Promise<RunningEditor>}
 * @throws {Error} when it ends or stays silent for a minute; the message ends with what it printed
 */
export async function startEditor(options) {
  const editor = await getEditor(options.version);
  const dataDir = mkdtempSync(path.join(tmpdir(), "fairwatt-editor-"));
  const userDir = path.join(dataDir, "data", "User");
  mkdirSync(userDir, { recursive: true });
  const settings = userSettings(options.userSettings ?? {}, editor.vscode);
  writeFileSync(path.join(userDir, "settings.json"), JSON.stringify(settings, null, 2));

  const id = randomUUID();
  const args = serverArguments(editor, options, dataDir);
  // The kernel ends the server when this process is killed without a chance to do so itself.
  const guard = onPath("setpriv");
  const [program, ...rest] = [...(guard ? [guard, "--pdeathsig", "KILL"] : []), editor.node, ...args];
  const server = spawn(program, rest, {
    cwd: editor.root,
    detached: true, // a process group of its own, to be ended as one
    env: { ...process.env, EXTENSIONS_GALLERY: NO_GALLERY, ...options.env, [MARK]: id },
    stdio: ["ignore", "pipe", "pipe"],
  });

  const dispose = () => {
    process.off("exit", dispose);
    killGroup(server.pid);
    killMarked(id);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on("exit", dispose);
  try {
    const port = await listening(server, options.log);
    const url = (more = {}) => pageUrl(port, { ...options, ...more });
    return { port, vscode: editor.vscode, dataDir, url, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** @param {import("./get-editor.mjs").Editor} editor @param {StartOptions} options @param {string} dataDir */
function serverArguments(
  editor,
  { port = 0, trust = true, extensionsDir, extensionDevelopmentPath },
  dataDir,
) {
  // The driver also turns off what a person would see: notifications, for one. An installed extension does without.
  const driver = editor.smokeTestDriver && extensionDevelopmentPath !== undefined;
  return [
    editor.main,
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...["--server-data-dir", dataDir, "--telemetry-level", "off"],
    ...["--extensions-dir", extensionsDir ?? path.join(dataDir, "extensions")],
    ...["--without-connection-token", "--accept-server-license-terms"],
    ...(trust ? ["--disable-workspace-trust"] : []),
    ...(driver ? ["--enable-smoke-test-driver"] : []),
  ];
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @param {((line: string) => void) | undefined} log
 * @returns {Promise<number>} the port
 */
function listening(server, log) {
  let printed = "";
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ what) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${what}. It printed:\n${printed.slice(-4000)}`));
    };
    const timer = setTimeout(
      () => fail(`did not listen within ${START_TIMEOUT_MS / 1000} s`),
      START_TIMEOUT_MS,
    );
    const read = (/** @type {Buffer} */ chunk) => {
      log?.(String(chunk));
      if (printed.length > 100_000) return; // keep draining the pipe, keep no more
      printed += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("error", (error) => fail(`could not be started: ${error.message}`));
    server.once("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
  });
}
