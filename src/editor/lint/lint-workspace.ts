/** *Lint Workspace*: the findings of all files as problems, with progress and cancel. */

import * as vscode from "vscode";
import { diagnosticOf } from "./diagnostics.ts";
import type { LintSettings } from "./lint-settings.ts";
import type { WorkspaceLinter } from "./workspace-linter.ts";

/** Files that the worker is asked for at once: between two of these it can be cancelled. */
const BATCH = 50;

export class WorkspaceProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("fairwatt-workspace");
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly linter: WorkspaceLinter,
    private readonly settings: LintSettings,
  ) {
    // A file that is open is linted as it is written: its problems stand there, and once.
    const drop = ({ uri }: { uri: vscode.Uri }) => this.collection.delete(uri);
    /** Files, or what was below folders, that are no longer there. */
    const dropBelow = (gone: readonly vscode.Uri[]) => {
      const isGone = (file: string) => gone.some((uri) => file === `${uri}` || file.startsWith(`${uri}/`));
      const stale = [...this.collection].map(([uri]) => uri).filter((uri) => isGone(uri.toString()));
      for (const uri of stale) this.collection.delete(uri);
    };
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument(drop),
      vscode.workspace.onDidOpenNotebookDocument(drop),
      vscode.workspace.onDidDeleteFiles(({ files }) => dropBelow(files)),
      vscode.workspace.onDidRenameFiles(({ files }) => dropBelow(files.map(({ oldUri }) => oldUri))),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => dropBelow(removed.map(({ uri }) => uri))),
      // They were found by other rules.
      settings.onDidChange(() => this.collection.clear()),
    ];
  }

  /** Resolves to how many were found; undefined when it was cancelled or no folder is open. */
  async lintWorkspace(): Promise<number | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("No folder is open in this window: only what is open is linted."),
      );
      return undefined;
    }
    return vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Fairwatt: linting the workspace"),
        cancellable: true,
      },
      async (progress, token) => {
        this.collection.clear();
        let found = 0;
        let lookedAt = 0;
        for (const folder of folders) {
          await this.linter.index(folder);
          const files = await this.linter.files(folder);
          const selection = await this.settings.selectionFor(folder.uri);
          for (let at = 0; selection && at < files.length; at += BATCH) {
            if (token.isCancellationRequested) return undefined;
            const batch = files.slice(at, at + BATCH);
            lookedAt += batch.length;
            for (const { path, report } of await this.linter.lintFiles(folder, batch, selection)) {
              found += report.findings.length;
              this.show(vscode.Uri.joinPath(folder.uri, path), report.findings);
            }
            progress.report({
              increment: (100 * batch.length) / files.length / folders.length,
              message: `${Math.min(at + BATCH, files.length)} / ${files.length}`,
            });
          }
        }
        tellSum(found, lookedAt);
        return found;
      },
    );
  }

  private show(uri: vscode.Uri, findings: Parameters<typeof diagnosticOf>[0][]): void {
    const key = uri.toString();
    const isOpen =
      vscode.workspace.textDocuments.some((document) => document.uri.toString() === key) ||
      vscode.workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === key);
    if (isOpen) return;
    const diagnostics = findings.map((finding) => {
      // A notebook that is not open has no cells to point into.
      const diagnostic = diagnosticOf(finding, (cell) => (cell === undefined ? uri : undefined), { uri });
      if (finding.at.cell !== undefined) {
        diagnostic.message = vscode.l10n.t("Cell {0}: {1}", finding.at.cell + 1, diagnostic.message);
        diagnostic.range = new vscode.Range(0, 0, 0, 0);
      }
      return diagnostic;
    });
    this.collection.set(uri, diagnostics);
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }
}

/** The sum, with a way to the problems. Does not wait for the person. */
function tellSum(found: number, files: number): void {
  const show = vscode.l10n.t("Show Problems");
  const said =
    found === 0
      ? vscode.window.showInformationMessage(vscode.l10n.t("Nothing found, {0} files looked at.", files))
      : vscode.window.showInformationMessage(
          vscode.l10n.t("{0} findings, {1} files looked at.", found, files),
          show,
        );
  void said.then((answer) => {
    if (answer === show) void vscode.commands.executeCommand("workbench.actions.view.problems");
  });
}
