/** Energy of notebook cells. Its code is loaded when the first cell of a project's notebook is executed. */

import * as vscode from "vscode";
import type { Launcher } from "../launch/launcher.ts";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";
import { settings } from "../settings.ts";

export interface NotebookEnergyRegistration {
  /** Path of our command line. */
  cli: string;
  launcher: Launcher;
  store: RunStore;
  log: Log;
}

export interface NotebookEnergy extends vscode.Disposable {
  changed(event: vscode.NotebookDocumentChangeEvent): void;
}

export function registerNotebookEnergy(
  context: vscode.ExtensionContext,
  registration: NotebookEnergyRegistration,
): void {
  let loaded: Promise<NotebookEnergy> | undefined;
  const load = () => {
    loaded ??= import("./notebook-energy.lazy.ts").then(({ createNotebookEnergy }) => {
      const energy = createNotebookEnergy(registration);
      context.subscriptions.push(energy);
      return energy;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.workspace.onDidChangeNotebookDocument((event) => {
      if (process.platform !== "linux" || event.notebook.uri.scheme !== "file") return;
      if (!event.cellChanges.some((change) => change.executionSummary !== undefined)) return;
      if (!vscode.workspace.isTrusted || !settings.measureNotebooks(event.notebook.uri)) return;
      void load().then((energy) => energy.changed(event));
    }),
  );
}
