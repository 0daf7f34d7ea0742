/** Which folders on disk can hold runs of what is open here. */

import * as path from "node:path";
import * as vscode from "vscode";
import { findProjectFolder } from "../../energy/run-folder.node.ts";

const REMEMBERED = "fairwatt.projectFolders";
/** Projects inside a workspace folder that are looked for; more is a monorepo that should be opened piece by piece. */
const MOST_NESTED = 40;

export class ProjectFolders {
  private readonly nested = new Set<string>();
  private readonly found = new vscode.EventEmitter<string>();
  /** A folder that holds a project, each time that a sign of one is seen. */
  readonly onDidFind = this.found.event;

  constructor(private readonly memory: vscode.Memento) {}

  /** Workspace folders, the projects that they lie in, the projects in them, and where runs were launched before. */
  list(): string[] {
    const folders = new Set<string>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (folder.uri.scheme !== "file") continue;
      folders.add(folder.uri.fsPath);
      folders.add(findProjectFolder(folder.uri.fsPath));
    }
    for (const folder of this.nested) folders.add(folder);
    for (const folder of this.memory.get<string[]>(REMEMBERED, [])) folders.add(folder);
    return [...folders];
  }

  /** A run was launched here; its folder is looked at from now on, in later windows of this workspace too. */
  async remember(folder: string): Promise<void> {
    if (this.list().includes(folder)) return;
    const before = this.memory.get<string[]>(REMEMBERED, []);
    await this.memory.update(REMEMBERED, [...before, folder].slice(-20));
  }

  /**
   * A file that shows where a project is, found below a workspace folder: a `fairwatt.toml`, or something in a
   * `.fairwatt/`. True when the project was not known.
   */
  noteFile(file: string): boolean {
    const inside = file.split(path.sep).lastIndexOf(".fairwatt");
    const folder = inside < 0 ? path.dirname(file) : file.split(path.sep).slice(0, inside).join(path.sep);
    this.found.fire(folder);
    if (this.nested.size >= MOST_NESTED || this.list().includes(folder)) return false;
    this.nested.add(folder);
    return true;
  }

  /** Looks for project files below the workspace folders, in the background. */
  async findNested(token: vscode.CancellationToken): Promise<void> {
    const files = await vscode.workspace.findFiles(
      "**/{fairwatt.toml,.fairwatt/.gitignore}",
      "**/{node_modules,.venv,venv}/**",
      MOST_NESTED,
      token,
    );
    for (const file of files) if (file.scheme === "file") this.noteFile(file.fsPath);
  }
}
