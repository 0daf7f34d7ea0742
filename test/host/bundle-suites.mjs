import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { REPOSITORY } from "./paths.mjs";

const SUITES = path.join(REPOSITORY, "test", "editor");

/**
 * Bundles every `*.suite.ts` under test/editor with test/editor/run.ts into one CommonJS module that exports
 * `run(): Promise<void>`, as VS Code's `extensionTestsPath` wants it. A suite's code runs when the suite is loaded,
 * not when the bundle is, so one that fails to load is reported as such.
 * @param {string} [outfile]  must lie inside the repository, where `mocha` is found
 * @returns {Promise<string>} the bundle's path
 */
export async function bundleEditorSuites(outfile = path.join(REPOSITORY, "dist", "test", "editor.cjs")) {
  const names = readdirSync(SUITES, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith(".suite.ts"))
    .sort();
  const table = names.map(
    (name) => `[${JSON.stringify(name)}, () => require(${JSON.stringify(`./${name}`)})]`,
  );
  await build({
    stdin: {
      contents: `import { runSuites } from "./run.ts";\nexport const run = () => runSuites([${table.join(", ")}]);`,
      resolveDir: SUITES,
      sourcefile: "all-suites.ts",
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return outfile;
}
