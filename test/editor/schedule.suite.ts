import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as vscode from "vscode";
import { api, closeTerminals, eventually, makeProject, runIn } from "./support.ts";

const SETTINGS = 'interval = "200ms"\n[grid]\nprovider = "csv"\nfile = "grid.csv"\n';

/** Dear until a moment, then cheap, in steps of some seconds. */
function figures(step: number, dearUntil: number): string {
  const first = Math.floor(Date.now() / 1_000) * 1_000 - 4 * step;
  const rows = Array.from({ length: 60 }, (_, index) => first + index * step).map(
    (at) => `${new Date(at).toISOString()},${at < dearUntil ? 400 : 100}`,
  );
  return `time,gco2e_per_kwh\n${rows.join("\n")}\n`;
}

describe("a run at the lowest-carbon time", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    project = makeProject("schedule-suite", {
      "fairwatt.toml": SETTINGS,
      "train.py": 'print("trained")\n',
      "grid.csv": figures(3_600_000, Date.now() + 3_600_000),
    });
    // An earlier run says how long it takes.
    const id = await vscode.commands.executeCommand<string>("fairwatt.runMeasured", project.file("train.py"));
    await runIn("finished", id);
  });
  after(async () => {
    await closeTerminals();
    project.remove();
  });

  /** Confirms what is asked with what is offered, until something waits or runs. */
  async function schedule(): Promise<string> {
    let settled = false;
    const done = Promise.resolve(
      vscode.commands.executeCommand<string | undefined>(
        "fairwatt.runAtLowestCarbon",
        project.file("train.py"),
      ),
    ).finally(() => {
      settled = true;
    });
    while (!settled) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (!settled) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    }
    const id = await done;
    assert.ok(id, "nothing was started");
    return id;
  }
  const waitingFiles = () => {
    try {
      return fs.readdirSync(project.file(".fairwatt/waiting").fsPath);
    } catch {
      return [];
    }
  };

  it("waits in its terminal, is seen to wait, and runs nothing when it is cancelled", async () => {
    const fairwatt = await api();
    const before = fairwatt.runs().length;
    const id = await schedule();
    const shown = await eventually("the wait in the status bar", () => {
      const status = fairwatt.status();
      return status?.text.startsWith("$(watch)") && status;
    });
    assert.match(shown.text, /^\$\(watch\) train\.py waits until .*\d\d:\d\d/);
    assert.match(shown.accessible, /which saves 75 % \(.+\) of the CO2e; done before /);
    assert.deepEqual(waitingFiles(), [`${id}.json`]);
    await vscode.commands.executeCommand("fairwatt.revealTerminal", id);
    await eventually(
      "its terminal in front",
      () => vscode.window.activeTerminal?.name === "Fairwatt: train.py",
    );

    await vscode.commands.executeCommand("fairwatt.cancelWaiting", id);
    await eventually("the wait gone", () => !fairwatt.status()?.text.startsWith("$(watch)"));
    await eventually("its file gone", () => waitingFiles().length === 0);
    await fairwatt.refresh();
    assert.equal(fairwatt.runs().length, before);
  });

  it("starts by itself, as the run that waited", async () => {
    const step = 2_000;
    fs.writeFileSync(project.file("grid.csv").fsPath, figures(step, Date.now() + 4 * step));
    const id = await schedule();
    const run = await runIn("finished", id);
    assert.equal(run.name, "train.py");
    assert.deepEqual(waitingFiles(), []);
  });

  it("says what is missing where the project names no source of figures, and starts nothing", async () => {
    fs.writeFileSync(project.file("fairwatt.toml").fsPath, 'interval = "200ms"\n');
    const terminals = vscode.window.terminals.length;
    await assert.rejects(schedule, /nothing was started/);
    assert.equal(vscode.window.terminals.length, terminals);
    await vscode.commands.executeCommand("notifications.clearAll");
  });
});
