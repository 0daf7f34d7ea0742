// What a packed extension must be: complete, nothing foreign inside, small enough, and its native part loads.
import { execFile } from "node:child_process";
import { createWriteStream, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import yauzl from "yauzl";

/** Bytes. */
export const LIMITS = { vsix: 4_000_000, extension: 250_000 };

/** Paths below `extension/` that may ship; the counterpart of .vscodeignore, written independently of it. */
const ALLOWED = [
  /^(package\.json|package\.nls(\.[a-z-]+)?\.json|readme\.md|changelog\.md|LICENSE\.txt|ThirdPartyNotices\.txt)$/i,
  /^l10n\/[\w.-]+\.json$/,
  /^media\/[\w./-]+\.(png|svg|md)$/,
  /^dist\/extension\.js$/,
  /^dist\/editor\/[\w.-]+\.js$/,
  /^dist\/cli\/(fairwatt\.cjs|[\w.-]+\.mjs)$/,
  /^dist\/webview\/[\w-]+\.(js|css)$/,
  /^dist\/data\/[\w./-]+\.(json|csv|md|toml|wasm|scm|py|ttf)$/,
  /^dist\/grammars\/[\w-]+\.wasm$/,
  /^node_modules\/koffi\/(package\.json|LICENSE\.txt|(src\/koffi\/(src\/)?)?\w+\.cjs)$/,
  /^node_modules\/@koromix\/koffi-[\w-]+\/(package\.json|index\.js|\w+\/koffi\.node)$/,
];
/** Parts of the editor's side that are loaded when they are asked for: a file for each such source. */
export const LAZY_PARTS = readdirSync(fileURLToPath(new URL("../../src/editor", import.meta.url)), {
  recursive: true,
  encoding: "utf8",
})
  .filter((file) => file.endsWith(".lazy.ts"))
  .map((file) => `dist/editor/${path.basename(file, ".ts")}.js`);
const REQUIRED = [
  "package.json",
  "package.nls.json",
  "readme.md",
  "changelog.md",
  "LICENSE.txt",
  "ThirdPartyNotices.txt",
  "dist/extension.js",
  ...LAZY_PARTS,
  "dist/cli/fairwatt.cjs",
  "dist/cli/sampler.mjs",
  "dist/cli/load.mjs",
  "dist/cli/lint.worker.mjs",
  "dist/cli/explorer.worker.mjs",
  "dist/grammars/web-tree-sitter.wasm",
  "dist/grammars/tree-sitter-python.wasm",
  "dist/data/grid-intensity.json",
  "dist/data/report-document.schema.json",
  "dist/data/ledger-entry.schema.json",
  "dist/data/fonts/DejaVuSans.ttf",
  "dist/data/fonts/DejaVuSans-Bold.ttf",
  "dist/data/python/hooks/sitecustomize.py",
  "dist/data/python/hooks/fairwatt_hooks/finder.py",
  "dist/data/python/library_audit.py",
  "dist/data/python/predict.py",
  "dist/data/python/fairwatt_model/loading.py",
  "dist/data/python/fairwatt_adapters/answer.py",
  "node_modules/koffi/index.cjs",
];

/** @typedef {{ path: string, bytes: number }} PackedFile  path below `extension/`, size unpacked */

/**
 * @param {string} vsix  path of the packed extension
 * @returns {Promise<{ bytes: number, files: PackedFile[], manifest: Record<string, any>, problems: string[] }>}
 *   `problems` is empty when it may ship
 */
export async function checkPackage(vsix) {
  const { size: bytes } = await stat(vsix);
  /** @type {PackedFile[]} */
  const files = [];
  let manifest = {};
  await eachFile(vsix, async (entry, read) => {
    if (!entry.fileName.startsWith("extension/")) return;
    const file = entry.fileName.slice("extension/".length);
    files.push({ path: file, bytes: entry.uncompressedSize });
    if (file === "package.json") manifest = JSON.parse(await text(await read()));
  });
  return { bytes, files, manifest, problems: problemsOf(bytes, files, manifest) };
}

/** @param {number} bytes @param {PackedFile[]} files @param {Record<string, any>} manifest @returns {string[]} */
export function problemsOf(bytes, files, manifest) {
  const present = new Map(files.map((file) => [file.path, file]));
  const has = (name) => present.has(name) || present.has(name.toLowerCase());
  const problems = files
    .filter((file) => !ALLOWED.some((pattern) => pattern.test(file.path)))
    .map((file) => `${file.path} does not belong into the package`);
  for (const name of [...REQUIRED, ...filesNamedBy(manifest)]) {
    if (!has(name)) problems.push(`${name} is missing`);
  }
  const binaries = files.filter((file) => file.path.endsWith(".node"));
  if (binaries.length !== 1)
    problems.push(`${binaries.length} compiled parts of koffi where there must be one`);
  if (bytes > LIMITS.vsix) problems.push(`the package has ${bytes} bytes, more than ${LIMITS.vsix}`);
  const extension = present.get("dist/extension.js")?.bytes ?? 0;
  if (extension > LIMITS.extension) {
    problems.push(`dist/extension.js has ${extension} bytes, more than ${LIMITS.extension}`);
  }
  return problems;
}

/** Files that a manifest refers to: its entry, its icon, the pictures and pages of its walkthroughs. */
function filesNamedBy(manifest) {
  const named = new Set([manifest.main, manifest.icon].filter(Boolean));
  const visit = (value) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
    else if (typeof value === "string" && /^(\.\/)?(media|dist)\/[\w./-]+\.\w+$/.test(value))
      named.add(value);
  };
  visit(manifest.contributes);
  return [...named].map((file) => path.posix.normalize(file));
}

/**
 * Unpacks the extension into a folder of its own, loads koffi from there as the sampler does, and calls the C library
 * with it. Only for a package of this machine's target.
 * @param {string} vsix
 * @returns {Promise<string>} version of koffi
 */
export async function loadsKoffi(vsix) {
  const folder = await mkdtemp(path.join(tmpdir(), "fairwatt-vsix-"));
  try {
    await unpack(vsix, folder);
    return await koffiVersionFrom(path.join(folder, "extension"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} extension  folder of an unpacked extension @returns {Promise<string>} version of koffi loaded from it */
export async function koffiVersionFrom(extension) {
  const entry = path.join(extension, "dist", "cli", "sampler.mjs");
  const script = `
    const koffi = require("node:module").createRequire(${JSON.stringify(entry)})("koffi");
    if (koffi.sizeof("void *") !== 8 && process.arch !== "arm") throw new Error("koffi does not work");
    console.log(koffi.version);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: extension });
  return stdout.trim();
}

async function unpack(vsix, folder) {
  await eachFile(vsix, async (entry, read) => {
    const file = path.join(folder, entry.fileName);
    await mkdir(path.dirname(file), { recursive: true });
    await pipeline(await read(), createWriteStream(file));
  });
}

/** @param {string} vsix @param {(entry: any, read: () => Promise<import("node:stream").Readable>) => Promise<void>} visit */
async function eachFile(vsix, visit) {
  const zip = await yauzl.openPromise(vsix);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith("/")) await visit(entry, () => zip.openReadStreamPromise(entry));
    }
  } finally {
    zip.close();
  }
}

async function text(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
