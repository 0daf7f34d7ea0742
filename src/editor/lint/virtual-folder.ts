/** Files of a folder that is on no disk here (a repository that is browsed on a web site, say): read through the editor. */

import * as vscode from "vscode";
import { isDocument } from "../../lint/project/documents.ts";
import { namesVersions } from "../../lint/project/version-files.ts";
import { kindOf } from "../../lint/source-kind.ts";

/** Each file is asked for by itself, possibly over a network. */
const MOST_FILES = 500;
const MOST_FOLDERS = 200;

export const FOLDERS_OF_TOOLS =
  /(?:^|\/)(?:\.git|\.fairwatt|node_modules|\.venv|venv|__pycache__|\.ipynb_checkpoints)\//;

/** Whether the linter learns something of a file by what stands in it. */
export const isRead = (file: string): boolean =>
  kindOf({ path: file }) !== undefined || isDocument(file) || namesVersions(file);

/** Paths below the folder of what the linter reads, nearest first; `whole` is false where there are more. */
export async function virtualFiles(
  folder: vscode.WorkspaceFolder,
): Promise<{ files: string[]; whole: boolean }> {
  const files: string[] = [];
  const folders = [""];
  for (const below of folders) {
    const entries = await vscode.workspace.fs
      .readDirectory(vscode.Uri.joinPath(folder.uri, below))
      .then(undefined, () => []);
    for (const [name, type] of entries) {
      const file = below + name;
      // A link may lead back: it is not followed.
      if (type === vscode.FileType.File && isRead(file)) files.push(file);
      else if (type === vscode.FileType.Directory && !FOLDERS_OF_TOOLS.test(`${file}/`))
        folders.push(`${file}/`);
      if (files.length > MOST_FILES || folders.length > MOST_FOLDERS) {
        return { files: files.slice(0, MOST_FILES), whole: false };
      }
    }
  }
  return { files, whole: true };
}

/** `text: null` where it is gone. */
export async function virtualFile(
  folder: vscode.WorkspaceFolder,
  file: string,
): Promise<{ path: string; text: string | null }> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, file));
    return { path: file, text: new TextDecoder().decode(bytes) };
  } catch {
    return { path: file, text: null };
  }
}
