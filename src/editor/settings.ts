/** The personal settings, read where they are used so that a change needs no reload. */

import * as vscode from "vscode";
import type { Profile } from "../lint/rule.ts";

function read<T>(key: string, fallback: T, scope?: vscode.ConfigurationScope): T {
  return vscode.workspace.getConfiguration("fairwatt", scope).get<T>(key, fallback);
}

export const settings = {
  /** Path of a Python interpreter; "" when not set. `${workspaceFolder}` and `~` are filled in by the resolver. */
  interpreter: (resource?: vscode.Uri) => read("python.interpreter", "", resource).trim(),
  /** The person's own grid zone, used where a project names none; "" when not set. */
  zone: () => read("zone", "").trim(),
  /** What a run that begins in the folder is told. */
  ofRun: (folder: string) => ({
    defaultZone: settings.zone(),
    hooks: read("run.hooks", true, vscode.Uri.file(folder)),
  }),
  codeLens: (resource?: vscode.Uri) => read("codeLens.enabled", true, resource),
  codeLensLastRun: (resource?: vscode.Uri) => read("codeLens.lastRun", true, resource),
  /** The person's own choice of rules; `select` empty: the precise subset. */
  lint: (resource: vscode.Uri) => ({
    enable: read("lint.enable", true, resource),
    select: read<string[]>("lint.select", [], resource),
    ignore: read<string[]>("lint.ignore", [], resource),
    profile: read<Profile>("lint.profile", "default", resource),
  }),
  measureDebug: (resource?: vscode.Uri) => read("debug.measure", false, resource),
  measureNotebooks: (resource?: vscode.Uri) => read("notebook.measure", true, resource),
  statusBar: () => read("statusBar.enabled", true),
};
