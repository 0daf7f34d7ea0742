/** Makes audits: asks for the columns where that is needed, runs our command line, and makes a view of what it says. */

import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import type { RunSummary } from "../../energy/run.ts";
import { showReport } from "../tools/report-page.ts";
import { runLong, ToolProblem } from "../tools/run-long.ts";
import { chooseColumns } from "./choose-columns.ts";
import { columnsOf, draftOf, problemOf } from "./draft.ts";
import type { ShownAudit } from "./panel.ts";
import { type AuditPlace, placeOf, projectFile, RememberedColumns } from "./remembered.ts";
import { type AuditRoles, roleOptions } from "./roles.ts";
import { type TableColumns, tableColumns } from "./table-columns.ts";
import { type AuditOutput, auditView } from "./view.ts";

export interface AuditJob {
  /** The table, absolute. */
  file: string;
  run?: RunSummary;
  /** Roles that need no confirming. */
  roles?: AuditRoles;
  /** Ask for the columns even where they are remembered. */
  confirm?: boolean;
  /** Look for causes, too, of what is shown already: no second ledger entry. */
  causes?: boolean;
}

export class Audits {
  readonly #remembered: RememberedColumns;

  constructor(
    private readonly cli: string,
    memory: vscode.Memento,
  ) {
    this.#remembered = new RememberedColumns(memory);
  }

  /**
   * Undefined when the person left or cancelled. Throws a ToolProblem that says what to do. `before`: what is shown of this
   * table already.
   */
  async audit(job: AuditJob, before: ShownAudit | undefined): Promise<ShownAudit | undefined> {
    const place = placeOf(job.file);
    const roles = job.roles ?? (await this.#confirmed(job, place));
    if (!roles) return undefined;
    const writes = place.writable && !job.causes;
    const title = job.causes
      ? vscode.l10n.t("Looking for causes in {0}", path.basename(job.file))
      : vscode.l10n.t("Auditing {0}", path.basename(job.file));
    const printed = await this.#run(
      title,
      [
        ...this.#arguments(job, roles),
        // The person's own data on their own screen; what leaves it is exported, with small counts left out.
        "--json",
        "--suppress-below=0",
        ...(writes ? [] : ["--no-ledger"]),
        ...(job.causes ? ["--causes"] : []),
      ],
      place,
    );
    if (printed === undefined) return undefined;
    const output = JSON.parse(printed) as AuditOutput;
    // Its history was not looked at (tools/run-long.ts).
    if (!vscode.workspace.isTrusted) delete output.limitsSet;
    const entry = job.causes ? (before?.request.entry ?? null) : output.entry;
    const view = auditView(
      { ...output, entry },
      {
        file: vscode.workspace.asRelativePath(job.file),
        roles,
        run: job.run ? runText(job.run) : null,
        at: Date.now(),
        locale: vscode.env.language,
        noEntry: noEntryText(place),
        canExplore: (await vscode.commands.getCommands(true)).includes("fairwatt.exploreThresholds"),
      },
      vscode.l10n.t,
    );
    return { view, request: { file: job.file, run: job.run?.id ?? null, entry, roles } };
  }

  /** The table's settings in the project file, where limits are written. */
  async openSettings(file: string): Promise<void> {
    const place = placeOf(file);
    const settings = vscode.Uri.file(projectFile(place));
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(settings);
    } catch {
      throw new ToolProblem(
        vscode.l10n.t(
          "There is no project file for {0} yet. Choose its columns and let them be kept, then write limits beside them.",
          path.basename(file),
        ),
      );
    }
    const at = document.getText().indexOf(JSON.stringify(place.name));
    const position = document.positionAt(Math.max(0, at));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  }

  /** Writes the report as one HTML file where the person says, with small counts left out, and shows it. */
  async exportReport(job: AuditJob & { roles: AuditRoles }): Promise<void> {
    const place = placeOf(job.file);
    const name = `${path.parse(job.file).name}-audit.html`;
    // A dialog that is given a folder that is not there begins anywhere.
    const reports = path.join(place.folder, "reports");
    const folder = (await stateOf(reports)) === undefined ? place.folder : reports;
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(path.join(folder, name)),
      filters: { HTML: ["html"] },
    });
    if (!target) return;
    const args = [
      ...this.#arguments(job, job.roles),
      "--format=html",
      `--out=${target.fsPath}`,
      "--no-ledger",
    ];
    const written = await this.#run(vscode.l10n.t("Writing {0}", path.basename(target.fsPath)), args, place);
    if (written !== undefined) await showReport(target.fsPath);
  }

  #arguments(job: AuditJob, roles: AuditRoles): string[] {
    return ["audit", job.file, ...roleOptions(roles), ...(job.run ? [`--run=${job.run.id}`] : [])];
  }

  /** Columns that are remembered, or that the person confirms now; undefined when they left. */
  async #confirmed(job: AuditJob, place: AuditPlace): Promise<AuditRoles | undefined> {
    const settled = this.#remembered.of(job.file, place);
    const found = await this.#run(
      vscode.l10n.t("Reading {0}", path.basename(job.file)),
      ["columns", job.file, "--json"],
      place,
      vscode.ProgressLocation.Window,
    );
    if (found === undefined) return undefined;
    const table: TableColumns = tableColumns.parse(JSON.parse(found));
    const draft = draftOf(table, settled?.roles, settled?.from ?? "");
    const usable = settled && draft.roles === settled.roles && !problemOf(draft, table, vscode.l10n.t);
    if (usable && !job.confirm) return settled.roles;
    if (settled && draft.roles !== settled.roles) {
      const gone = columnsOf(settled.roles).filter(
        (name) => !table.columns.some((each) => each.name === name),
      );
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "{0} no longer has {1}, which was remembered; its columns were guessed anew.",
          table.source,
          gone.join(", "),
        ),
      );
    }
    const confirmed = await chooseColumns(table, draft, this.#remembered.where(place));
    if (confirmed?.keep) await this.#remembered.keep(job.file, place, confirmed.roles);
    return confirmed?.roles;
  }

  /** `location`: a notification can be cancelled; the status bar is for what is over at once. */
  async #run(
    title: string,
    args: string[],
    place: AuditPlace,
    location = vscode.ProgressLocation.Notification,
  ): Promise<string | undefined> {
    const file = args[1]!;
    const before = await stateOf(file);
    const output = await vscode.window.withProgress(
      { location, title, cancellable: true },
      (progress, token) =>
        runLong(this.cli, args, place.folder, token, (message) => progress.report({ message })),
    );
    if (output !== undefined && before !== (await stateOf(file)))
      throw new ToolProblem(
        vscode.l10n.t(
          "{0} changed while it was read, so the numbers would be of no table that exists. Audit it again when nothing writes to it.",
          path.basename(file),
        ),
      );
    return output;
  }
}

/** Size and time of the last change; undefined where there is no such file. */
async function stateOf(file: string): Promise<string | undefined> {
  try {
    const { size, mtimeMs } = await fs.stat(file);
    return `${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

const runText = ({ name, id, startedAt }: RunSummary): string =>
  vscode.l10n.t("{0}, {1} ({2})", name, new Date(startedAt).toLocaleString(vscode.env.language), id);

function noEntryText({ writable }: AuditPlace): string {
  if (writable) return vscode.l10n.t("none was written; the log says why");
  return vscode.workspace.isTrusted
    ? vscode.l10n.t("none: no folder is open that it would belong to")
    : vscode.l10n.t("none: nothing is written in Restricted Mode");
}
