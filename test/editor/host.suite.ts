import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the editor under test", () => {
  it("is the version that was asked for", () => {
    assert.equal(vscode.version, process.env.FAIRWATT_EXPECTED_VSCODE);
  });

  it("has the workspace open and trusts it", () => {
    assert.ok(vscode.workspace.workspaceFolders?.length);
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it("finds files", async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const file = vscode.Uri.joinPath(folder, "found-by-the-host-suite.txt");
    await vscode.workspace.fs.writeFile(file, Buffer.from("a line\n"));
    try {
      const found = await vscode.workspace.findFiles("**/found-by-*.txt");
      assert.deepEqual(
        found.map((uri) => uri.fsPath),
        [file.fsPath],
      );
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it("runs a program as a terminal and gives its exit code", async () => {
    const closed = new Promise<vscode.Terminal>((resolve) => {
      const listener = vscode.window.onDidCloseTerminal((terminal) => {
        if (terminal.name !== "exit code") return;
        listener.dispose();
        resolve(terminal);
      });
    });
    vscode.window.createTerminal({
      name: "exit code",
      shellPath: process.execPath,
      shellArgs: ["-e", "process.exit(7)"],
    });
    assert.equal((await closed).exitStatus?.code, 7);
  });
});
