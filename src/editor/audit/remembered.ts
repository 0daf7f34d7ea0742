/** Columns that were confirmed before: in the project file, or with this workspace where a project file must not be written. */

import * as path from "node:path";
import * as vscode from "vscode";
import { withAuditTable } from "../../config/audit-edit.ts";
import { auditTableOf } from "../../config/audit-lookup.ts";
import { loadProject } from "../../config/load.node.ts";
import { PROJECT_FILES, type ProjectFileKind } from "../../config/project-files.ts";
import { findProjectFolder } from "../../energy/run-folder.node.ts";
import { changeProjectFile } from "../config/change-project-file.ts";
import { type AuditRoles, auditRoles, rolesFromSettings, withRoles } from "./roles.ts";

const MEMORY = "fairwatt.auditColumns";
/** Tables whose columns are remembered beside a project file. */
const MAX_REMEMBERED = 50;

/** Where an audit of a table belongs. */
export interface AuditPlace {
  /** The project's folder: the settings and the ledger are there. */
  folder: string;
  /** Below `folder` with "/"; absolute where it lies outside. */
  name: string;
  /**
   * Whether anything is written there. Not in Restricted Mode: nothing of the folder runs in an audit, yet the person has
   * not said that this folder is theirs to write to. Not outside of what is open: a folder of downloads is no project.
   */
  writable: boolean;
}

export function placeOf(file: string): AuditPlace {
  const open = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const first = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  const folder = open
    ? findProjectFolder(path.dirname(file))
    : first
      ? findProjectFolder(first.uri.fsPath)
      : path.dirname(file);
  const relative = path.relative(folder, file);
  const outside = relative.startsWith("..") || path.isAbsolute(relative);
  return {
    folder,
    name: outside ? file : relative.split(path.sep).join("/"),
    writable: vscode.workspace.isTrusted && (open ?? first) !== undefined,
  };
}

export class RememberedColumns {
  constructor(private readonly memory: vscode.Memento) {}

  /** Roles of the table with where they are from; undefined where none are remembered, or not all. */
  of(file: string, place: AuditPlace): { roles: AuditRoles; from: string } | undefined {
    const project = loadProject(place.folder);
    const found = auditTableOf(project.config, place.name);
    const settled = found && rolesFromSettings(found.settings);
    if (settled && project.file)
      return { roles: settled, from: vscode.l10n.t("from {0}", path.basename(project.file)) };
    const own = auditRoles.safeParse(this.memory.get<Record<string, unknown>>(MEMORY, {})[file]);
    return own.success ? { roles: own.data, from: vscode.l10n.t("as you chose before") } : undefined;
  }

  /** "kept in fairwatt.toml" */
  where(place: AuditPlace): string {
    if (!isInProject(place)) return vscode.l10n.t("remembered in this workspace");
    return vscode.l10n.t("kept in {0}", path.basename(projectFile(place)));
  }

  /** Throws where the project file cannot be changed. */
  async keep(file: string, place: AuditPlace, roles: AuditRoles): Promise<void> {
    if (!isInProject(place)) {
      const others = Object.entries(this.memory.get<Record<string, unknown>>(MEMORY, {})).filter(
        ([name]) => name !== file,
      );
      const kept = [...others.slice(1 - MAX_REMEMBERED), [file, roles] as const];
      await this.memory.update(MEMORY, Object.fromEntries(kept));
      return;
    }
    const found = auditTableOf(loadProject(place.folder).config, place.name);
    const settings = withRoles(found?.settings, roles);
    if (
      found &&
      JSON.stringify(settings) ===
        JSON.stringify(withRoles(found.settings, rolesFromSettings(found.settings) ?? roles))
    )
      return;
    const target = projectFile(place);
    await changeProjectFile(vscode.Uri.file(target), (text) =>
      withAuditTable(text, path.basename(target) as ProjectFileKind, place.name, settings),
    );
  }
}

const isInProject = ({ writable, name }: AuditPlace): boolean => writable && !path.isAbsolute(name);

/** The project file that settings are read from, else the one to be made. */
export const projectFile = ({ folder }: AuditPlace): string =>
  loadProject(folder).file ?? path.join(folder, PROJECT_FILES[0]);
