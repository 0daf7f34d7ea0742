import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as vscode from "vscode";
import { pythonWithNbclient } from "./notebook-python.ts";
import { api, closeTerminals, eventually, makeProject, runIn } from "./support.ts";

const BUSY = `
import time
end = time.time() + 60
while time.time() < end:
    sum(range(20_000))
`;

(process.platform === "linux" ? describe : describe.skip)("a process that is attached to", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;
  let child: ChildProcess;

  before(() => {
    project = makeProject("attach-suite", { "busy.py": BUSY });
    child = spawn("python3", [project.file("busy.py").fsPath], { cwd: project.folder });
  });
  after(async () => {
    child.kill("SIGKILL");
    await closeTerminals();
    project.remove();
  });

  it("is measured live; stopping the run ends the measuring and leaves the process alone", async () => {
    await vscode.window.showTextDocument(project.file("busy.py"));
    const id = await vscode.commands.executeCommand<string>("fairwatt.attach", child.pid);
    assert.ok(id, "the command gave no run");
    const live = await runIn((run) => run.state === "running" && run.energy.value > 0, id);
    assert.equal(live.name, "busy.py");
    assert.equal(live.attached?.by, "fairwatt attach");
    assert.equal(live.commandPid, child.pid);
    await vscode.commands.executeCommand("fairwatt.stopRun", id);
    const ended = await runIn("stopped", id);
    assert.match(ended.stateReason ?? "", /the process went on/);
    assert.match(ended.notices.join(), /energy before that is not known/);
    assert.equal(child.exitCode, null);
  });
});

/** Says its process id, and works until it is told to end. */
const DEBUGGED = `
import os
with open("pid", "w") as file:
    file.write(str(os.getpid()))
while not os.path.exists("end"):
    sum(range(20_000))
`;

(process.platform === "linux" ? describe : describe.skip)("a debug session", function () {
  this.timeout(120_000);
  let project: ReturnType<typeof makeProject>;
  const settings = () => vscode.workspace.getConfiguration("fairwatt");
  const measure = (value: boolean | undefined) =>
    settings().update("debug.measure", value, vscode.ConfigurationTarget.Workspace);
  const ledgerOf = (folder: string) =>
    fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name)) : [];
  const runsHere = async () => (await api()).runs().filter(({ folder }) => folder === project.folder);
  let python: string;

  before(async () => {
    project = makeProject("debug-suite", { "debugged.py": DEBUGGED });
    // ipykernel brings debugpy along.
    python = await pythonWithNbclient();
  });
  after(async () => {
    await measure(undefined);
    await vscode.debug.stopDebugging();
    project.remove();
  });

  /** Starts the program under debugpy and gives its process id. */
  async function debug(): Promise<number> {
    for (const name of ["pid", "end"]) fs.rmSync(project.file(name).fsPath, { force: true });
    const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders![0], {
      type: "fairwatt-tests-python",
      name: "debugged",
      request: "launch",
      program: project.file("debugged.py").fsPath,
      cwd: project.folder,
      python: [python],
      console: "internalConsole",
    });
    assert.equal(started, true, "the session did not start");
    const pid = () =>
      fs.existsSync(project.file("pid").fsPath) && Number(fs.readFileSync(project.file("pid").fsPath));
    return eventually("the debugged program", pid, 60_000);
  }

  function sessionEnd(): Promise<void> {
    return new Promise((resolve) => {
      const listener = vscode.debug.onDidTerminateDebugSession(() => {
        listener.dispose();
        resolve();
      });
    });
  }

  it("is measured where the person wants it, from its process event to its end, and ends in the ledger", async () => {
    await measure(true);
    const pid = await debug();
    const live = await eventually(
      "the session's run with energy",
      async () => (await runsHere()).find(({ energy }) => energy.value > 0),
      60_000,
    );
    assert.equal(live.commandPid, pid);
    assert.equal(live.attached?.by, "debug session");
    assert.equal(live.name, "debugged.py");
    assert.equal(live.state, "running");
    const ended = sessionEnd();
    fs.writeFileSync(project.file("end").fsPath, "");
    await ended;
    const run = await runIn((each) => each.state !== "running", live.id);
    assert.equal(run.state, "finished");
    assert.ok(run.energy.value >= live.energy.value);
    await eventually(
      "its ledger entry",
      () => ledgerOf(project.file(".fairwatt/ledger").fsPath).length === 1,
    );
  });

  it("is not measured otherwise", async () => {
    await measure(undefined);
    const before = (await runsHere()).length;
    await debug();
    const ended = sessionEnd();
    fs.writeFileSync(project.file("end").fsPath, "");
    await ended;
    await (await api()).refresh();
    assert.equal((await runsHere()).length, before);
  });
});
