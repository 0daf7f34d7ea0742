// Builds everything into dist/: the extension, the command line, the sampler, the webview pages, the data and grammar
// files they read. `--watch` rebuilds on change, `--production` minifies without source maps.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "node20",
  platform: "node",
  logLevel: "warning",
  metafile: true,
  // Its main file is UMD, whose inner requires a bundler does not see.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  define: { __FAIRWATT_VERSION__: JSON.stringify(process.env.npm_package_version ?? (await version())) },
};

/**
 * For an import of a CommonJS module esbuild makes a copy of its exports, once for each file: some hundred properties of
 * `vscode` in forty files are a good part of what loading costs. As a require it is the module itself.
 *
 * @type {esbuild.Plugin}
 */
const vscodeUncopied = {
  name: "vscode-uncopied",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/](?:editor[\\/].*|extension)\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, "utf8").replace(
        /^import \* as vscode from "vscode";$/m,
        'const vscode = require("vscode");',
      ),
      loader: "ts",
    }));
  },
};

/** Parts of the editor's side that few sessions need: files of their own, loaded when they are asked for. */
const lazyParts = readdirSync(path.join(root, "src/editor"), { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".lazy.ts"),
);

/** @type {esbuild.Plugin} */
const lazyPartsApart = {
  name: "lazy-parts-apart",
  setup: (build) => {
    build.onResolve({ filter: /\.lazy\.ts$/ }, ({ path: file, kind }) =>
      kind === "dynamic-import"
        ? { path: `./editor/${path.basename(file, ".ts")}.js`, external: true }
        : null,
    );
  },
};

/** Commands of the command line but `run`, which has to start at once and lies in the entry itself. */
const commandParts = readdirSync(path.join(root, "src/cli/commands"))
  .map((file) => path.basename(file, ".ts"))
  .filter((name) => name !== "run");

/** @type {esbuild.Plugin} */
const commandsApart = {
  name: "commands-apart",
  setup: (build) => {
    build.onResolve({ filter: /^\.\/commands\/.*\.ts$/ }, ({ path: file }) => {
      const name = path.basename(file, ".ts");
      return commandParts.includes(name) ? { path: `./${name}.command.mjs`, external: true } : null;
    });
  },
};

const pages = existsSync(path.join(root, "webview"))
  ? readdirSync(path.join(root, "webview"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(path.join(root, "webview", entry.name, "page.ts")))
      .map((entry) => entry.name)
  : [];

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    format: "cjs",
    external: ["vscode"],
    plugins: [vscodeUncopied, lazyPartsApart],
    // The editor gives `vscode` to what is required, not to what is imported.
    supported: { "dynamic-import": false },
    // The extension is CommonJS and finds its files by __dirname; import.meta is for the command line's modules.
    logOverride: { "empty-import-meta": "silent" },
  },
  {
    ...common,
    entryPoints: lazyParts.map((file) => path.join("src/editor", file)),
    outdir: "dist/editor",
    entryNames: "[name]",
    format: "cjs",
    external: ["vscode"],
    plugins: [vscodeUncopied],
    logOverride: { "empty-import-meta": "silent" },
  },
  {
    ...common,
    entryPoints: ["src/cli.ts"],
    outfile: "dist/cli/fairwatt.cjs",
    // Always: a program that starts before every training run is parsed before every training run.
    minify: true,
    // One CommonJS file starts a third faster than modules do.
    format: "cjs",
    external: ["koffi"],
    plugins: [commandsApart],
    define: { ...common.define, "import.meta.url": "__moduleUrl" },
    banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  {
    ...common,
    entryPoints: {
      ...Object.fromEntries(commandParts.map((name) => [`${name}.command`, `src/cli/commands/${name}.ts`])),
      sampler: "src/energy/sampler.main.ts",
      load: "src/tradeoff/bench/load.main.ts",
      "lint.worker": "src/lint/lint.worker.main.ts",
      "explorer.worker": "src/fairness/thresholds/explorer.worker.main.ts",
    },
    outdir: "dist/cli",
    minify: true,
    format: "esm",
    splitting: true,
    outExtension: { ".js": ".mjs" },
    external: ["koffi"],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  },
  ...pages.map((page) => ({
    ...common,
    entryPoints: [`webview/${page}/page.ts`],
    outfile: `dist/webview/${page}.js`,
    format: /** @type {const} */ ("iife"),
    platform: /** @type {const} */ ("browser"),
    target: "es2022",
    loader: /** @type {const} */ ({ ".css": "css" }),
  })),
].filter((build) => entriesExist(build));

function entriesExist(build) {
  const entries = Array.isArray(build.entryPoints) ? build.entryPoints : Object.values(build.entryPoints);
  return entries.every((entry) => existsSync(path.join(root, entry)));
}

async function version() {
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(path.join(root, "package.json"), "utf8")).version;
}

/** tree-sitter's runtime and grammar by package: the linter reads them at run time. */
const GRAMMARS = {
  "web-tree-sitter": "web-tree-sitter.wasm",
  "@vscode/tree-sitter-wasm": "wasm/tree-sitter-python.wasm",
};

/** What documents as PDF are set in. */
const FONTS = { name: "dejavu-fonts-ttf", files: ["ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf"] };

function copyAssets() {
  const data = path.join(root, "src/carbon/data");
  if (existsSync(data)) cpSync(data, path.join(root, "dist/data"), { recursive: true });
  const meterData = path.join(root, "src/energy/meters/data");
  if (existsSync(meterData)) cpSync(meterData, path.join(root, "dist/data"), { recursive: true });
  for (const schema of [
    "src/report/data/report-document.schema.json",
    "src/ledger/data/ledger-entry.schema.json",
  ])
    cpSync(path.join(root, schema), path.join(root, "dist/data", path.basename(schema)));
  for (const file of FONTS.files) {
    cpSync(
      path.join(root, "node_modules", FONTS.name, file),
      path.join(root, "dist/data/fonts", path.basename(file)),
    );
  }
  cpSync(path.join(root, "src/python"), path.join(root, "dist/data/python"), {
    recursive: true,
    filter: (file) => path.basename(file) !== "__pycache__",
  });
  for (const [name, file] of Object.entries(GRAMMARS)) {
    cpSync(
      path.join(root, "node_modules", name, file),
      path.join(root, "dist/grammars", path.basename(file)),
    );
  }
}

/** Chunks of earlier builds have other names: what this build did not write goes, once it has succeeded. */
function removeStaleChunks(written) {
  const folder = path.join(root, "dist/cli");
  const keep = new Set(written.map((file) => path.resolve(root, file)));
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (!keep.has(file)) rmSync(file, { recursive: true });
  }
}

/** Packages of which the bundles hold a part, for the notices that their licences ask for: ["zod", ...]. */
function writeBundledPackages(read) {
  const names = read.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const packages = [...new Set([...names, ...Object.keys(GRAMMARS), FONTS.name])]
    .filter((name) => name !== undefined)
    .sort();
  writeFileSync(path.join(root, "dist/bundled-packages.json"), `${JSON.stringify(packages, null, 2)}\n`);
}

if (watch) {
  copyAssets();
  for (const build of builds) await (await esbuild.context(build)).watch();
  console.log("watching");
} else {
  mkdirSync(path.join(root, "dist"), { recursive: true });
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  removeStaleChunks(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  writeBundledPackages(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
  copyAssets();
}
