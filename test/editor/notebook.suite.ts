import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { pythonWithNbclient } from "./notebook-python.ts";
import { api, closeTerminals, eventually, makeProject } from "./support.ts";

/** A notebook of one code cell that leaves a file, as VS Code would save it. */
const NOTEBOOK = JSON.stringify({
  cells: [
    {
      cell_type: "code",
      execution_count: null,
      id: "a1",
      metadata: {},
      outputs: [],
      source: ["open('cell-ran.txt', 'w').write('yes')\n", "print(sum(range(1000)))"],
    },
  ],
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  nbformat: 4,
  nbformat_minor: 5,
});

describe("a notebook", function () {
  this.timeout(240_000);
  let project: ReturnType<typeof makeProject>;
  const settings = () => vscode.workspace.getConfiguration("fairwatt");
  const useInterpreter = (value: string | undefined) =>
    settings().update("python.interpreter", value, vscode.ConfigurationTarget.Workspace);
  const run = () =>
    vscode.commands.executeCommand<string | undefined>("fairwatt.runMeasured", project.file("train.ipynb"));

  before(() => {
    project = makeProject("notebook-suite", { "train.ipynb": NOTEBOOK });
  });
  after(async () => {
    await useInterpreter(undefined);
    await closeTerminals();
    project.remove();
  });

  it("runs whole and measured, and is not written over", async () => {
    await useInterpreter(await pythonWithNbclient());
    const id = await run();
    assert.ok(id, "the command gave no run");
    const fairwatt = await api();
    const ended = await eventually(
      "the notebook's run to end",
      () => fairwatt.runs().find((each) => each.id === id && each.state !== "running"),
      60_000,
    );
    assert.equal(ended.state, "finished", `exit code ${ended.exitCode}`);
    assert.equal(fs.readFileSync(project.file("cell-ran.txt").fsPath, "utf8"), "yes");
    assert.equal(fs.readFileSync(project.file("train.ipynb").fsPath, "utf8"), NOTEBOOK);
  });

  it("is not started by a Python that cannot execute notebooks", async () => {
    const bare = project.file("bare-python").fsPath;
    fs.writeFileSync(bare, '#!/bin/sh\nexec python3 -S -I "$@"\n', { mode: 0o755 });
    await useInterpreter(bare);
    assert.equal(await run(), undefined);
  });
});

describe("a run's report", function () {
  this.timeout(60_000);

  it("opens as a page of the editor", async () => {
    const project = makeProject("report-suite", { "short.py": "print(1)\n" });
    try {
      const id = await vscode.commands.executeCommand<string>(
        "fairwatt.runMeasured",
        project.file("short.py"),
      );
      const fairwatt = await api();
      await eventually("the run", () =>
        fairwatt.runs().find((each) => each.id === id && each.state === "finished"),
      );
      await vscode.commands.executeCommand("fairwatt.openRunReport", id);
      const tab = await eventually("a page of the editor", () =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .find((each) => each.label.startsWith("Report run-")),
      );
      assert.ok(tab.input instanceof vscode.TabInputWebview);
      assert.ok(fs.existsSync(path.join(project.folder, "reports")));
    } finally {
      await closeTerminals();
      project.remove();
    }
  });
});
