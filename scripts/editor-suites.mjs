// Runs the suites of test/editor in a real VS Code of one version: once in a trusted workspace, once in Restricted Mode.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * @param {{ root: string, version: "1.139" | "1.100" }} options
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: { title: string, message: string }[] }>}
 */
export async function runEditorSuites({ root, version }) {
  const { bundleEditorSuites } = await import("../test/host/bundle-suites.mjs");
  const { runSuites } = await import("../test/host/run-suites.mjs");
  const suitesBundle = await bundleEditorSuites(path.join(root, "dist/test/editor.cjs"));
  // The newer editor opens a workspace of two folders, the older one a single folder: both are used.
  const severalRoots = version === "1.139";
  const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
  // Only the server build can be put into Restricted Mode: a desktop build always trusts what runTests opens.
  const desktop = process.env.FAIRWATT_VSCODE ?? (process.platform === "linux" ? undefined : "download");
  for (const trust of desktop ? [true] : [true, false]) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "fairwatt-suites-"));
    try {
      const workspace = path.join(folder, "credit");
      cpSync(path.join(root, "examples/credit"), workspace, {
        recursive: true,
        filter: (file) => !/[\\/](outputs|\.fairwatt|reports)$/.test(file),
      });
      const result = await runSuites({
        version,
        suitesBundle,
        workspace: severalRoots && trust ? withSecondRoot(folder, workspace) : workspace,
        trust,
        extensionDevelopmentPath: [root, path.join(root, "test/fixtures/debug-adapter")],
      });
      total.passed += result.passed;
      total.failed += result.failed;
      total.skipped += result.skipped;
      total.failures.push(...result.failures);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return total;
}

/** A workspace file beside `workspace` that opens it and a second, empty folder. */
function withSecondRoot(folder, workspace) {
  const second = path.join(folder, "second");
  mkdirSync(second);
  const file = path.join(folder, "two.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: [{ path: workspace }, { path: second }] }));
  return file;
}
