/** The page of facts, as far as it is loaded when it is asked for: what its command does, and its panel. */

import * as path from "node:path";
import * as vscode from "vscode";
import { pageState } from "../../../webview/facts/protocol.ts";
import { loadProject } from "../../config/load.node.ts";
import { PROJECT_FILES } from "../../config/project-files.ts";
import { changeProjectFile } from "../config/change-project-file.ts";
import { folderInQuestion } from "../tools/folder-in-question.ts";
import { FACTS_VIEW_TYPE, type FactsCommands, type FactsRegistration } from "./commands.ts";
import { factsView, withWrittenFact } from "./facts-view.ts";
import { FactsPanel } from "./panel.ts";
import { factsStrings } from "./strings.ts";

export function createFacts(
  { extensionUri }: vscode.ExtensionContext,
  { log }: FactsRegistration,
): FactsCommands {
  const open = new Map<string, FactsPanel>();
  const strings = factsStrings(vscode.l10n.t);

  const own = (panel: vscode.WebviewPanel, project: string): void => {
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
    const facts = new FactsPanel(panel, {
      extensionUri,
      strings,
      log: log.channel,
      async read() {
        const { kind, uri } = fileOf(project);
        const text = await textOf(uri);
        const { isTrusted } = vscode.workspace;
        return factsView({ project, name: path.basename(project), kind, text, isTrusted }, vscode.l10n.t);
      },
      async write(name, value) {
        if (!vscode.workspace.isTrusted)
          throw new Error(vscode.l10n.t("In Restricted Mode nothing is written: trust the folder first."));
        const { kind, uri } = fileOf(project);
        await changeProjectFile(uri, (text) => withWrittenFact(text, kind, name, value));
      },
      async openFile() {
        const { uri } = fileOf(project);
        if (await exists(uri)) await vscode.window.showTextDocument(uri);
        else
          await vscode.window.showInformationMessage(
            vscode.l10n.t("There is no {0} yet: the first fact makes it.", path.basename(uri.fsPath)),
          );
      },
    });
    const refresh = () => void facts.refresh();
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(project, `{${PROJECT_FILES.join(",")}}`),
    );
    const watched = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(refresh),
      watcher.onDidCreate(refresh),
      watcher.onDidDelete(refresh),
      vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    );
    open.set(project, facts);
    panel.onDidDispose(() => {
      watched.dispose();
      open.delete(project);
    });
  };

  return {
    async show(argument) {
      const folder = argument instanceof vscode.Uri ? argument.fsPath : await folderInQuestion();
      if (!folder) return;
      const there = open.get(folder);
      if (there) {
        there.panel.reveal();
        await there.refresh();
        return;
      }
      const title = vscode.l10n.t("Report facts of {0}", path.basename(folder));
      own(vscode.window.createWebviewPanel(FACTS_VIEW_TYPE, title, vscode.ViewColumn.Active), folder);
    },
    restore(panel, state) {
      const project = pageState.safeParse(state).data?.project;
      if (project) own(panel, project);
      else panel.dispose();
    },
    dispose() {
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

/** The file that the project's settings stand in; fairwatt.toml where there is none yet. */
function fileOf(project: string) {
  const file = loadProject(project).file ?? path.join(project, PROJECT_FILES[0]);
  const kind = PROJECT_FILES.find((name) => name === path.basename(file)) ?? PROJECT_FILES[0];
  return { kind, uri: vscode.Uri.file(file) };
}

/** With what somebody has typed into it and not saved. */
async function textOf(uri: vscode.Uri): Promise<string> {
  return (await exists(uri)) ? (await vscode.workspace.openTextDocument(uri)).getText() : "";
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
