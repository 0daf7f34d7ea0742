import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as vscode from "vscode";
import type { RunSummary } from "../../src/energy/run.ts";
import { api, closeTerminals, eventually, makeProject, runIn } from "./support.ts";

const TRAINS = `
import sys, time
end = time.time() + 2.5
while time.time() < end:
    sum(range(200_000))
print("trained")
sys.exit(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
`;

/** Says by a file that it is listening: a signal before that would end Python itself. */
const WAITS = `
import os, time
open(os.environ["FAIRWATT_RUN_ID"] + ".ready", "w").close()
time.sleep(120)
`;

const STUBBORN = `
import os, signal, time
signal.signal(signal.SIGINT, lambda *_: print("not yet", flush=True))
open(os.environ["FAIRWATT_RUN_ID"] + ".ready", "w").close()
end = time.time() + 120
while time.time() < end:
    time.sleep(0.1)
`;

const run = (uri: vscode.Uri) =>
  vscode.commands.executeCommand<string | undefined>("fairwatt.runMeasured", uri);

describe("a measured run", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(() => {
    project = makeProject("run-suite", { "train.py": TRAINS, "wait.py": WAITS, "stubborn.py": STUBBORN });
  });
  const listens = (id: string) =>
    eventually(`run ${id} listens`, () => fs.existsSync(project.file(`${id}.ready`).fsPath));
  after(async () => {
    await closeTerminals();
    project.remove();
  });

  it("is marked in the status bar once its project's budget is passed, and says so", async () => {
    const fairwatt = await api();
    const poor = makeProject("budget-suite", {
      "wait.py": WAITS,
      "fairwatt.toml": 'interval = "200ms"\n[budget]\nperiod = "month"\nkwh = 1e-12\n',
    });
    try {
      const id = await run(poor.file("wait.py"));
      assert.ok(id, "the command gave no run");
      await runIn((each) => each.state === "running" && each.energy.value > 0, id);
      const warned = /The budget of \d{4}-\d\d is passed\./;
      await eventually("the warning", () => warned.test(fairwatt.status()?.accessible ?? ""));
      await vscode.commands.executeCommand("fairwatt.stopRun", id);
      await runIn((each) => each.state !== "running", id);
      assert.doesNotMatch(fairwatt.status()?.accessible ?? "", warned);
      const ledger = poor.file(".fairwatt/ledger").fsPath;
      await eventually(
        "its ledger entry",
        () =>
          fs.existsSync(ledger) && fs.readdirSync(ledger).some((name) => /^[0-9a-f]{64}\.json$/.test(name)),
      );
      // Before the next one begins, the person is asked; who leaves the question runs nothing.
      const runs = fairwatt.runs().length;
      const next = run(poor.file("wait.py"));
      await eventually("the question answered", async () => {
        await vscode.commands.executeCommand("notifications.clearAll");
        return Promise.race([
          next.then(() => true),
          new Promise<false>((resolve) => setTimeout(resolve, 200, false)),
        ]);
      });
      assert.equal(await next, undefined);
      await fairwatt.refresh();
      assert.equal(fairwatt.runs().length, runs);
    } finally {
      poor.remove();
    }
  });

  it("goes live in the status bar, ends with the command's exit code and stays there", async () => {
    const fairwatt = await api();
    const seen: RunSummary[] = [];
    const listener = fairwatt.onDidChangeRuns(({ run }) => seen.push(run));
    try {
      const id = await run(project.file("train.py"));
      assert.ok(id, "the command gave no run");
      const live = await runIn((each) => each.state === "running" && each.energy.value > 0, id);
      assert.equal(live.name, "train.py");
      assert.equal(live.folder, project.folder);
      assert.equal(live.argv.at(-1), project.file("train.py").fsPath);
      const shown = fairwatt.status();
      assert.match(shown?.text ?? "", /^\$\(pulse\) ≈?[\d.]+ m?Wh/);
      assert.match(shown?.accessible ?? "", /train\.py running/);

      const ended = await runIn("failed", id);
      assert.equal(ended.exitCode, 3);
      assert.ok(ended.duration > 2, `it lasted ${ended.duration} s`);
      assert.ok(ended.energy.low <= ended.energy.value && ended.energy.value <= ended.energy.high);
      assert.match(fairwatt.status()?.text ?? "", /^\$\(error\) .* · [\d.]+ s$/);
      assert.match(fairwatt.status()?.accessible ?? "", /exit code 3/);

      const mine = seen.filter((each) => each.id === id);
      assert.ok(mine.length >= 3, `${mine.length} changes were heard of`);
      const energies = mine.map((each) => each.energy.value);
      assert.deepEqual(
        energies,
        [...energies].sort((a, b) => a - b),
        "energy went down",
      );
    } finally {
      listener.dispose();
    }
  });

  it("keeps its terminal open for reading, and is found in it by its id", async () => {
    const newest = (await api()).runs()[0]!;
    const terminal = vscode.window.terminals.find((each) => {
      const options = each.creationOptions as vscode.TerminalOptions;
      return options.env?.FAIRWATT_NEW_RUN_ID === newest.id;
    });
    assert.equal(terminal?.name, "Fairwatt: train.py");
    assert.equal(terminal.exitStatus, undefined);
    await vscode.commands.executeCommand("fairwatt.revealTerminal", newest.id);
    await eventually("the terminal in front", () => vscode.window.activeTerminal === terminal);
  });

  it("runs again with the same command", async () => {
    const first = (await api()).runs().find((each) => each.name === "train.py")!;
    const id = await vscode.commands.executeCommand<string>("fairwatt.rerun", first.id);
    const again = await runIn("failed", id);
    assert.notEqual(again.id, first.id);
    assert.deepEqual(again.argv, first.argv);
    assert.equal(again.cwd, first.cwd);
  });

  it("stops when asked", async () => {
    const id = await run(project.file("wait.py"));
    await runIn((each) => each.state === "running" && each.commandPid !== undefined, id!);
    await listens(id!);
    await vscode.commands.executeCommand("fairwatt.stopRun", id);
    const stopped = await runIn((each) => each.state !== "running", id!);
    assert.equal(stopped.state, "stopped");
    assert.match((await api()).status()?.text ?? "", /^\$\(circle-slash\)/);
  });

  it("is asked more firmly the second time", async () => {
    const id = await run(project.file("stubborn.py"));
    await runIn((each) => each.state === "running" && each.commandPid !== undefined, id!);
    await listens(id!);
    await vscode.commands.executeCommand("fairwatt.stopRun", id);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.equal((await api()).runs().find((each) => each.id === id)?.state, "running");
    await vscode.commands.executeCommand("fairwatt.stopRun", id);
    const stopped = await runIn((each) => each.state !== "running", id!);
    assert.equal(stopped.state, "stopped");
    assert.equal(stopped.signal, "SIGTERM");
  });

  it("saves what is on screen first", async () => {
    const uri = project.file("train.py");
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(document.lineCount - 1, 0), "\nsys.exit(9)\n");
    edit.replace(uri, document.lineAt(2).range, "end = time.time() + 0.5; sys.argv.append('5')");
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.isDirty, true);
    const id = await run(uri);
    assert.equal(document.isDirty, false);
    assert.equal((await runIn("failed", id!)).exitCode, 5);
  });

  it("shows two live runs as a sum", async () => {
    const ids = [await run(project.file("wait.py")), await run(project.file("wait.py"))];
    for (const id of ids) await runIn("running", id!);
    const fairwatt = await api();
    await eventually("two runs in the status bar", () =>
      /\$\(pulse\) 2 runs · /.test(fairwatt.status()?.text ?? ""),
    );
    for (const id of ids) {
      await listens(id!);
      await vscode.commands.executeCommand("fairwatt.stopRun", id);
    }
    for (const id of ids) await runIn("stopped", id!);
  });

  it("does not start what is no Python file", async () => {
    assert.equal(await run(project.file("fairwatt.toml")), undefined);
    assert.equal(await run(vscode.Uri.parse("untitled:Untitled-1")), undefined);
    assert.equal(await run(project.file("missing.py")), undefined);
  });
});
