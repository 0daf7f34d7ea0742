import assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, commandLine, eventually, makeProject, workspaceRoot } from "./support.ts";

describe("in Restricted Mode", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    await api();
    project = makeProject("restricted-suite", {
      "scored.csv": `y,yhat,sex\n${"1,1,f\n0,1,m\n".repeat(40)}`,
      "train.py": 'if __name__ == "__main__":\n    open("it-ran", "w").close()\n',
    });
  });
  after(() => project.remove());

  it("no code of the workspace runs", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    for (const command of ["fairwatt.runMeasured", "fairwatt.runAtLowestCarbon"]) {
      const started = await vscode.commands.executeCommand(command, project.file("train.py"));
      assert.equal(started, undefined);
    }
    assert.deepEqual(vscode.window.terminals, []);
    await assert.rejects(async () => vscode.workspace.fs.stat(project.file("it-ran")));
  });

  it("no lens offers to run any", async () => {
    const uri = project.file("train.py");
    await vscode.window.showTextDocument(uri);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      uri,
      20,
    );
    assert.deepEqual(
      lenses.filter((lens) => lens.command?.command === "fairwatt.runMeasured"),
      [],
    );
  });

  it("runs are shown all the same", async () => {
    const id = "01JD7QDDDDDDDDDDDDDDDDDDDD";
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(`${workspaceRoot()}/.fairwatt`));
    const ran = await commandLine(["run", "--", "python3", "-c", "print(1)"], workspaceRoot(), {
      FAIRWATT_NEW_RUN_ID: id,
    });
    assert.equal(ran.code, 0);
    const fairwatt = await api();
    await eventually("the finished run", () =>
      fairwatt.runs().find((each) => each.id === id && each.state === "finished"),
    );
    assert.equal(await vscode.commands.executeCommand("fairwatt.rerun", id), undefined);
    assert.deepEqual(vscode.window.terminals, []);
  });

  it("a table is audited all the same, and nothing is written", async () => {
    const settings = await vscode.workspace.fs.readFile(project.file("fairwatt.toml"));
    const roles = { label: "y", prediction: "yhat", favourable: "positive", sensitive: ["sex"] };
    const entry = await vscode.commands.executeCommand("fairwatt.auditPredictions", {
      file: project.file("scored.csv").fsPath,
      roles,
    });
    assert.equal(entry, null);
    await eventually("its page", () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .some(({ label }) => label === "Audit scored.csv"),
    );
    assert.deepEqual(await vscode.workspace.fs.readFile(project.file("fairwatt.toml")), settings);
    await assert.rejects(async () => vscode.workspace.fs.stat(project.file(".fairwatt/ledger")));
  });

  it("problems of project files are shown all the same", async () => {
    const uri = project.file("fairwatt.toml");
    await vscode.workspace.fs.writeFile(uri, Buffer.from("pue = 0\n"));
    await vscode.workspace.openTextDocument(uri);
    await eventually("a problem", () =>
      vscode.languages.getDiagnostics(uri).some((diagnostic) => diagnostic.source === "fairwatt"),
    );
  });
});
