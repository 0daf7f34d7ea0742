import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { openEditor } from "../harness/editor-page.ts";
import { packagedExtension } from "./support/packaged.ts";
import { openFile } from "./support/surfaces.ts";

it("says nothing in a workspace without machine learning", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "fairwatt-quiet-"));
  const folder = path.join(root, "website");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "server.js"), "console.log('hello');\n");
  writeFileSync(path.join(folder, "package.json"), '{ "name": "website" }\n');
  const editor = await openEditor({ vsix: packagedExtension(), workspace: folder });
  try {
    await openFile(editor, "server.js");
    await editor.page.locator(".statusbar-item", { hasText: "JavaScript" }).waitFor();
    expect(await editor.page.locator('.statusbar-item[id*="fairwatt"]').count()).toBe(0);
    expect(await editor.page.locator(".notification-toast").count()).toBe(0);
    expect(await editor.page.locator(".codelens-decoration").count()).toBe(0);
    await editor.screenshot("journey-quiet");
  } finally {
    await editor.close();
    rmSync(root, { recursive: true, force: true });
  }
});
