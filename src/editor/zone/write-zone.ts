/** Writes the zone into a project's fairwatt.toml through the editor, so that an open, unsaved file is not written over. */

import * as vscode from "vscode";
import { withZone } from "./zone-line.ts";

export async function writeZone(file: vscode.Uri, code: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  try {
    await vscode.workspace.fs.stat(file);
  } catch {
    edit.createFile(file, { contents: new TextEncoder().encode(withZone("", code)) });
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be made`);
    return;
  }
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(file, all, withZone(text, code));
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be changed`);
  if (!(await document.save())) throw new Error(`${file.fsPath} could not be saved`);
}
