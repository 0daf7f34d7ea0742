// Lays out the folder that becomes the extension: what may ship, and nothing else.
import { cp, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { stageKoffi } from "./koffi.mjs";
import { thirdPartyNotices } from "./notices.mjs";

const FILES = [".vscodeignore", "package.nls.json", "README.md", "CHANGELOG.md", "LICENSE"];
const FOLDERS = ["media", "l10n", "dist/editor", "dist/cli", "dist/webview", "dist/data", "dist/grammars"];

/**
 * @param {object} options
 * @param {string} options.root  the repository, built for production
 * @param {string} options.stage  an empty folder
 * @param {string} options.target  VS Code's name of the platform
 * @throws {Error} naming what is missing
 */
export async function stageExtension({ root, stage, target }) {
  for (const file of [...FILES, "dist/extension.js"]) {
    await mkdir(path.dirname(path.join(stage, file)), { recursive: true });
    await cp(path.join(root, file), path.join(stage, file)).catch((error) => {
      if (error.code === "ENOENT") throw new Error(`${file} is missing; the package needs it`);
      throw error;
    });
  }
  for (const folder of FOLDERS) {
    if (await stat(path.join(root, folder)).catch(() => undefined)) {
      await cp(path.join(root, folder), path.join(stage, folder), { recursive: true });
    }
  }
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  await writeFile(
    path.join(stage, "package.json"),
    `${JSON.stringify(shippedManifest(manifest), null, 2)}\n`,
  );
  const bundled = JSON.parse(await readFile(path.join(root, "dist", "bundled-packages.json"), "utf8"));
  await writeFile(path.join(stage, "ThirdPartyNotices.txt"), await thirdPartyNotices(root, bundled));
  await stageKoffi(root, stage, target);
}

/** All but koffi is bundled, and scripts have nothing to run on. */
export function shippedManifest({ scripts, devDependencies, dependencies, ...manifest }) {
  return { ...manifest, dependencies: { koffi: dependencies.koffi } };
}
