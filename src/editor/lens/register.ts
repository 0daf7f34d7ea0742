/** *Run measured* above the main guard and above what trains. */

import * as vscode from "vscode";
import type { Presence } from "../presence.ts";
import { settings } from "../settings.ts";
import { findTrainingLines } from "./training-lines.ts";

/** Longer files are generated or data: they get no lens. */
const LONGEST = 500_000;
const PYTHON: vscode.DocumentSelector = [{ language: "python", scheme: "file" }];

class TrainingLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly presence: Presence) {}

  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.presence.isShown || !settings.codeLens(document.uri) || !vscode.workspace.isTrusted) return [];
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

export function registerLenses(context: vscode.ExtensionContext, presence: Presence): void {
  const lenses = new TrainingLenses(presence);
  context.subscriptions.push(
    vscode.languages.registerCodeLensProvider(PYTHON, lenses),
    presence.onDidShow(() => lenses.refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("fairwatt.codeLens")) lenses.refresh();
    }),
  );
}
