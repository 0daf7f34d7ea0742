import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { type CellExecution, cellExecutions } from "../../src/energy/cell-energy.ts";
import type { RunSummary } from "../../src/energy/run.ts";
import { pythonWithNbclient } from "./notebook-python.ts";
import { api, eventually, makeProject } from "./support.ts";

/** Starts an ipykernel below itself and executes in it what comes on standard input, a JSON string on each line. */
const DRIVER = `
import json, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel()
print("ready", flush=True)
for line in sys.stdin:
    reply = client.execute_interactive(json.loads(line), output_hook=lambda message: None)
    print(reply["content"]["status"], flush=True)
manager.shutdown_kernel(now=True)
`;
const BUSY = "import time\nend = time.time() + 2\nwhile time.time() < end:\n    sum(range(20_000))";

const cell = (source: string, id: string) => ({
  cell_type: "code",
  execution_count: null,
  id,
  metadata: {},
  outputs: [],
  source,
});
const NOTEBOOK = JSON.stringify({
  cells: [cell("x = 1", "a1"), cell(BUSY, "a2")],
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  nbformat: 4,
  nbformat_minor: 5,
});

(process.platform === "linux" ? describe : describe.skip)("cells of a notebook", function () {
  this.timeout(240_000);
  let project: ReturnType<typeof makeProject>;
  let driver: ChildProcess;
  let controller: vscode.NotebookController;
  /** Answers of the kernel that nobody has taken yet, and who waits for one. */
  const answers: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  const answer = () =>
    new Promise<string>((resolve) => {
      const there = answers.shift();
      if (there === undefined) waiting.push(resolve);
      else resolve(there);
    });

  before(async () => {
    project = makeProject("cells-suite", { "train.ipynb": NOTEBOOK, "driver.py": DRIVER });
    const python = await pythonWithNbclient();
    driver = spawn(python, [project.file("driver.py").fsPath], {
      cwd: project.folder,
      stdio: ["pipe", "pipe", "inherit"],
    });
    createInterface({ input: driver.stdout! }).on("line", (line) => {
      const next = waiting.shift();
      if (next) next(line);
      else answers.push(line);
    });
    assert.equal(await answer(), "ready");
    controller = vscode.notebooks.createNotebookController("cells-suite", "jupyter-notebook", "Cells");
    let order = 0;
    controller.supportsExecutionOrder = true;
    controller.executeHandler = async (cells) => {
      for (const each of cells) {
        const execution = controller.createNotebookCellExecution(each);
        execution.executionOrder = ++order;
        execution.start(Date.now());
        driver.stdin!.write(`${JSON.stringify(each.document.getText())}\n`);
        execution.end((await answer()) === "ok", Date.now());
      }
    };
  });
  after(async () => {
    driver.stdin?.end();
    controller?.dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });

  it("are measured in their kernel's process: the busy one has its energy", async () => {
    const notebook = await vscode.workspace.openNotebookDocument(project.file("train.ipynb"));
    await vscode.window.showNotebookDocument(notebook);
    controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
    await vscode.commands.executeCommand("notebook.selectKernel", {
      id: "cells-suite",
      extension: "fairwatt.fairwatt",
    });
    const execute = (index: number) =>
      vscode.commands.executeCommand("notebook.cell.execute", {
        ranges: [{ start: index, end: index + 1 }],
        document: notebook.uri,
      });
    const fairwatt = await api();
    const runOfNotebook = (fits: (run: RunSummary) => boolean) => () =>
      fairwatt.runs().find((each) => each.folder === project.folder && fits(each));
    await execute(0);
    await eventually(
      "the kernel's process measured",
      runOfNotebook(({ energy }) => energy.value > 0),
      60_000,
    );
    await execute(1);
    const ended = ({ index, to, energy }: CellExecution) => index === 2 && to !== null && energy !== null;
    const run = await eventually(
      "the energy of the busy cell",
      runOfNotebook((each) => cellExecutions(each).some(ended)),
      60_000,
    );
    assert.equal(run.attached?.by, "notebook");
    assert.equal(run.name, "train.ipynb");
    assert.notEqual(run.commandPid, driver.pid, "the driver was measured, not the kernel");
    const [idle, busy] = cellExecutions(run);
    assert.deepEqual([idle!.index, busy!.index], [1, 2]);
    assert.ok(busy!.to! > busy!.from);
    // Beside it: the interpreter's memory while nothing was executed.
    assert.ok(busy!.energy!.value > run.energy.value / 4, `${busy!.energy!.value} of ${run.energy.value} J`);
    assert.ok(busy!.energy!.value <= run.energy.value);
  });

  it("end with their kernel", async () => {
    driver.stdin!.end();
    const fairwatt = await api();
    const ended = await eventually(
      "the end of the measuring",
      () => fairwatt.runs().find((each) => each.folder === project.folder && each.state !== "running"),
      30_000,
    );
    assert.equal(ended.state, "finished");
    assert.match(ended.stateReason ?? "", /not started by Fairwatt/);
  });
});
