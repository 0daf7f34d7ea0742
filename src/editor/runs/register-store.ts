/** Makes the store and lets it look at the disk when there is a reason to. */

import * as vscode from "vscode";
import { FileRunStore } from "./file-run-store.ts";
import { ProjectFolders } from "./project-folders.ts";

export interface Runs {
  store: FileRunStore;
  folders: ProjectFolders;
}

export function registerRunStore(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Runs {
  const folders = new ProjectFolders(context.workspaceState);
  const store = new FileRunStore(folders, log);
  // Served by the watcher that the workspace has anyway: a project that is made, or measured in, from elsewhere. It may
  // miss what is put into a folder as soon as that is made, so that the folder itself is a sign, too.
  const projects = vscode.workspace.createFileSystemWatcher(
    "**/{fairwatt.toml,.fairwatt,.fairwatt/runs}",
    false,
    true,
    true,
  );
  const cancel = new vscode.CancellationTokenSource();
  /** Also for projects inside a workspace folder, of which the watcher may have missed one. */
  const lookEverywhere = async () => {
    await store.refresh();
    try {
      await folders.findNested(cancel.token);
      await store.refresh();
    } catch (error) {
      log.info(`nested projects were not searched: ${String(error)}`);
    }
  };
  context.subscriptions.push(
    store,
    cancel,
    { dispose: () => cancel.cancel() },
    projects,
    projects.onDidCreate((uri) => {
      if (uri.scheme === "file" && folders.noteFile(uri.fsPath)) void store.refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void store.refresh()),
    vscode.window.onDidChangeWindowState((state) => {
      // Where the system cannot watch, coming back to the window is when a person expects to see what is new.
      if (state.focused) void store.refresh();
    }),
    vscode.commands.registerCommand("fairwatt.refreshRuns", lookEverywhere),
  );
  // Nothing is read before activation is over.
  setImmediate(lookEverywhere);
  return { store, folders };
}
