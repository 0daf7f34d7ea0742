/** Which rules are on for a document: the project's file first, then the editor's settings. */

import * as vscode from "vscode";
import type { ProjectConfig } from "../../config/project.ts";
import { PROJECT_FILES } from "../../config/project-files.ts";
import type { Selection } from "../../lint/select.ts";
import { settings } from "../settings.ts";

export class LintSettings implements vscode.Disposable {
  private readonly projects = new Map<string, Promise<ProjectConfig["lint"]>>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[] = [this.changed];

  constructor() {
    const forget = (uri: vscode.Uri) => {
      const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
      if (!(PROJECT_FILES as readonly string[]).includes(name)) return;
      this.projects.clear();
      this.changed.fire();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${PROJECT_FILES.join(",")}}`);
    this.subscriptions.push(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidSaveTextDocument((document) => forget(document.uri)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("fairwatt.lint")) this.changed.fire();
      }),
    );
  }

  /** Undefined when linting is off there. */
  async selectionFor(resource: vscode.Uri): Promise<Selection | undefined> {
    const personal = settings.lint(resource);
    if (!personal.enable) return undefined;
    const folder = vscode.workspace.getWorkspaceFolder(resource);
    const project = folder && (await this.project(folder));
    if (project?.enable === false) return undefined;
    return {
      select: project?.select ?? (personal.select.length > 0 ? personal.select : undefined),
      ignore: [...(project?.ignore ?? []), ...personal.ignore],
      profile: project?.profile ?? personal.profile,
      perFileIgnores: project?.["per-file-ignores"],
    };
  }

  private project(folder: vscode.WorkspaceFolder): Promise<ProjectConfig["lint"]> {
    const key = folder.uri.toString();
    const known = this.projects.get(key);
    if (known) return known;
    const reading = readLintTable(folder.uri);
    this.projects.set(key, reading);
    return reading;
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }
}

/** The table of the first project file that has settings of ours; what is wrong in it is shown where it stands. */
async function readLintTable(folder: vscode.Uri): Promise<ProjectConfig["lint"]> {
  for (const kind of PROJECT_FILES) {
    let text: string;
    try {
      text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, kind)));
    } catch {
      continue;
    }
    const { parseProject } = await import("../config/project-file.lazy.ts");
    const parsed = parseProject(text, kind);
    if (kind === "fairwatt.toml" || parsed.at) return parsed.config.lint;
  }
  return undefined;
}
