/** What the linter does, among the language's states: how much it found in the file in front, or that it reads the folder. */

import * as vscode from "vscode";
import type { DocumentReport } from "../../lint/document-report.ts";
import type { LintController } from "./lint-controller.ts";
import { lintedOf } from "./open-document.ts";
import type { WorkspaceLinter } from "./workspace-linter.ts";

const LANGUAGES = ["python", "yaml", "json", "jsonc", "toml", "dockerfile", "dockercompose", "shellscript"];

export function registerLintStatus(
  context: vscode.ExtensionContext,
  controller: LintController,
  linter: WorkspaceLinter,
): void {
  const item = vscode.languages.createLanguageStatusItem("fairwatt.lint", LANGUAGES);
  item.name = vscode.l10n.t("Fairwatt lint");
  item.command = { title: vscode.l10n.t("Lint Workspace"), command: "fairwatt.lintWorkspace" };
  const show = () => {
    const document = vscode.window.activeTextEditor?.document;
    const linted = document && lintedOf(document);
    const report = linted && controller.known(linted);
    const read = linted && linter.filesReadAround(linted.uri);
    item.busy = linter.isIndexing;
    item.severity = linter.failed
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    if (linter.failed) item.text = vscode.l10n.t("Fairwatt: the linter stopped");
    else if (!report) item.text = vscode.l10n.t("Fairwatt: not linted");
    else if (report.findings.length === 1) item.text = vscode.l10n.t("Fairwatt: 1 finding");
    else item.text = vscode.l10n.t("Fairwatt: {0} findings", report.findings.length);
    item.detail = linter.isIndexing ? vscode.l10n.t("reading the folder") : detailOf(report, read);
  };
  show();
  context.subscriptions.push(
    item,
    controller.onDidPublish(show),
    linter.onDidChangeBusy(show),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

function detailOf(report: DocumentReport | undefined, filesRead: number | undefined): string | undefined {
  const silenced = report?.suppressed.length ?? 0;
  const details = [
    silenced > 0 ? vscode.l10n.t("{0} silenced by comments", silenced) : undefined,
    filesRead === undefined
      ? undefined
      : vscode.l10n.t("only {0} files of the folder were read: it is on no disk here", filesRead),
  ];
  return details.filter((detail) => detail !== undefined).join("; ") || undefined;
}
