import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, commandLine, eventually, makeProject } from "./support.ts";

describe("Generate Report", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;
  before(async () => {
    await api();
    project = makeProject("report-suite", { "fairwatt.toml": 'zone = "FR"\n' });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });
  const generate = () =>
    vscode.commands.executeCommand<string[]>("fairwatt.generateReport", vscode.Uri.file(project.folder));
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        (tab) => tab.input instanceof vscode.TabInputWebview && /fairwatt\.report/.test(tab.input.viewType),
      );

  it("writes nothing where nothing is recorded", async () => {
    assert.deepEqual(await generate(), []);
    assert.equal(fs.existsSync(path.join(project.folder, "reports")), false);
  });

  it("writes in one click what the record has something to say in, and opens it", async () => {
    const model = path.join(project.folder, "model.joblib");
    const program = `require("fs").writeFileSync(${JSON.stringify(model)}, "weights")`;
    await commandLine(["run", "--no-live", "--", process.execPath, "-e", program], project.folder);
    const written = await generate();
    assert.deepEqual(
      written.map((file) => path.relative(project.folder, file)).sort(),
      fs
        .readdirSync(path.join(project.folder, "reports"))
        .map((name) => path.join("reports", name))
        .sort(),
    );
    assert.equal(written.length, 3);
    for (const file of written) assert.match(fs.readFileSync(file, "utf8"), /DRAFT/);
    await eventually("the first report, opened", () => tabs().length === 1);
  });
});
