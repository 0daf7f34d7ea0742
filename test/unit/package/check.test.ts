import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  koffiVersionFrom,
  LAZY_PARTS,
  LIMITS,
  type PackedFile,
  problemsOf,
} from "../../../scripts/package/check.mjs";
import { currentTarget, stageKoffi, TARGETS } from "../../../scripts/package/koffi.mjs";
import { thirdPartyNotices } from "../../../scripts/package/notices.mjs";
import { shippedManifest, stageExtension } from "../../../scripts/package/stage.mjs";

const ROOT = path.resolve(import.meta.dirname, "../../..");

const good: PackedFile[] = [
  "package.json",
  "package.nls.json",
  "readme.md",
  "changelog.md",
  "LICENSE.txt",
  "ThirdPartyNotices.txt",
  "l10n/bundle.l10n.de.json",
  "media/icon.png",
  "media/walkthrough/run.md",
  "dist/extension.js",
  ...LAZY_PARTS,
  "dist/cli/fairwatt.cjs",
  "dist/cli/sampler.mjs",
  "dist/cli/close-run.node-ABC.mjs",
  "dist/cli/load.mjs",
  "dist/cli/lint.worker.mjs",
  "dist/cli/explorer.worker.mjs",
  "dist/grammars/web-tree-sitter.wasm",
  "dist/grammars/tree-sitter-python.wasm",
  "dist/webview/dashboard.js",
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
  "node_modules/koffi/package.json",
  "node_modules/koffi/index.cjs",
  "node_modules/koffi/src/koffi/src/static.cjs",
  "node_modules/@koromix/koffi-linux-x64/index.js",
  "node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node",
].map((file) => ({ path: file, bytes: 1_000 }));
const manifest = { main: "./dist/extension.js", icon: "media/icon.png" };

describe("what a package holds", () => {
  it("has nothing against a complete one", () => {
    expect(problemsOf(500_000, good, manifest)).toEqual([]);
  });

  it.each([
    "src/extension.ts",
    "test/unit/fold.test.ts",
    "dist/extension.js.map",
    "dist/cli/fairwatt.cjs.map",
    "dist/test/editor.cjs",
    "examples/credit/train.py",
    "node_modules/koffi/src/koffi/src/ffi.cc",
    "node_modules/zod/index.js",
    ".env",
    "fairwatt.toml",
    "CONTRIBUTING.md",
  ])("finds %s foreign", (file) => {
    expect(problemsOf(500_000, [...good, { path: file, bytes: 1 }], manifest)).toEqual([
      `${file} does not belong into the package`,
    ]);
  });

  it("misses what the manifest and the program need", () => {
    const without = good.filter(({ path: file }) => !/sampler|icon|koffi\.node/.test(file));
    expect(problemsOf(500_000, without, manifest)).toEqual([
      "dist/cli/sampler.mjs is missing",
      "media/icon.png is missing",
      "0 compiled parts of koffi where there must be one",
    ]);
  });

  it("misses pages of a walkthrough", () => {
    const contributes = {
      walkthroughs: [{ steps: [{ media: { markdown: "./media/walkthrough/zone.md" } }] }],
    };
    expect(problemsOf(500_000, good, { ...manifest, contributes })).toEqual([
      "media/walkthrough/zone.md is missing",
    ]);
  });

  it("keeps the limits of size", () => {
    const heavy = good.map((file) =>
      file.path === "dist/extension.js" ? { ...file, bytes: LIMITS.extension + 1 } : file,
    );
    expect(problemsOf(LIMITS.vsix + 1, heavy, manifest)).toHaveLength(2);
  });
});

describe("the staged folder", () => {
  let stage = "";
  beforeEach(() => {
    stage = mkdtempSync(path.join(tmpdir(), "fairwatt-stage-"));
  });
  afterEach(() => rmSync(stage, { recursive: true, force: true }));

  it("holds a koffi that loads away from the repository", async () => {
    await stageKoffi(ROOT, stage, currentTarget());
    expect(await koffiVersionFrom(stage)).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("knows every platform's compiled part by a name of its own", () => {
    const binaries = Object.values(TARGETS).map(({ native, folder }) => `${native}/${folder}`);
    expect(new Set(binaries).size).toBe(binaries.length);
    expect(Object.keys(TARGETS)).toContain(currentTarget());
  });

  it("is refused with the name of what is missing", async () => {
    const root = path.join(stage, "root");
    mkdirSync(root);
    writeFileSync(path.join(root, ".vscodeignore"), "**\n");
    writeFileSync(path.join(root, "package.nls.json"), "{}\n");
    await expect(
      stageExtension({ root, stage: path.join(stage, "out"), target: currentTarget() }),
    ).rejects.toThrow("README.md is missing");
  });

  it("names what is bundled, with its licence", async () => {
    const notices = await thirdPartyNotices(ROOT, ["zod", "commander", "png-js"]);
    expect(notices).toMatch(/^zod \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(notices.match(/Permission is hereby granted/g)).toHaveLength(3);
    // Its manifest is silent; its licence is not.
    expect(notices).toMatch(/^png-js \d+\.\d+\.\d+ \(MIT License\)$/m);
  });

  it("declares no dependency but the one that ships", () => {
    const shipped = shippedManifest({
      name: "fairwatt",
      scripts: { build: "x" },
      dependencies: { koffi: "^3", zod: "^4" },
      devDependencies: { vitest: "^4" },
    });
    expect(shipped).toEqual({ name: "fairwatt", dependencies: { koffi: "^3" } });
  });
});
