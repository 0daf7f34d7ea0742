import assert from "node:assert/strict";
import * as vscode from "vscode";
import { MemoryFiles } from "./memory-files.ts";
import { api, eventually } from "./support.ts";

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("german_credit.csv")
model = LogisticRegression().fit(df[["age", "sex"]], df["loan_status"])
y_pred = model.predict(df[["age", "sex"]])
`;

const CHECKS = `from fairlearn.metrics import MetricFrame
from sklearn.metrics import recall_score

def by_group(y_true, y_pred, groups):
    return MetricFrame(metrics=recall_score, y_true=y_true, y_pred=y_pred, sensitive_features=groups)
`;

const codes = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "fairwatt")
    .map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));

describe("lint of files that are on no disk", function () {
  this.timeout(60_000);
  const files = new MemoryFiles();
  let registered: vscode.Disposable;
  const root = vscode.Uri.parse("fairmemory:/project");
  const file = (name: string) => vscode.Uri.joinPath(root, name);

  before(async () => {
    await api();
    registered = vscode.workspace.registerFileSystemProvider("fairmemory", files);
    await vscode.workspace.fs.writeFile(file("train.py"), new TextEncoder().encode(TRAINS));
    await vscode.workspace.fs.writeFile(file("closed/score.py"), new TextEncoder().encode(TRAINS));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    registered.dispose();
  });

  it("finds what it finds on a disk, in a file that no folder holds", async () => {
    await vscode.window.showTextDocument(file("train.py"));
    await eventually("FW101", () => codes(file("train.py")).includes("FW101"), 30_000);
  });

  // A window of a single folder starts its extensions anew when it is given a second one.
  if (vscode.workspace.workspaceFile) {
    it("knows the other files of a folder, lints all of them on demand, and hears of changes", async () => {
      const { length } = vscode.workspace.workspaceFolders!;
      assert.ok(vscode.workspace.updateWorkspaceFolders(length, 0, { uri: root, name: "memory" }));
      try {
        await eventually("the folder", () => vscode.workspace.getWorkspaceFolder(root));
        const found = await vscode.commands.executeCommand<number>("fairwatt.lintWorkspace");
        assert.ok(found >= 1, `${found} findings`);
        assert.ok(codes(file("closed/score.py")).includes("FW101"));
        await vscode.workspace.fs.writeFile(file("evaluate.py"), new TextEncoder().encode(CHECKS));
        await eventually("silence", () => !codes(file("train.py")).includes("FW101"), 30_000);
        await vscode.workspace.fs.delete(file("evaluate.py"));
        await eventually("FW101 again", () => codes(file("train.py")).includes("FW101"), 30_000);
      } finally {
        vscode.workspace.updateWorkspaceFolders(length, 1);
        await eventually("the folder is gone", () => !vscode.workspace.getWorkspaceFolder(root));
        await eventually("nor are its problems there", () => codes(file("closed/score.py")).length === 0);
      }
    });
  }
});
