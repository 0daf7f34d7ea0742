/** The page of facts, as far as it is loaded when it is asked for: what its command does, and its panel. */

import * as path from "node:path";
import * as vscode from "vscode";
import { pageState } from "../../../webview/facts/protocol.ts";
import { loadProject } from "../../config/load.node.ts";
import { PROJECT_FILES } from "../../config/project-files.ts";
import { changeProjectFile } from "../config/change-project-file.ts";
import { FolderPages } from "../page/folder-pages.ts";
import { FACTS_VIEW_TYPE, type FactsCommands, type FactsRegistration } from "./commands.ts";
import { factsView, withWrittenFact } from "./facts-view.ts";
import { FactsPanel } from "./panel.ts";
import { factsStrings } from "./strings.ts";

export function createFacts(
  { extensionUri }: vscode.ExtensionContext,
  { log }: FactsRegistration,
): FactsCommands {
  const strings = factsStrings(vscode.l10n.t);

  const make = (panel: vscode.WebviewPanel, project: string) => {
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
    panel.onDidDispose(() => watched.dispose());
    return facts;
  };

  return new FolderPages({
    viewType: FACTS_VIEW_TYPE,
    extensionUri,
    title: (name) => vscode.l10n.t("Report facts of {0}", name),
    make,
    folderIn: (state) => pageState.safeParse(state).data?.project,
  });
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
