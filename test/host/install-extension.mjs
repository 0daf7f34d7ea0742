import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { getEditor } from "./get-editor.mjs";
import { runStep } from "./install-steps.mjs";

/**
 * Installs a packaged extension with the editor's own installer, as a user would.
 * @param {import("./editor-versions.mjs").EditorVersion} version
 * @param {string} vsix  path of the package
 * @param {string} extensionsDir  folder of installed extensions, for `startEditor`
 * @throws {import("./install-steps.mjs").InstallError} with what the editor said against it
 */
export async function installExtension(version, vsix, extensionsDir) {
  const editor = await getEditor(version);
  const dataDir = mkdtempSync(path.join(tmpdir(), "fairwatt-install-"));
  try {
    const args = [editor.main, "--server-data-dir", dataDir, "--extensions-dir", extensionsDir];
    const printed = await runStep(
      editor.node,
      [...args, "--install-extension", path.resolve(vsix), "--force"],
      {
        cwd: editor.root,
        env: { ...process.env, EXTENSIONS_GALLERY: "{}" },
        doing: `Installing ${path.basename(vsix)}`,
      },
    );
    if (!/successfully installed/i.test(printed))
      throw new Error(`${path.basename(vsix)} was not installed: ${printed}`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * Makes the extension of a folder installed as it is, so that a build of it is seen at the next reload. Unlike the
 * development path it needs no smoke-test driver, with which a server build shows no notifications.
 * @param {string} folder  of the extension: with its package.json and what that names
 * @param {string} extensionsDir  folder of installed extensions, for `startEditor`
 */
export function linkExtension(folder, extensionsDir) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  mkdirSync(extensionsDir, { recursive: true });
  symlinkSync(folder, path.join(extensionsDir, `${publisher}.${name}-${version}`), "junction");
}
