/** What is to be run, from what the person pointed at. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { type Place, placeOf } from "./place.ts";

export interface LaunchTarget extends Place {
  kind: "script" | "notebook";
  file: string;
  resource: vscode.Uri;
}

/** Why something cannot be run measured, in words for the person. */
export class NotRunnable extends Error {}

/** The argument of a command (explorer, editor title, CodeLens) or else the active editor. Throws NotRunnable. */
export async function resolveTarget(argument: unknown): Promise<LaunchTarget> {
  const uri = uriOf(argument) ?? activeUri();
  if (!uri) throw new NotRunnable(vscode.l10n.t("There is no Python file or notebook open to run."));
  await save(uri);
  if (uri.scheme !== "file") {
    throw new NotRunnable(
      vscode.l10n.t("{0} is not a file on this machine, so no process can run it.", uri.toString(true)),
    );
  }
  const file = uri.fsPath;
  const kind = kindOf(file);
  if (!kind) {
    throw new NotRunnable(vscode.l10n.t("{0} is neither a Python file nor a notebook.", path.basename(file)));
  }
  if (!fs.existsSync(file)) throw new NotRunnable(vscode.l10n.t("{0} does not exist.", file));
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return { kind, file, resource: uri, ...placeOf(file, workspaceFolder) };
}

function kindOf(file: string): LaunchTarget["kind"] | undefined {
  const extension = path.extname(file).toLowerCase();
  return extension === ".ipynb"
    ? "notebook"
    : extension === ".py" || extension === ".pyw"
      ? "script"
      : undefined;
}

function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  // The notebook toolbar passes an object that names the notebook.
  const nested = (argument as { notebookEditor?: { notebookUri?: unknown } } | undefined)?.notebookEditor
    ?.notebookUri;
  return nested instanceof vscode.Uri ? nested : undefined;
}

function activeUri(): vscode.Uri | undefined {
  return vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri;
}

/** What runs is what is on disk: unsaved changes are saved first, an untitled file is asked for its name. */
async function save(uri: vscode.Uri): Promise<void> {
  const same = (other: vscode.Uri) => other.toString() === uri.toString();
  const text = vscode.workspace.textDocuments.find((document) => same(document.uri));
  const notebook = vscode.workspace.notebookDocuments.find((document) => same(document.uri));
  const document = text ?? notebook;
  if (!document || (!document.isDirty && !document.isUntitled)) return;
  if (document.isUntitled)
    throw new NotRunnable(vscode.l10n.t("Save the file first, so that there is something to run."));
  if (!(await document.save())) {
    throw new NotRunnable(
      vscode.l10n.t("{0} could not be saved, so what would run is not what you see.", uri.fsPath),
    );
  }
}
