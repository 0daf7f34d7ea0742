/** The model that belongs to a table: remembered in the project, run only where the person has said so. */

import * as path from "node:path";
import * as vscode from "vscode";
import { withAuditTable } from "../../config/audit-edit.ts";
import { auditTableOf } from "../../config/audit-lookup.ts";
import { loadProject } from "../../config/load.node.ts";
import type { ProjectFileKind } from "../../config/project-files.ts";
import { chooseInterpreter, InterpreterUnusable } from "../../fairness/libraries/interpreter.node.ts";
import { type ModelStart, modelSpec } from "../../fairness/thresholds/model/model-spec.ts";
import { placeOf, projectFile } from "../audit/remembered.ts";
import { changeProjectFile } from "../config/change-project-file.ts";
import type { Launcher } from "../launch/launcher.ts";
import { placeOf as launchPlace } from "../launch/place.ts";
import type { Log } from "../log.ts";
import { chooseModel } from "./choose-model.ts";

export interface NamedModel {
  /** A file, or "module:function". */
  name: string;
  /** "from fairwatt.toml" */
  from: string;
}

/** A model that may run, and the Python it runs in. */
export interface PermittedModel {
  start: ModelStart;
  /** Where the interpreter was found. */
  source: string;
}

const PERMITTED = "fairwatt.permittedModels";
const MAX_PERMITTED = 100;

export class ModelAccess {
  /** Of tables that no project file is beside. */
  readonly #session = new Map<string, string>();

  constructor(
    private readonly memory: vscode.Memento,
    private readonly launcher: Pick<Launcher, "interpreterFor">,
    private readonly log: Pick<Log, "error">,
  ) {}

  of(table: string): NamedModel | undefined {
    const place = placeOf(table);
    const project = loadProject(place.folder);
    const name = auditTableOf(project.config, place.name)?.settings.model;
    if (name !== undefined && project.file)
      return { name, from: vscode.l10n.t("from {0}", path.basename(project.file)) };
    const own = this.#session.get(table);
    return own === undefined ? undefined : { name: own, from: vscode.l10n.t("as you chose before") };
  }

  /** Asks, and writes the answer into the project file. Undefined when the person left. */
  async choose(table: string): Promise<NamedModel | undefined> {
    if (!this.#isTrusted()) return undefined;
    const place = placeOf(table);
    const name = await chooseModel(place.folder, table, this.of(table)?.name);
    if (name === undefined) return undefined;
    this.#session.set(table, name);
    if (!place.writable || path.isAbsolute(place.name)) return this.of(table);
    const settings = auditTableOf(loadProject(place.folder).config, place.name)?.settings;
    const target = projectFile(place);
    try {
      await changeProjectFile(vscode.Uri.file(target), (text) =>
        withAuditTable(text, path.basename(target) as ProjectFileKind, place.name, {
          ...settings,
          model: name,
        }),
      );
    } catch (error) {
      this.log.error({
        happened: vscode.l10n.t(
          "The model could not be written into {0}: {1}.",
          path.basename(target),
          (error as Error).message,
        ),
        kept: vscode.l10n.t("It is used until the window is closed."),
        next: vscode.l10n.t("Correct the file, and choose the model again."),
      });
    }
    return this.of(table);
  }

  /** What is to be started; undefined where the person does not want that, or was told why it cannot be. */
  async permit(table: string, { name }: NamedModel): Promise<PermittedModel | undefined> {
    if (!this.#isTrusted()) return undefined;
    const { folder } = placeOf(table);
    const python = await this.#python(table, folder);
    if (!python) return undefined;
    const key = `${folder}\n${name}`;
    const permitted = this.memory.get<string[]>(PERMITTED, []);
    if (!permitted.includes(key)) {
      const run = vscode.l10n.t("Run It");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t("Predicting with {0} runs its code.", name),
        {
          modal: true,
          detail: vscode.l10n.t(
            "A model's file can hold any code, which runs as it is loaded. It runs on this machine, in {0} (from {1}); the rows of the table are given to it and to nobody else.",
            python.command.join(" "),
            python.source,
          ),
        },
        run,
      );
      if (answer !== run) return undefined;
      await this.memory.update(PERMITTED, [...permitted.slice(1 - MAX_PERMITTED), key]);
    }
    return { start: { spec: modelSpec(name), python: python.command, folder }, source: python.source };
  }

  /** `python` of the project file, as for the fairness libraries; else the one that runs its scripts. */
  async #python(table: string, folder: string): Promise<{ command: string[]; source: string } | undefined> {
    const project = loadProject(folder);
    const { python } = project.config;
    if (python !== undefined && project.file) {
      try {
        const choice = { project: { value: python, file: project.file }, folders: [], cwd: folder };
        const { command, source } = await chooseInterpreter(choice);
        return { command: [...command], source };
      } catch (error) {
        if (!(error instanceof InterpreterUnusable)) throw error;
        this.log.error({
          happened: `${error.message}.`,
          next: vscode.l10n.t("Correct it there, and load the model again."),
        });
        return undefined;
      }
    }
    const workspace = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(table));
    const { folders } = launchPlace(table, workspace?.uri.fsPath);
    const target = { file: table, folders, resource: vscode.Uri.file(table) };
    const found = await this.launcher.interpreterFor(target);
    return found && { command: [found.path, ...found.args], source: found.source };
  }

  #isTrusted(): boolean {
    if (vscode.workspace.isTrusted) return true;
    this.log.error({
      happened: vscode.l10n.t("No model was run: this workspace is in Restricted Mode."),
      next: vscode.l10n.t("Trust the workspace to run its models. Thresholds need no trust."),
      actions: [
        {
          label: vscode.l10n.t("Manage Trust"),
          run: () => vscode.commands.executeCommand("workbench.trust.manage"),
        },
      ],
    });
    return false;
  }
}
