// `npm run vscode`: the example workspace with the extension loaded, in desktop VS Code where `code` is on the PATH,
// else in a VS Code server build at a local address, until Ctrl-C.
//   npm run vscode -- FOLDER    another folder than examples/credit
//   npm run vscode -- --server  the server build even where there is a desktop one
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onPath } from "../test/host/paths.mjs";
import { preparePython } from "./python-environment.mjs";
import { setUp } from "./setup.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const NEWEST = "1.139";
const say = (text) => console.log(text);

async function open() {
  const args = process.argv.slice(2);
  const workspace = path.resolve(
    args.find((argument) => !argument.startsWith("-")) ?? path.join(root, "examples", "credit"),
  );
  await setUp({ root, say });
  const python = await interpreter();
  const desktop = args.includes("--server") ? undefined : (onPath("code") ?? onPath("code.cmd"));
  if (desktop) return openDesktop(desktop, workspace, python);
  return openServer(workspace, python);
}

/** The example's Python; without one the editor opens all the same, and says so itself when a run is started. */
async function interpreter() {
  try {
    const { python, notes } = await preparePython({ root, say });
    for (const note of notes) say(note);
    return python;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function openDesktop(code, workspace, python) {
  if (python) say(`Python for the example (setting fairwatt.python.interpreter): ${python}`);
  say(`Opening ${path.relative(root, workspace) || workspace} in desktop VS Code with the extension loaded.`);
  return new Promise((resolve, reject) => {
    const child = spawn(code, ["--new-window", `--extensionDevelopmentPath=${root}`, workspace], {
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
}

async function openServer(workspace, python) {
  const { startEditor } = await import("../test/host/start-editor.mjs");
  const { linkExtension } = await import("../test/host/install-extension.mjs");
  const extensionsDir = mkdtempSync(path.join(os.tmpdir(), "fairwatt-extensions-"));
  linkExtension(root, extensionsDir);
  const editor = await startEditor({
    version: NEWEST,
    workspace,
    extensionsDir,
    userSettings: python ? { "fairwatt.python.interpreter": python } : {},
  });
  say(`VS Code ${editor.vscode} with the extension: open this address in a browser of this machine\n`);
  say(`  ${editor.url()}\n`);
  say("Ctrl-C ends it. Its settings are thrown away; the runs stay in the workspace.");
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, resolve);
  });
  editor.dispose();
  rmSync(extensionsDir, { recursive: true, force: true });
  return 0;
}

try {
  process.exitCode = await open();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
