import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { closeTerminals, makeProject, runIn } from "./support.ts";

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
