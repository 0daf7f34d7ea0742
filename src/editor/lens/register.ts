/** *Run measured* above the main guard and above what trains. */

import * as vscode from "vscode";
import { settings } from "../settings.ts";
import { findTrainingLines } from "./training-lines.ts";

/** Longer files are generated or data: they get no lens. */
const LONGEST = 500_000;
const PYTHON: vscode.DocumentSelector = [{ language: "python", scheme: "file" }];

class TrainingLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!settings.codeLens(document.uri) || !vscode.workspace.isTrusted) return [];
    const text = document.getText();
    if (text.length > LONGEST) return [];
    return findTrainingLines(text).map(
      ({ line }) =>
        new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          title: vscode.l10n.t("Run measured"),
          tooltip: vscode.l10n.t("Runs this file and measures its energy"),
          command: "fairwatt.runMeasured",
          arguments: [document.uri],
        }),
    );
  }
}

export function registerLenses(context: vscode.ExtensionContext): void {
  const lenses = new TrainingLenses();
  context.subscriptions.push(
    vscode.languages.registerCodeLensProvider(PYTHON, lenses),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("fairwatt.codeLens")) lenses.refresh();
    }),
  );
}
