/** *Run measured* above the main guard and above what trains; beside it what the last run used. */

import * as vscode from "vscode";
import type { Presence } from "../presence.ts";
import type { RunStore } from "../runs/run-store.ts";
import { settings } from "../settings.ts";
import { lastRunLenses, runsFile } from "./last-run.ts";
import { findTrainingLines, type TrainingLine } from "./training-lines.ts";

/** Longer files are generated or data: they get no lens. */
const LONGEST = 500_000;
const PYTHON: vscode.DocumentSelector = [{ language: "python", scheme: "file" }];

class TrainingLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly presence: Presence,
    private readonly store: RunStore,
  ) {}

  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.presence.isShown || !vscode.workspace.isTrusted) return [];
    const { uri } = document;
    const text = document.getText();
    if (text.length > LONGEST) return [];
    const lines = findTrainingLines(text);
    return [
      ...(settings.codeLens(uri) ? lines.map(({ line }) => runLens(line, uri)) : []),
      ...(settings.codeLensLastRun(uri) ? this.lastRun(uri, lines) : []),
    ];
  }

  private lastRun({ fsPath }: vscode.Uri, lines: readonly TrainingLine[]): vscode.CodeLens[] {
    return lastRunLenses(fsPath, lines, this.store.runs(), vscode.l10n.t).map(
      ({ line, title, tooltip, run }) =>
        lens(line, { title, tooltip, command: "fairwatt.openDashboard", arguments: [run] }),
    );
  }
}

const lens = (line: number, command: vscode.Command) =>
  new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);

const runLens = (line: number, uri: vscode.Uri) =>
  lens(line, {
    title: vscode.l10n.t("Run measured"),
    tooltip: vscode.l10n.t("Runs this file and measures its energy"),
    command: "fairwatt.runMeasured",
    arguments: [uri],
  });

export function registerLenses(context: vscode.ExtensionContext, presence: Presence, store: RunStore): void {
  const lenses = new TrainingLenses(presence, store);
  const isOpen = (run: Parameters<typeof runsFile>[0]) =>
    vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === "file" && runsFile(run, uri.fsPath));
  context.subscriptions.push(
    vscode.languages.registerCodeLensProvider(PYTHON, lenses),
    presence.onDidShow(() => lenses.refresh()),
    store.onDidChange(({ run }) => {
      // While it goes on it is in the status bar.
      if (run.state !== "running" && isOpen(run)) lenses.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("fairwatt.codeLens")) lenses.refresh();
    }),
  );
}
