/** Problems of fairwatt.toml and of [tool.fairwatt] in pyproject.toml, while they are being written. */

import * as path from "node:path";
import * as vscode from "vscode";
import { PROJECT_FILES, type ProjectFileKind } from "../../config/project-files.ts";

/** A pause in typing after which the file is checked, ms. */
const DEBOUNCE = 250;

function kindOf(document: vscode.TextDocument): ProjectFileKind | undefined {
  return PROJECT_FILES.find((kind) => path.posix.basename(document.uri.path) === kind);
}

export function registerConfigDiagnostics(context: vscode.ExtensionContext): void {
  const diagnostics = vscode.languages.createDiagnosticCollection("fairwatt");
  const timers = new Map<string, NodeJS.Timeout>();

  const check = async (document: vscode.TextDocument) => {
    const kind = kindOf(document);
    if (!kind) return;
    const { parseProject } = await import("./project-file.lazy.ts");
    const version = document.version;
    const { problems } = parseProject(document.getText(), kind);
    if (document.isClosed || document.version !== version) return;
    diagnostics.set(
      document.uri,
      problems.map((problem) => {
        const range = new vscode.Range(problem.line, problem.column, problem.endLine, problem.endColumn);
        const diagnostic = new vscode.Diagnostic(range, problem.message, vscode.DiagnosticSeverity.Warning);
        diagnostic.source = "fairwatt";
        return diagnostic;
      }),
    );
  };

  const checkSoon = (document: vscode.TextDocument) => {
    if (!kindOf(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void check(document);
      }, DEBOUNCE),
    );
  };

  context.subscriptions.push(
    diagnostics,
    { dispose: () => timers.forEach((timer) => void clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument(checkSoon),
    vscode.workspace.onDidChangeTextDocument((change) => checkSoon(change.document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      const key = document.uri.toString();
      clearTimeout(timers.get(key));
      timers.delete(key);
      diagnostics.delete(document.uri);
    }),
  );
  for (const document of vscode.workspace.textDocuments) checkSoon(document);
}
