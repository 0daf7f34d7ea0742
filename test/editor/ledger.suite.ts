import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, commandLine, eventually, makeProject } from "./support.ts";

describe("Show Ledger", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;
  before(async () => {
    await api();
    project = makeProject("ledger-suite", { "fairwatt.toml": 'zone = "FR"\n' });
    await commandLine(["run", "--no-live", "--", process.execPath, "--version"], project.folder);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        (tab) => tab.input instanceof vscode.TabInputWebview && /fairwatt\.ledger/.test(tab.input.viewType),
      );
  const show = () => vscode.commands.executeCommand("fairwatt.showLedger", vscode.Uri.file(project.folder));

  it("opens one page for a folder, which comes to the front when it is called again", async () => {
    assert.equal(fs.readdirSync(path.join(project.folder, ".fairwatt/ledger")).length, 1);
    await show();
    await eventually("the page of the ledger", () => tabs().length === 1);
    await vscode.commands.executeCommand("workbench.action.files.newUntitledFile");
    await show();
    await eventually("the page in front", () => tabs()[0]?.isActive === true);
    assert.equal(tabs().length, 1);
    assert.equal(tabs()[0]?.label, `Ledger of ${path.basename(project.folder)}`);
  });
});
