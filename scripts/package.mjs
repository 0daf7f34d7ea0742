// `npm run package`: builds for production, packs the extension for one platform, checks what was packed.
//   --target linux-x64   platform by VS Code's name (default: this machine's)
//   --quiet              print the path of the package only
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { buildForProduction } from "./package/build.mjs";
import { checkPackage, LIMITS, loadsKoffi } from "./package/check.mjs";
import { currentTarget, TARGETS } from "./package/koffi.mjs";
import { stageExtension } from "./package/stage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const { values: options } = parseArgs({
  options: { target: { type: "string" }, quiet: { type: "boolean", default: false } },
});
const target = options.target ?? currentTarget();
const say = (text = "") => options.quiet || console.log(text);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

async function packageExtension() {
  if (!TARGETS[target]) {
    throw new Error(`there is no target "${target}"; the targets are ${Object.keys(TARGETS).join(", ")}`);
  }
  const { version, repository } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  buildForProduction(root);
  const output = path.join(root, "dist", "package");
  await mkdir(output, { recursive: true });
  const vsix = path.join(output, `fairwatt-${target}-${version}.vsix`);
  const stage = await mkdtemp(path.join(tmpdir(), "fairwatt-package-"));
  try {
    await stageExtension({ root, stage, target });
    await quietly(() =>
      createVSIX({
        cwd: stage,
        packagePath: vsix,
        target,
        // With `dependencies: false` vsce leaves node_modules out altogether; the staged one holds koffi alone.
        dependencies: true,
        allowMissingRepository: true,
        rewriteRelativeLinks: repository !== undefined,
      }),
    );
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  await report(vsix);
}

async function report(vsix) {
  const { bytes, files, problems } = await checkPackage(vsix);
  say();
  for (const file of files.filter((each) => each.path.startsWith("dist/") || each.path.endsWith(".node"))) {
    say(`${kilobytes(file.bytes)}  ${file.path}`);
  }
  say(`${kilobytes(bytes)}  the package, ${files.length} files (at most ${kilobytes(LIMITS.vsix).trim()})`);
  if (target === currentTarget()) say(`koffi ${await loadsKoffi(vsix)} loads from the unpacked package`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  say("dist/ now holds the production build; `npm run build` makes the one for development again.");
  console.log(path.relative(process.cwd(), vsix));
}

/** vsce lists at length what it packs; our own report says it shorter. Its warnings stay. */
async function quietly(work) {
  const { log, info } = console;
  Object.assign(console, { log: () => undefined, info: () => undefined });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info });
  }
}

try {
  await packageExtension();
} catch (error) {
  console.error(`package: ${error.message}`);
  process.exitCode = 1;
}
