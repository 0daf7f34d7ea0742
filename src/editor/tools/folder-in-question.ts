import * as vscode from "vscode";

/** The folder that the active editor is in, or the only one; of several, the one that the person picks. */
export async function folderInQuestion(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor?.document.uri;
  const inFront = active && vscode.workspace.getWorkspaceFolder(active);
  const one = inFront ?? (folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0]);
  return one?.uri.scheme === "file" ? one.uri.fsPath : undefined;
}
