import assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, extension } from "./support.ts";

/** Commands that VS Code makes of a contributed view and its container. */
const MADE_BY_VIEWS = /^fairwatt\.runs\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/;

describe("the manifest", () => {
  it("and the code agree on the commands", async () => {
    await api();
    const contributed: string[] = extension().packageJSON.contributes.commands.map(
      (each: { command: string }) => each.command,
    );
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) => command.startsWith("fairwatt.") && !MADE_BY_VIEWS.test(command),
    );
    assert.deepEqual([...registered].sort(), [...contributed].sort());
  });

  it("has a text for every key", () => {
    const left = [...JSON.stringify(extension().packageJSON).matchAll(/"%[\w.]+%"/g)].map(
      (match) => match[0],
    );
    assert.deepEqual(left, []);
    assert.equal(extension().packageJSON.displayName, "Fairwatt");
  });

  it("gives an interface of version 1 to others", async () => {
    const fairwatt = await api();
    assert.equal(fairwatt.version, 1);
    assert.ok(Array.isArray(fairwatt.runs()));
  });

  it("has defaults for its settings", () => {
    const settings = vscode.workspace.getConfiguration("fairwatt");
    assert.equal(settings.get("codeLens.enabled"), true);
    assert.equal(settings.get("statusBar.enabled"), true);
    assert.equal(settings.get("zone"), "");
    assert.equal(settings.get("python.interpreter"), "");
  });
});
