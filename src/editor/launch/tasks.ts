/** The `fairwatt` task type: a measured run for people who keep their commands in tasks.json. */

import * as path from "node:path";
import * as vscode from "vscode";
import { settings } from "../settings.ts";
import { runnerArguments, runnerEnvironment } from "./command-line.ts";
import type { Launcher } from "./launcher.ts";
import { placeOf } from "./place.ts";

export const TASK_TYPE = "fairwatt";

/** As written in tasks.json; package.json holds the same as a schema. */
interface FairwattTask extends vscode.TaskDefinition {
  script: string;
  args?: string[];
  interpreter?: string;
  name?: string;
}

export class MeasuredTasks implements vscode.TaskProvider {
  constructor(private readonly launcher: Launcher) {}

  /** Offers the open Python file; scripts of a folder are not listed, for most of them do not train. */
  async provideTasks(): Promise<vscode.Task[]> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== "file" || !uri.path.endsWith(".py")) return [];
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return [];
    const script = path.relative(folder.uri.fsPath, uri.fsPath).split(path.sep).join("/");
    const task = await this.build({ type: TASK_TYPE, script }, folder);
    return task ? [task] : [];
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const definition = task.definition as Partial<FairwattTask>;
    if (typeof definition.script !== "string" || definition.script === "") return undefined;
    const scope = task.scope;
    const folder =
      typeof scope === "object" && "uri" in scope ? scope : vscode.workspace.workspaceFolders?.[0];
    // The very definition must go back: it is how VS Code knows the task again.
    return this.build(task.definition as FairwattTask, folder);
  }

  private async build(
    definition: FairwattTask,
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<vscode.Task | undefined> {
    const root = folder?.uri.fsPath;
    const script = path.resolve(root ?? "", definition.script.replace(/\$\{workspaceFolder\}/g, root ?? ""));
    const place = placeOf(script, root);
    const target = { file: script, folders: place.folders, resource: vscode.Uri.file(script) };
    const python = definition.interpreter
      ? { path: definition.interpreter, args: [] }
      : await this.launcher.interpreterFor(target);
    if (!python) return undefined;
    const name = definition.name ?? path.basename(script);
    const argv = [python.path, ...python.args, script, ...(definition.args ?? [])];
    const command = { argv, cwd: place.cwd, name, ...settings.ofRun(place.cwd) };
    const execution = new vscode.ProcessExecution(
      process.execPath,
      runnerArguments(this.launcher.cli, command, { hold: false }),
      { cwd: place.cwd, env: runnerEnvironment(undefined, process.versions.electron !== undefined) },
    );
    const task = new vscode.Task(
      definition,
      folder ?? vscode.TaskScope.Workspace,
      name,
      TASK_TYPE,
      execution,
      [],
    );
    task.detail = vscode.l10n.t("Run {0} measured", definition.script);
    return task;
  }
}
