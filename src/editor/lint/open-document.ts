/** What is linted in the editor: a text document, or a notebook as one. */

import * as vscode from "vscode";
import { kindOf } from "../../lint/source-kind.ts";
import type { DocumentText } from "../../lint/worker-protocol.ts";
import { lengthOf } from "./sent-texts.ts";
import { shownOutputs } from "./shown-outputs.ts";

/** Longer texts are data. Characters. */
const LONGEST = 2_000_000;
/** Schemes that show what is elsewhere: versions, output, our own pages. */
const NOT_WRITTEN =
  /^(?:git|gitfs|output|debug|vscode|vscode-.*|walkThrough|search-editor|comment|fairwatt.*)$/;

export type Linted = vscode.TextDocument | vscode.NotebookDocument;

export function isNotebook(linted: Linted): linted is vscode.NotebookDocument {
  return "notebookType" in linted;
}

/** What is linted when this document is: itself, or the notebook that it is a cell of; undefined for neither. */
export function lintedOf(document: vscode.TextDocument): Linted | undefined {
  if (document.uri.scheme === "vscode-notebook-cell") {
    return vscode.workspace.notebookDocuments.find((notebook) =>
      notebook.getCells().some((cell) => cell.document === document),
    );
  }
  if (NOT_WRITTEN.test(document.uri.scheme) && document.uri.scheme !== "vscode-vfs") return undefined;
  const kind = kindOf({ path: document.uri.path, languageId: document.languageId });
  return kind !== undefined && kind !== "notebook" ? document : undefined;
}

export function isLintedNotebook(notebook: vscode.NotebookDocument): boolean {
  return notebook.getCells().some((cell) => cell.document.languageId === "python");
}

/** Changes with every edit, so that what was found in one text is never shown on another. */
export function stampOf(linted: Linted): string {
  if (!isNotebook(linted)) return String(linted.version);
  return linted
    .getCells()
    .map(({ document }) => `${document.uri.fragment}@${document.version}`)
    .join();
}

export function isTooLong(linted: Linted): boolean {
  const documents = isNotebook(linted) ? linted.getCells().map(({ document }) => document) : [linted];
  return documents.reduce((length, document) => length + lengthOf(document), 0) > LONGEST;
}

/** The whole text, with what the worker must know of it. */
export function textOf(linted: Linted): DocumentText {
  const folder = vscode.workspace.getWorkspaceFolder(linted.uri);
  const text = isNotebook(linted) ? notebookJson(linted) : linted.getText();
  return {
    uri: linted.uri.toString(),
    version: linted.version,
    path:
      pathIn(folder, linted.uri) +
      (isNotebook(linted) && !linted.uri.path.endsWith(".ipynb") ? ".ipynb" : ""),
    ...(!isNotebook(linted) && { languageId: linted.languageId }),
    text,
    ...(folder && { root: folder.uri.toString() }),
  };
}

/** Path below its folder, with forward slashes; the whole path outside one. */
export function pathIn(folder: vscode.WorkspaceFolder | undefined, uri: vscode.Uri): string {
  const base = folder && `${folder.uri.path.replace(/\/$/, "")}/`;
  return base && uri.path.startsWith(base) ? uri.path.slice(base.length) : uri.path;
}

/** The cells as nbformat has them: what a reader takes, and cell numbers stay. */
function notebookJson(notebook: vscode.NotebookDocument): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: notebook.getCells().map(({ kind, document, outputs }) => ({
      cell_type:
        kind === vscode.NotebookCellKind.Markup
          ? "markdown"
          : document.languageId === "python"
            ? "code"
            : "raw",
      metadata: {},
      source: document.getText(),
      outputs: shownOutputs(outputs),
    })),
  });
}

/** The document that a place is in: the text itself, or the cell. */
export function documentAt(linted: Linted, cell: number | undefined): vscode.TextDocument | undefined {
  if (!isNotebook(linted)) return linted;
  return cell !== undefined && cell < linted.cellCount ? linted.cellAt(cell).document : undefined;
}
