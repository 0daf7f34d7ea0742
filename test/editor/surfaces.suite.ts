import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, closeTerminals, eventually, extension, makeProject } from "./support.ts";

const SCRIPT = `from sklearn.svm import SVC
# clf.fit(X, y) in a comment
clf = SVC()
clf.fit([[0], [1]], [0, 1])

if __name__ == "__main__":
    print("clf.fit(")
`;

describe("in the editor", function () {
  this.timeout(30_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    await api();
    project = makeProject("surfaces-suite", {
      "train.py": SCRIPT,
      // Its exit code says whether the training hooks were there.
      "short.py": "import sys; print('short'); sys.exit(4 + ('fairwatt_hooks' in sys.modules))\n",
      "pyproject.toml": '[project]\nname = "x"\nunknown = 1\n\n[tool.fairwatt]\npue = "one"\n',
    });
  });
  after(async () => {
    await closeTerminals();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });

  const lenses = async (uri: vscode.Uri) =>
    (
      await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 20)
    ).filter((lens) => lens.command?.command === "fairwatt.runMeasured");

  it("a lens stands above the training call and the main guard, and nowhere else", async () => {
    const uri = project.file("train.py");
    await vscode.window.showTextDocument(uri);
    const found = await eventually("lenses", async () => {
      const seen = await lenses(uri);
      return seen.length > 0 && seen;
    });
    assert.deepEqual(
      found.map((lens) => lens.range.start.line),
      [3, 5],
    );
    assert.equal(found[0]?.command?.arguments?.[0]?.toString(), uri.toString());
  });

  it("lenses go away with the setting", async () => {
    const settings = vscode.workspace.getConfiguration("fairwatt");
    await settings.update("codeLens.enabled", false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually("no lens", async () => (await lenses(project.file("train.py"))).length === 0);
    } finally {
      await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("what the last run used stands over the training call once the run is there, and goes with its setting", async () => {
    const uri = project.file("train.py");
    const used = async () =>
      (
        await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 20)
      ).filter((lens) => lens.command?.command === "fairwatt.openDashboard");
    assert.deepEqual(await used(), []);
    const recorded = path.join(extension().extensionPath, "test/fixtures/runs/project/.fairwatt/runs");
    for (const id of ["01JD5KQ0M0AAAAAAAAAAAAAAA1", "01JD5N9TG0BBBBBBBBBBBBBBB2"]) {
      const directory = path.join(project.folder, ".fairwatt/runs", id);
      fs.mkdirSync(directory, { recursive: true });
      for (const name of fs.readdirSync(path.join(recorded, id))) {
        const text = fs.readFileSync(path.join(recorded, id, name), "utf8");
        const { cwd } = JSON.parse(text.split("\n")[0]!) as { cwd?: string };
        const placed =
          cwd === undefined ? text : text.replaceAll(JSON.stringify(cwd), JSON.stringify(project.folder));
        fs.writeFileSync(path.join(directory, name), placed);
      }
    }
    const [lens] = await eventually("a lens of the last run and the one before", async () => {
      const found = await used();
      return / %/.test(found[0]?.command?.title ?? "") && found;
    });
    assert.equal(lens!.range.start.line, 3);
    assert.match(lens!.command!.title, /^Last run [\d.]+ Wh · [\d.]+ g CO2e · \d+ s · -\d+ %$/);
    assert.deepEqual(lens!.command!.arguments, ["01JD5N9TG0BBBBBBBBBBBBBBB2"]);
    const settings = vscode.workspace.getConfiguration("fairwatt");
    await settings.update("codeLens.lastRun", false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually("no lens of the last run", async () => (await used()).length === 0);
      assert.equal((await lenses(uri)).length, 2);
    } finally {
      await settings.update("codeLens.lastRun", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  const problems = (uri: vscode.Uri) =>
    vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "fairwatt");

  it("problems of fairwatt.toml are shown where they are, and go when they are mended", async () => {
    const uri = project.file("fairwatt.toml");
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(problems(uri), []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(1, 0), 'zon = "DE"\npue = 0.5\n');
    await vscode.workspace.applyEdit(edit);
    const found = await eventually("two problems", () => problems(uri).length === 2 && problems(uri));
    assert.deepEqual(
      found.map((each) => each.range.start.line),
      [1, 2],
    );
    assert.match(found[0]!.message, /zone/);
    const mend = new vscode.WorkspaceEdit();
    mend.delete(uri, new vscode.Range(1, 0, 3, 0));
    await vscode.workspace.applyEdit(mend);
    await eventually("no problem", () => problems(uri).length === 0);
    await document.save();
  });

  it("of pyproject.toml only our table is looked at", async () => {
    const uri = project.file("pyproject.toml");
    await vscode.workspace.openTextDocument(uri);
    const found = await eventually("one problem", () => problems(uri).length > 0 && problems(uri));
    assert.deepEqual(
      found.map((each) => each.range.start.line),
      [5],
    );
  });

  it("a task of type fairwatt runs measured and gives its exit code, without the training hooks if the person says so", async () => {
    const hooks = (value: boolean | undefined) =>
      vscode.workspace
        .getConfiguration("fairwatt")
        .update("run.hooks", value, vscode.ConfigurationTarget.Workspace);
    await hooks(false);
    await vscode.window.showTextDocument(project.file("short.py"));
    const offered = await vscode.tasks.fetchTasks({ type: "fairwatt" });
    const task = offered.find((each) => each.definition.script === "surfaces-suite/short.py");
    assert.ok(task, `offered: ${offered.map((each) => each.name).join()}`);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution.task.definition.type !== "fairwatt") return;
        listener.dispose();
        resolve(event.exitCode);
      });
    });
    try {
      await vscode.tasks.executeTask(task);
      assert.equal(await ended, 4);
    } finally {
      await hooks(undefined);
    }
    const fairwatt = await api();
    await eventually("the task's run", async () => {
      await fairwatt.refresh();
      return fairwatt.runs().find((run) => run.name === "short.py" && run.exitCode === 4);
    });
  });

  it("the setting's Python is used, and one that cannot be is not passed over", async () => {
    const settings = vscode.workspace.getConfiguration("fairwatt");
    const set = (value: string | undefined) =>
      settings.update("python.interpreter", value, vscode.ConfigurationTarget.Workspace);
    const wrapper = project.file("my-python").fsPath;
    fs.writeFileSync(wrapper, '#!/bin/sh\nexec python3 "$@"\n', { mode: 0o755 });
    const run = () =>
      vscode.commands.executeCommand<string | undefined>("fairwatt.runMeasured", project.file("short.py"));
    try {
      await set("/no/such/python");
      assert.equal(await run(), undefined);
      await set(wrapper);
      const id = await run();
      const fairwatt = await api();
      const ended = await eventually("the run", () =>
        fairwatt.runs().find((each) => each.id === id && each.state === "failed"),
      );
      assert.equal(ended.argv[0], wrapper);
    } finally {
      await set(undefined);
    }
  });

  it("a Python environment in the folder goes before the PATH", async () => {
    const python = project.file(".venv/bin/python").fsPath;
    fs.mkdirSync(project.file(".venv/bin").fsPath, { recursive: true });
    fs.writeFileSync(python, '#!/bin/sh\nexec python3 "$@"\n', { mode: 0o755 });
    const id = await vscode.commands.executeCommand<string>("fairwatt.runMeasured", project.file("short.py"));
    const fairwatt = await api();
    const ended = await eventually("the run", () =>
      fairwatt.runs().find((each) => each.id === id && each.state === "failed"),
    );
    assert.equal(ended.argv[0], python);
    assert.equal(ended.exitCode, 5, "the training hooks were not there");
  });

  it("meters and ledger are reported in read-only pages", async () => {
    for (const [command, name] of [
      ["fairwatt.checkMeters", "/meters.txt"],
      ["fairwatt.verifyLedger", "/ledger.txt"],
    ] as const) {
      await vscode.commands.executeCommand(command, project.file("."));
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.scheme, "fairwatt");
      assert.equal(document.uri.path, name);
      assert.ok(document.getText().length > 20, document.getText());
      assert.equal(document.isDirty, false);
    }
  });

  it("the dashboard opens", async () => {
    await vscode.commands.executeCommand("fairwatt.openDashboard");
    await eventually("its tab", () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .some(
          (tab) =>
            tab.input instanceof vscode.TabInputWebview && /fairwatt\.dashboard/.test(tab.input.viewType),
        ),
    );
  });
});
