#!/usr/bin/env node
/**
 * Stands in for the desktop program of VS Code in `runTests` of @vscode/test-electron (`vscodeExecutablePath`): takes
 * the same arguments, runs the same suites in the server build inside headless Chromium, ends with their exit code.
 *
 * Variables: FAIRWATT_EDITOR_VERSION ("1.139" or "1.100"), FAIRWATT_TRUST ("0" = Restricted Mode),
 * FAIRWATT_EDITOR_TIMEOUT (seconds for all, default 300), FAIRWATT_EDITOR_VERBOSE ("1" = the server's output too).
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isEditorNoise, logText } from "./editor-log.mjs";
import { linkExtension } from "./install-extension.mjs";
import { launcherArguments } from "./launcher-arguments.mjs";
import { openBrowser } from "./open-browser.mjs";
import { RESULTS } from "./paths.mjs";
import { startEditor } from "./start-editor.mjs";

const LAUNCH_FAILED = 70; // EX_SOFTWARE: not the suites' result
const version = /** @type {never} */ (process.env.FAIRWATT_EDITOR_VERSION ?? "1.139");
const seconds = Number(process.env.FAIRWATT_EDITOR_TIMEOUT ?? 300);
const verbose = process.env.FAIRWATT_EDITOR_VERBOSE === "1";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(130));

/** @returns {Promise<number>} the suites' exit code */
async function runSuites() {
  const { extensionDevelopmentPath: extensions, ...options } = launcherArguments(process.argv.slice(2));
  // The page takes one extension under test; what it is tested with is installed.
  const [underTest, ...others] = extensions;
  const extensionsDir = mkdtempSync(path.join(tmpdir(), "fairwatt-extensions-"));
  process.on("exit", () => rmSync(extensionsDir, { recursive: true, force: true }));
  for (const other of others) linkExtension(other, extensionsDir);
  const editor = await startEditor({
    ...options,
    extensionDevelopmentPath: underTest,
    extensionsDir,
    version,
    trust: process.env.FAIRWATT_TRUST !== "0",
    log: verbose ? (text) => process.stderr.write(text) : undefined,
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.exposeFunction(
      "codeAutomationLog",
      (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
        const text = logText(args);
        if (verbose || !isEditorNoise(text)) console.log(text);
      },
    );
    /** @type {Promise<number>} */
    const finished = new Promise((resolve) => {
      page.exposeFunction("codeAutomationExit", resolve).then(() => page.goto(editor.url(options)));
      page.once("crash", () => {
        console.error("The editor's page crashed.");
        resolve(LAUNCH_FAILED);
      });
    });
    const timeout = new Promise((resolve) => setTimeout(resolve, seconds * 1000, "timeout"));
    const result = await Promise.race([finished, timeout]);
    if (typeof result === "number") return result;
    mkdirSync(RESULTS, { recursive: true });
    const picture = path.join(RESULTS, `timeout-${version}.png`);
    await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => {});
    console.error(
      `The suites in VS Code ${version} did not end within ${seconds} s; the window is in ${picture}`,
    );
    return LAUNCH_FAILED;
  } finally {
    await browser.close();
    editor.dispose();
  }
}

process.exit(
  await runSuites().catch((error) => {
    console.error(error);
    return LAUNCH_FAILED;
  }),
);
