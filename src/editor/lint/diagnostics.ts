/** Findings as the editor's diagnostics, by document: of a notebook, by cell. */

import * as vscode from "vscode";
import type { DocumentFinding, DocumentReport } from "../../lint/document-report.ts";
import type { Severity } from "../../lint/finding.ts";
import type { Location } from "../../lint/location.ts";
import { documentAt, type Linted } from "./open-document.ts";
import { rulePageUri } from "./rule-pages.ts";

const SEVERITIES: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export function rangeOf({ line, column, endLine, endColumn }: Location): vscode.Range {
  return new vscode.Range(line, column, endLine, endColumn);
}

/** By URI of the document or cell. */
export function diagnosticsOf(linted: Linted, report: DocumentReport): Map<string, vscode.Diagnostic[]> {
  const found = new Map<string, vscode.Diagnostic[]>();
  for (const finding of report.findings) {
    const document = documentAt(linted, finding.at.cell);
    if (!document) continue;
    const key = document.uri.toString();
    found.set(key, [
      ...(found.get(key) ?? []),
      diagnosticOf(finding, (cell) => documentAt(linted, cell)?.uri, linted),
    ]);
  }
  return found;
}

/** @param uriOf the document that a place of the same file is in */
export function diagnosticOf(
  finding: DocumentFinding,
  uriOf: (cell: number | undefined) => vscode.Uri | undefined,
  { uri }: { uri: vscode.Uri },
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(finding.at),
    finding.message,
    SEVERITIES[finding.severity],
  );
  diagnostic.source = "fairwatt";
  diagnostic.code = { value: finding.rule, target: rulePageUri(finding.rule) };
  diagnostic.relatedInformation = finding.related.flatMap(({ message, at, file }) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const there = at ? uriOf(at.cell) : folder && file && vscode.Uri.joinPath(folder.uri, file);
    const range = at ? rangeOf(at) : new vscode.Range(0, 0, 0, 0);
    return there ? [new vscode.DiagnosticRelatedInformation(new vscode.Location(there, range), message)] : [];
  });
  return diagnostic;
}
