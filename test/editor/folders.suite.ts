import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, closeTerminals, eventually } from "./support.ts";

describe("workspace folders", function () {
  this.timeout(60_000);

  after(closeTerminals);

  it("each keep their own runs", async () => {
    const fairwatt = await api();
    for (const { uri } of vscode.workspace.workspaceFolders!) {
      const script = path.join(uri.fsPath, "in-this-folder.py");
      fs.writeFileSync(script, "print(1)\n");
      const id = await vscode.commands.executeCommand<string>(
        "fairwatt.runMeasured",
        vscode.Uri.file(script),
      );
      const run = await eventually("the run", () =>
        fairwatt.runs().find((each) => each.id === id && each.state === "finished"),
      );
      assert.equal(run.folder, uri.fsPath);
      assert.ok(fs.existsSync(path.join(uri.fsPath, ".fairwatt", "runs", id)), "not in its own folder");
      fs.rmSync(script);
    }
  });
});
