import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { measuredRun } from "../unit/lint/rules/measured-run.ts";
import { api, commandLine, eventually, makeProject, makeWatchedFolder } from "./support.ts";

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("german_credit.csv")
X = df[["age", "sex", "income"]]
y = df["loan_status"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = LogisticRegression()
model.fit(X_train, y_train)
y_pred = model.predict(X_test)
`;

const CHECKS = `from fairlearn.metrics import MetricFrame
from sklearn.metrics import recall_score

def by_group(y_true, y_pred, groups):
    return MetricFrame(metrics=recall_score, y_true=y_true, y_pred=y_pred, sensitive_features=groups)
`;

/** Names no column but by its place: what they are stands in the table. */
const READS = `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("table.csv")
model = LogisticRegression()
model.fit(df.iloc[:, :-1], df.iloc[:, -1])
print(model.predict(df.iloc[:, :-1]))
`;
const PERSONS = "sex,age,income,loan_status\nf,39,1200,1\n";
const FLOWERS = "sepal_length,sepal_width,species\n5.1,3.5,setosa\n";

const SERVES = `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - image: vllm/vllm-openai:latest
          args: ["--model", "meta-llama/Llama-3.1-70B-Instruct"]
`;

const EVALUATES = `import torch
from torchvision.models import resnet50

model = resnet50()

model.eval()
for batch in loader:
    output = model(batch)
    print(output)
`;

const EPOCHS = `from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.fit(x, y, epochs=100, validation_split=0.2)
`;

function notebookOf(code: string) {
  const cells = code.split("\n\n").map((source) => ({
    cell_type: "code",
    execution_count: 3,
    metadata: {},
    outputs: [{ name: "stdout", output_type: "stream", text: ["kept\n"] }],
    source: source.split(/(?<=\n)/),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }, null, 1);
}

const codesOf = (diagnostics: readonly vscode.Diagnostic[]) =>
  diagnostics.map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));
const findings = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, code }) => source === "fairwatt" && typeof code === "object");
/**
 * The code actions at a finding: there is always one, its rule's page. The editor cancels a request, or answers with
 * nothing, when another extension registers a provider meanwhile (its own light bulb then asks again), so this asks
 * until there is an answer.
 */
function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return eventually("code actions", async () => {
    try {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        range,
        kind.value,
        20,
      );
      return actions.length > 0 && actions;
    } catch (error) {
      if (error instanceof Error && error.message === "Canceled") return false;
      throw error;
    }
  });
}

describe("lint", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    await api();
    project = makeProject("lint-suite", {
      "loan/train.py": TRAINS,
      "book/notebook.ipynb": notebookOf(TRAINS),
      "deploy/vllm.yaml": "",
      "checked/train.py": TRAINS,
      "checked/evaluate.py": "",
      "closed/train.py": TRAINS,
      "moved/old/train.py": TRAINS,
      "kept/train.py": TRAINS,
      "emptied/notebook.ipynb": notebookOf(TRAINS),
      "evaluate/evaluate.py": EVALUATES,
      "evaluate/notebook.ipynb": notebookOf(EVALUATES),
      "epochs/train.py": EPOCHS,
      "tools/plain.py": "import os\nprint(os.getcwd())\n",
    });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });

  const open = async (name: string) => {
    const document = await vscode.workspace.openTextDocument(project.file(name));
    await vscode.window.showTextDocument(document);
    return document;
  };
  /** Replaces the whole text and saves: the editor may save by itself at any time, so nothing relies on reverting. */
  const rewrite = async (document: vscode.TextDocument, text: string) => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  };
  const found = (uri: vscode.Uri, code: string) =>
    eventually(
      `${code} in ${uri.path}`,
      () => findings(uri).find((each) => codesOf([each])[0] === code),
      30_000,
    );

  it("shows a finding where it is, with its rule's page and related places", async () => {
    const document = await open("loan/train.py");
    const finding = await found(document.uri, "FW101");
    assert.equal(document.lineAt(finding.range.start.line).text, "model.fit(X_train, y_train)");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok(finding.relatedInformation!.length > 0);
    const page = await vscode.workspace.openTextDocument((finding.code as { target: vscode.Uri }).target);
    assert.match(page.getText(), /^# missing-fairness-check \(FW101\)/);
  });

  it("says why in the hover, and what would silence it", async () => {
    const uri = project.file("loan/train.py");
    const { range } = await found(uri, "FW101");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      uri,
      range.start,
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((each) => (each as vscode.MarkdownString).value),
    );
    const ours = text.find((each) => each.includes("FW101"));
    assert.match(ours ?? "", /Why:/);
    assert.match(ours ?? "", /Silenced by:/);
  });

  it("offers to silence it with a reason, and the comment does", async () => {
    const document = await open("loan/train.py");
    const { range } = await found(document.uri, "FW101");
    const actions = await actionsAt(document.uri, range, vscode.CodeActionKind.QuickFix);
    const suppress = actions.find((action) => action.command?.command === "fairwatt.suppressFinding");
    assert.ok(suppress, actions.map(({ title }) => title).join());
    const { line } = range.start;
    const at = { line, column: 0, endLine: line, endColumn: 0 };
    const comment = { at, newText: "# fairwatt: ignore[FW101] \n" };
    const silence = (version: number) =>
      vscode.commands.executeCommand(
        "fairwatt.suppressFinding",
        document.uri,
        version,
        "FW101",
        comment,
        "checked in the audit of May",
      );
    await silence(document.version - 1);
    assert.equal(document.getText(), TRAINS, "a text that changed since was edited");
    await silence(document.version);
    assert.match(document.getText(), /^# fairwatt: ignore\[FW101\] checked in the audit of May\nmodel\.fit/m);
    await eventually("no FW101", () => !codesOf(findings(document.uri)).includes("FW101"));
    await rewrite(document, TRAINS);
    await found(document.uri, "FW101");
  });

  it("never keeps a finding on a text that changed", async () => {
    const document = await open("loan/train.py");
    await found(document.uri, "FW101");
    await rewrite(document, "import sklearn\nprint('nothing here')\n");
    await eventually("no finding", () => findings(document.uri).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(findings(document.uri), []);
    await rewrite(document, TRAINS);
    await found(document.uri, "FW101");
  });

  it("inserts the display fix with the file's own names", async () => {
    const document = await open("loan/train.py");
    const { range } = await found(document.uri, "FW101");
    const actions = await actionsAt(document.uri, range, vscode.CodeActionKind.QuickFix);
    const fix = actions.find((action) => action.edit !== undefined);
    assert.ok(fix, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit!);
    assert.match(document.getText(), /y_test/);
    assert.ok(document.getText().length > TRAINS.length + 40);
    await rewrite(document, TRAINS);
  });

  it("finds a notebook's in its cell, and its outputs stay", async () => {
    const uri = project.file("book/notebook.ipynb");
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(1).document;
    const finding = await found(cell.uri, "FW101");
    assert.equal(cell.lineAt(finding.range.start.line).text, "model.fit(X_train, y_train)");
    assert.deepEqual(findings(notebook.cellAt(0).document.uri), []);
    const actions = await actionsAt(cell.uri, finding.range, vscode.CodeActionKind.QuickFix);
    const fix = actions.find((action) => action.edit !== undefined);
    assert.ok(fix, actions.map(({ title }) => title).join());
    // As a person does it: edits that add cells do not pass through the command that lists code actions.
    await vscode.commands.executeCommand("notebook.focusTop");
    await vscode.commands.executeCommand("list.focusDown");
    await vscode.commands.executeCommand("notebook.cell.edit");
    const editor = await eventually("the cell's editor", () =>
      vscode.window.visibleTextEditors.find((each) => each.document === cell),
    );
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand("editor.action.codeAction", { kind: "quickfix", apply: "first" });
    await eventually("the check", () =>
      notebook.getCells().some(({ document }) => /groupby|MetricFrame/.test(document.getText())),
    );
    await notebook.save();
    const written = JSON.parse(fs.readFileSync(uri.fsPath, "utf8"));
    assert.deepEqual(written.cells[0].outputs[0].text, ["kept\n"]);
    await eventually("no FW101", () =>
      notebook.getCells().every(({ document }) => !codesOf(findings(document.uri)).includes("FW101")),
    );
  });

  it("fixes all that is safe on command", async () => {
    const document = await open("evaluate/evaluate.py");
    await found(document.uri, "FW305");
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const kind = vscode.CodeActionKind.SourceFixAll.append("fairwatt");
    const [action] = await actionsAt(document.uri, whole, kind);
    assert.ok(action?.edit, "no fix-all");
    await vscode.workspace.applyEdit(action.edit);
    assert.match(
      document.getText(),
      /^ {4}with torch\.no_grad\(\):\n {8}output = model\(batch\)\n {4}print/m,
    );
    await eventually("no FW305", () => !codesOf(findings(document.uri)).includes("FW305"));
    await document.save();
  });

  it("fixes all that is safe in a notebook when it is saved, and its outputs stay", async () => {
    const uri = project.file("evaluate/notebook.ipynb");
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(notebook.cellCount - 1).document;
    await found(cell.uri, "FW305");
    const settings = vscode.workspace.getConfiguration("notebook");
    const onSave = { "notebook.source.fixAll.fairwatt": "explicit" };
    await settings.update("codeActionsOnSave", onSave, vscode.ConfigurationTarget.Workspace);
    try {
      // Only what was changed is saved, and fixed.
      const edit = new vscode.WorkspaceEdit();
      edit.insert(cell.uri, new vscode.Position(cell.lineCount - 1, 0), "# evaluated\n");
      await vscode.workspace.applyEdit(edit);
      await found(cell.uri, "FW305");
      await vscode.commands.executeCommand("workbench.action.files.save");
      await eventually("the guard", () => /with torch\.no_grad\(\):\n {8}output/.test(cell.getText()));
    } finally {
      await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await notebook.save();
    const written = JSON.parse(fs.readFileSync(uri.fsPath, "utf8")) as { cells: { outputs: unknown[] }[] };
    assert.equal(written.cells.length, notebook.cellCount);
    for (const { outputs } of written.cells) assert.match(JSON.stringify(outputs), /kept/);
    await eventually("no FW305", () => !codesOf(findings(cell.uri)).includes("FW305"));
  });

  it("gives the figure of the project's own measured run", async () => {
    const folder = project.file("epochs").fsPath;
    const { runner, sampler, marks } = measuredRun({ folder });
    const run = path.join(project.folder, ".fairwatt/runs/01JD5KQ0M0AAAAAAAAAAAAAAA1");
    fs.mkdirSync(run, { recursive: true });
    for (const [name, records] of Object.entries({ "h.11": sampler, marks, "h.10": runner }))
      fs.writeFileSync(
        path.join(run, `${name}.jsonl`),
        records.map((each) => `${JSON.stringify(each)}\n`).join(""),
      );
    await vscode.commands.executeCommand("fairwatt.refreshRuns");
    const document = await open("epochs/train.py");
    let shown = "";
    await eventually(
      "the figure",
      async () => {
        const finding = findings(document.uri).find((each) => codesOf([each])[0] === "FW302");
        if (!finding) return false;
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          document.uri,
          finding.range.start,
        );
        const text = hovers.flatMap(({ contents }) =>
          contents.map((each) => (each as vscode.MarkdownString).value),
        );
        shown = text.join("\n").replaceAll("&nbsp;", " ");
        return /early stopping at epoch 22 .*15\.0 Wh less/.test(shown);
      },
      30_000,
    ).catch(async (error: Error) => {
      const codes = codesOf(findings(document.uri)).join(", ");
      const runs = (await api())
        .runs()
        .map(({ id, state, marks }) => `${id} ${state}, ${marks.length} marks`);
      throw new Error(`${error.message}; findings: ${codes}; runs: ${runs.join("; ")}; hover: ${shown}`);
    });
  });

  it("reads deployment settings as they are written", async () => {
    const document = await open("deploy/vllm.yaml");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), SERVES);
    await vscode.workspace.applyEdit(edit);
    const finding = await found(document.uri, "FW201");
    assert.match(document.getText(finding.range), /^"?meta-llama/);
    await document.save();
  });

  it("knows a check in a sibling file, as soon as it is saved", async () => {
    const document = await open("checked/train.py");
    await found(document.uri, "FW101");
    await rewrite(await open("checked/evaluate.py"), CHECKS);
    await eventually("silence", () => !codesOf(findings(document.uri)).includes("FW101"), 30_000);
  });

  it("reads the first line of a table that the program trains on, and again when the table changes", async () => {
    await makeWatchedFolder(path.join(project.folder, "table"));
    fs.writeFileSync(project.file("table/table.csv").fsPath, PERSONS);
    fs.writeFileSync(project.file("table/train.py").fsPath, READS);
    const document = await open("table/train.py");
    const finding = await found(document.uri, "FW101");
    assert.match(finding.message, /sex and age/);
    assert.ok(finding.relatedInformation!.some(({ message }) => /columns of .*table\.csv/.test(message)));
    fs.writeFileSync(project.file("table/table.csv").fsPath, FLOWERS);
    await eventually("silence", () => findings(document.uri).length === 0, 30_000);
    fs.writeFileSync(project.file("table/table.csv").fsPath, PERSONS);
    await found(document.uri, "FW101");
  });

  it("goes with the setting, and with the project's table", async () => {
    const document = await open("loan/train.py");
    await found(document.uri, "FW101");
    const settings = vscode.workspace.getConfiguration("fairwatt");
    await settings.update("lint.enable", false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually("nothing", () => findings(document.uri).length === 0);
    } finally {
      await settings.update("lint.enable", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await found(document.uri, "FW101");
    await settings.update("lint.ignore", ["FW1"], vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(
        "no FW1",
        () => !codesOf(findings(document.uri)).some((code) => code.startsWith("FW1")),
      );
    } finally {
      await settings.update("lint.ignore", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await found(document.uri, "FW101");
  });

  it("lints the whole workspace on demand: what is not open too", async () => {
    const uri = project.file("closed/train.py");
    const count = await vscode.commands.executeCommand<number>("fairwatt.lintWorkspace");
    assert.ok(count >= 2, `${count} findings`);
    assert.ok(codesOf(findings(uri)).includes("FW101"));
    assert.ok(codesOf(findings(project.file("deploy/vllm.yaml"))).includes("FW201"));
    await open("closed/train.py");
    await eventually("once", () => codesOf(findings(uri)).filter((code) => code === "FW101").length === 1);
  });

  it("leaves no problem of a file under the name that it had, nor of rules that were on", async () => {
    const [old, kept] = [project.file("moved/old/train.py"), project.file("kept/train.py")];
    await vscode.commands.executeCommand("fairwatt.lintWorkspace");
    for (const uri of [old, kept]) assert.ok(codesOf(findings(uri)).includes("FW101"));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(project.file("moved/old"), project.file("moved/new"));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually("none under the old name", () => findings(old).length === 0);
    assert.ok(codesOf(findings(kept)).includes("FW101"));
    const settings = vscode.workspace.getConfiguration("fairwatt", kept);
    try {
      await settings.update("lint.ignore", ["FW1"], vscode.ConfigurationTarget.Workspace);
      await eventually("none of FW101", () => findings(kept).length === 0);
    } finally {
      await settings.update("lint.ignore", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("leaves no finding of cells that are gone, also of the last one", async () => {
    const notebook = await vscode.workspace.openNotebookDocument(project.file("emptied/notebook.ipynb"));
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.getCells().find(({ document }) => /model\.fit/.test(document.getText()))!;
    const { uri } = cell.document;
    await found(uri, "FW101");
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.NotebookRange(0, notebook.cellCount);
    edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(all)]);
    await vscode.workspace.applyEdit(edit);
    await eventually("none", () => findings(uri).length === 0);
    await notebook.save();
  });

  it("says the same on the command line", async () => {
    const { code, stdout } = await commandLine(
      ["lint", "--format", "json", "loan/train.py", "tools"],
      project.folder,
    );
    assert.equal(code, 1);
    const found = JSON.parse(stdout) as { file: string; code: string; line: number }[];
    assert.deepEqual(
      found.filter((each) => each.code === "FW101").map(({ file, line }) => [file, line]),
      [["loan/train.py", 10]],
    );
    assert.equal((await commandLine(["lint", "tools"], project.folder)).code, 0);
    assert.equal((await commandLine(["lint", "--select", "E501"], project.folder)).code, 2);
  });
});
