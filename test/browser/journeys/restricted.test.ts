import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import type { EditorPage } from "../harness/editor-page.ts";
import { journey } from "./support/journey.ts";
import { CLI, type JourneyProject } from "./support/project.ts";
import { openFile, runsTree, showRunsView } from "./support/surfaces.ts";

let project: JourneyProject;
let editor: EditorPage;
journey(
  (opened) => {
    ({ project, editor } = opened);
  },
  { trust: false },
);

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
