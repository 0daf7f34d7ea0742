import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EditorPage, openEditor } from "../harness/editor-page.ts";
import { packagedExtension } from "./support/packaged.ts";
import { CLI, JourneyProject } from "./support/project.ts";
import { openFile, READABLE, runsTree, showRunsView } from "./support/surfaces.ts";

let project: JourneyProject;
let editor: EditorPage;

beforeAll(async () => {
  project = new JourneyProject();
  editor = await openEditor({
    vsix: packagedExtension(),
    workspace: project.folder,
    env: project.env,
    trust: false,
    userSettings: READABLE,
  });
});
afterAll(async () => {
  await editor?.close();
  project?.dispose();
});

it("reads runs in Restricted Mode, says why it launches none, and offers none", async () => {
  await showRunsView(editor);
  await editor.page.locator(".sidebar .welcome-view-content", { hasText: "Restricted Mode" }).waitFor();
  await editor.screenshot("journey-restricted");

  execFileSync(process.execPath, [CLI, "run", "--name", "earlier", "--", "python3", "-c", "print('ran')"], {
    cwd: project.folder,
    env: { ...process.env, ...project.env },
  });
  expect(await runsTree(editor, (rows) => rows.some((row) => row.startsWith("earlier")))).toBeDefined();

  await openFile(editor, "train.py");
  const offered = await editor.offeredCommands("Fairwatt: ");
  expect(offered).toContain("Fairwatt: Open Dashboard");
  expect(offered.filter((title) => /Run Measured|Run Again/.test(title))).toEqual([]);
  expect(await editor.page.locator(".codelens-decoration", { hasText: "Run measured" }).count()).toBe(0);
});
