/** Changes a project file through the editor, so that an open, unsaved one is not written over. */

import * as vscode from "vscode";

/**
 * `change` gets the file's text ("" where there is none) and gives the new one; the file is saved. Throws what `change`
 * throws, and an Error where the file cannot be made, changed or saved.
 */
export async function changeProjectFile(file: vscode.Uri, change: (text: string) => string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  try {
    await vscode.workspace.fs.stat(file);
  } catch {
    edit.createFile(file, { contents: new TextEncoder().encode(change("")) });
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be made`);
    return;
  }
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(file, all, change(text));
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be changed`);
  if (!(await document.save())) throw new Error(`${file.fsPath} could not be saved`);
}
