/** Attaches to the kernel of a notebook while its cells are executed, and shows what each execution used. */

import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { cellExecutions } from "../../energy/cell-energy.ts";
import { kernelCandidates } from "../../energy/kernel-process.node.ts";
import { kernelOf } from "../../energy/kernel-process.ts";
import { findProjectFolder } from "../../energy/run-folder.node.ts";
import { AttachedProcess } from "../attach/attached-process.ts";
import { cellText } from "./cell-text.ts";
import type { NotebookEnergy, NotebookEnergyRegistration } from "./register.ts";

const NOTEBOOKS = ["jupyter-notebook", "interactive"];
/** A kernel that executes nothing for so long is let go, ms. */
const IDLE_AFTER = 5 * 60_000;

export function createNotebookEnergy(registration: NotebookEnergyRegistration): NotebookEnergy {
  return new CellMeasuring(registration);
}

/** One notebook whose kernel is measured. */
interface Session {
  attached: AttachedProcess;
  kernel: number;
  executing: Set<string>;
  idle?: NodeJS.Timeout;
}

/** Where the latest execution of a cell is recorded, and when it began by the editor's clock, Unix ms. */
interface Shown {
  runId: string;
  startedAt: number;
}

class CellMeasuring implements NotebookEnergy, vscode.NotebookCellStatusBarItemProvider {
  private readonly changedItems = new vscode.EventEmitter<void>();
  readonly onDidChangeCellStatusBarItems = this.changedItems.event;
  private readonly sessions = new Map<string, Session>();
  private readonly shown = new Map<string, Shown>();
  private readonly told = new Set<string>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly registration: NotebookEnergyRegistration) {
    this.disposables = [
      this.changedItems,
      ...NOTEBOOKS.map((type) => vscode.notebooks.registerNotebookCellStatusBarItemProvider(type, this)),
      registration.store.onDidChange(({ run }) => {
        if (run.attached) this.changedItems.fire();
      }),
      vscode.workspace.onDidCloseNotebookDocument(({ uri }) =>
        this.sessions.get(uri.toString())?.attached.stop(),
      ),
    ];
  }

  /** While a cell is executed its summary has neither an outcome nor times; when it has ended it has both. */
  changed({ notebook, cellChanges }: vscode.NotebookDocumentChangeEvent): void {
    for (const { cell, executionSummary: summary } of cellChanges) {
      if (!summary) continue;
      if (summary.timing !== undefined || summary.success !== undefined) this.ended(notebook, cell);
      else if (summary.executionOrder !== undefined) this.began(notebook, cell);
    }
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem | undefined {
    const shown = this.shown.get(cell.document.uri.toString());
    const run = shown && this.registration.store.get(shown.runId);
    if (!run) return undefined;
    const execution = cellExecutions(run).findLast((each) => each.cell === cell.document.uri.fragment);
    // What lies before the first sample, of the first cell.
    const late = Math.max(0, (run.startedAt - shown.startedAt) / 1000);
    const said = execution && cellText(execution, run, late, vscode.l10n.t);
    if (!said) return undefined;
    const item = new vscode.NotebookCellStatusBarItem(said.text, vscode.NotebookCellStatusBarAlignment.Right);
    item.tooltip = said.tooltip;
    item.accessibilityInformation = { label: `${said.text.replace(/\$\(\w+\) /, "")}, ${said.tooltip}` };
    item.command = {
      title: vscode.l10n.t("Open in Dashboard"),
      command: "fairwatt.openDashboard",
      arguments: [run.id],
    };
    return item;
  }

  dispose(): void {
    for (const { attached, idle } of this.sessions.values()) {
      clearTimeout(idle);
      attached.stop();
    }
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private began(notebook: vscode.NotebookDocument, cell: vscode.NotebookCell): void {
    const id = cell.document.uri.fragment;
    const session = this.sessions.get(notebook.uri.toString()) ?? this.open(notebook);
    if (!session || session.executing.has(id)) return;
    clearTimeout(session.idle);
    session.executing.add(id);
    this.shown.set(cell.document.uri.toString(), { runId: session.attached.runId, startedAt: Date.now() });
    session.attached.mark({ kind: "cell", cell: id, edge: "start", index: cell.index + 1 });
  }

  private ended(notebook: vscode.NotebookDocument, cell: vscode.NotebookCell): void {
    const id = cell.document.uri.fragment;
    const session = this.sessions.get(notebook.uri.toString());
    if (!session?.executing.delete(id)) return;
    session.attached.mark({ kind: "cell", cell: id, edge: "end", index: cell.index + 1 });
    if (session.executing.size > 0) return;
    session.idle = setTimeout(() => session.attached.stop(), IDLE_AFTER);
  }

  private open(notebook: vscode.NotebookDocument): Session | undefined {
    const file = notebook.uri.fsPath;
    const folder = path.dirname(file);
    const project = findProjectFolder(folder);
    // Where nobody works with Fairwatt it leaves no record.
    if (!["fairwatt.toml", ".fairwatt"].some((name) => existsSync(path.join(project, name))))
      return undefined;
    const { cli, launcher, log } = this.registration;
    const taken = new Set([...this.sessions.values()].map(({ kernel }) => kernel));
    const found = kernelOf(file, folder, kernelCandidates(process.getuid!(), process.pid), taken);
    if ("reason" in found) {
      if (!this.told.has(file)) log.channel.info(`cells of ${file} are not measured: ${found.reason}`);
      this.told.add(file);
      return undefined;
    }
    const { pid, pidStart } = found.kernel;
    const attached = new AttachedProcess(cli, {
      pid,
      pidStart,
      cwd: folder,
      name: path.basename(file),
      by: "notebook",
    });
    log.channel.info(`run ${attached.runId}: kernel ${pid} of ${file}, ${found.how}`);
    const session: Session = { attached, kernel: pid, executing: new Set() };
    this.sessions.set(notebook.uri.toString(), session);
    void launcher.expectRun(folder, attached.runId);
    void attached.ended.then((fault) => {
      clearTimeout(session.idle);
      if (this.sessions.get(notebook.uri.toString()) === session)
        this.sessions.delete(notebook.uri.toString());
      if (fault !== undefined) log.channel.warn(`the kernel of ${file}: ${fault}`);
    });
    return session;
  }
}
