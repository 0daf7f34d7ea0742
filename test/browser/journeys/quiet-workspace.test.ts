import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, inject, it } from "vitest";
import { openEditor } from "../harness/editor-page.ts";
import { openFile } from "./support/surfaces.ts";

it("says nothing in a workspace until machine learning is seen in it, and then what is wrong", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "fairwatt-quiet-"));
  const folder = path.join(root, "website");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "site.css"), "body { margin: 0 }\n");
  writeFileSync(path.join(folder, "package.json"), '{ "name": "website" }\n');
  writeFileSync(
    path.join(folder, "deploy.py"),
    "import os\n\nif __name__ == '__main__':\n    print(os.name)\n",
  );
  writeFileSync(
    path.join(folder, "train.py"),
    "from sklearn.svm import SVC\n\nSVC().fit([[0], [1]], [0, 1])\n",
  );
  const userSettings = { "fairwatt.python.interpreter": "/nowhere/python3" };
  const editor = await openEditor({
    extensionsDir: inject("extensionsDir"),
    workspace: folder,
    userSettings,
  });
  try {
    await openFile(editor, "site.css");
    await editor.page.locator(".statusbar-item", { hasText: "CSS" }).waitFor();
    const ours = {
      icon: editor.page.locator('.activitybar .action-item a[aria-label^="Fairwatt"]'),
      lens: editor.page.locator(".codelens-decoration"),
      toast: editor.page.locator(".notification-toast"),
    };
    const expectNothing = async () => {
      expect(await editor.page.locator('.statusbar-item[id*="fairwatt"]').count()).toBe(0);
      expect(await ours.toast.count()).toBe(0);
      expect(await ours.lens.count()).toBe(0);
      expect(await ours.icon.count()).toBe(0);
    };
    await expectNothing();
    await openFile(editor, "deploy.py");
    await editor.page.locator(".statusbar-item", { hasText: "Python" }).waitFor();
    // Nothing tells that nothing will come: time for what would.
    await editor.page.waitForTimeout(3_000);
    await expectNothing();
    await editor.screenshot("journey-quiet");
    await openFile(editor, "train.py");
    await ours.icon.waitFor();
    await ours.lens.first().waitFor();

    // A mistake is told where it is seen, with what to do.
    await editor.runCommand("Fairwatt: Run Measured");
    const error = editor.page.locator(".notification-toast", { hasText: "/nowhere/python3" });
    await error.waitFor();
    const buttons = error.locator(".notification-list-item-buttons-container .monaco-button");
    await buttons.first().waitFor();
    const actions = await buttons.allInnerTexts();
    await editor.screenshot("journey-toast");
    expect(actions.map((action) => action.trim()).filter(Boolean)).toEqual(["Open Setting", "Show Log"]);
    expect(await ours.toast.count()).toBe(1);
  } finally {
    await editor.close();
    rmSync(root, { recursive: true, force: true });
  }
});
