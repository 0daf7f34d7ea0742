import assert from "node:assert/strict";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, eventually, makeProject } from "./support.ts";

describe("Edit Report Facts", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;
  before(async () => {
    await api();
    project = makeProject("facts-suite", { "fairwatt.toml": '[report]\nsystem = "scorer"\n' });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        (tab) => tab.input instanceof vscode.TabInputWebview && /fairwatt\.facts/.test(tab.input.viewType),
      );
  const show = () => vscode.commands.executeCommand("fairwatt.editFacts", vscode.Uri.file(project.folder));

  it("opens one page for a folder, which comes to the front when it is called again", async () => {
    await show();
    await eventually("the page of facts", () => tabs().length === 1);
    await vscode.commands.executeCommand("workbench.action.files.newUntitledFile");
    await show();
    await eventually("the page in front", () => tabs()[0]?.isActive === true);
    assert.equal(tabs().length, 1);
    assert.equal(tabs()[0]?.label, `Report facts of ${path.basename(project.folder)}`);
  });
});
