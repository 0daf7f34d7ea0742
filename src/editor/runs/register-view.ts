/** The Runs view and what its items can do. */

import * as vscode from "vscode";
import { terminalOf } from "../launch/terminals.ts";
import type { Log } from "../log.ts";
import type { WaitingRuns } from "../schedule/waiting-runs.ts";
import { runIdOf } from "../tools/register.ts";
import type { RunStore } from "./run-store.ts";
import { RunsTree } from "./tree.ts";

export function registerRunsView(
  context: vscode.ExtensionContext,
  { store, waiting, log }: { store: RunStore; waiting: WaitingRuns; log: Log },
): void {
  const tree = new RunsTree(store, waiting);
  const directoryOf = (argument: unknown) => {
    const id = runIdOf(argument);
    return id === undefined ? undefined : store.directory(id);
  };
  context.subscriptions.push(
    tree,
    vscode.window.createTreeView("fairwatt.runs", { treeDataProvider: tree }),
    vscode.commands.registerCommand("fairwatt.revealTerminal", async (argument: unknown) => {
      const id = runIdOf(argument) ?? store.runs().find((run) => terminalOf(run.id))?.id;
      const terminal = id === undefined ? undefined : terminalOf(id);
      if (terminal) terminal.show();
      else
        log.error({
          happened: vscode.l10n.t(
            "This run has no terminal in this window: it was started elsewhere, or was closed.",
          ),
          kept: vscode.l10n.t("Its record is kept."),
          next: vscode.l10n.t("Re-run it to have one."),
        });
    }),
    vscode.commands.registerCommand("fairwatt.revealRunFolder", async (argument: unknown) => {
      const directory = directoryOf(argument);
      if (!directory) return;
      // A browser, or a window on another machine, has no file manager to show it in.
      const local = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
      const reveal = local ? "revealFileInOS" : "revealInExplorer";
      await vscode.commands.executeCommand(reveal, vscode.Uri.file(directory));
    }),
    vscode.commands.registerCommand("fairwatt.copyRunId", async (argument: unknown) => {
      const id = runIdOf(argument);
      if (id) await vscode.env.clipboard.writeText(id);
    }),
    vscode.commands.registerCommand("fairwatt.showLog", () => log.channel.show()),
  );
}
