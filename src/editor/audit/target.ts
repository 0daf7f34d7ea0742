/** Which table is to be audited, from what the person pointed at. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { RunSummary } from "../../energy/run.ts";
import { findRunEntry } from "../../ledger/read.node.ts";
import type { RunStore } from "../runs/run-store.ts";
import { ToolProblem } from "../tools/run-long.ts";
import { pick } from "./pick.ts";
import { type AuditRoles, auditRoles } from "./roles.ts";

export interface AuditTarget {
  /** Absolute. */
  file: string;
  run?: RunSummary;
  /** Roles that need no confirming. */
  roles?: AuditRoles;
}

const EXTENSIONS = ["csv", "tsv", "parquet", "arrow", "feather", "jsonl"];
const IS_TABLE = new RegExp(`\\.(?:${EXTENSIONS.join("|")}|pq|ndjson)$`, "i");
/** Tables that are offered; more is a folder of data. */
const MAX_OFFERED = 200;

/** Undefined when the person left. Throws a ToolProblem where there is nothing to audit. */
export async function resolveTarget(argument: unknown, store: RunStore): Promise<AuditTarget | undefined> {
  const { file, roles, run } = (argument ?? {}) as {
    file?: unknown;
    roles?: unknown;
    run?: { id?: unknown };
  };
  if (typeof file === "string") return { file, roles: auditRoles.safeParse(roles).data };
  const id = typeof argument === "string" ? argument : run?.id;
  const summary = typeof id === "string" ? store.get(id) : undefined;
  if (summary) return tableOfRun(summary, store);
  if (argument instanceof vscode.Uri) {
    if (argument.scheme !== "file")
      throw new ToolProblem(
        vscode.l10n.t("{0} is not a file on this machine; save a copy here.", argument.toString(true)),
      );
    if (IS_TABLE.test(argument.path)) return { file: argument.fsPath };
  }
  return chooseTable();
}

interface TableItem extends vscode.QuickPickItem {
  file?: string;
  browse?: boolean;
}

/** Tables of the workspace, the latest first, or any other file. */
async function chooseTable(): Promise<AuditTarget | undefined> {
  const found = await vscode.workspace.findFiles(
    `**/*.{${EXTENSIONS.join(",")}}`,
    "**/{node_modules,.venv,venv,.git}/**",
    MAX_OFFERED,
  );
  const files = found
    .filter(({ scheme }) => scheme === "file")
    .map(({ fsPath }) => ({
      file: fsPath,
      changed: fs.statSync(fsPath, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.changed - a.changed);
  const answer = await pick<TableItem>({
    title: vscode.l10n.t("Audit Fairness"),
    placeholder: vscode.l10n.t(
      "A table with outcomes, predictions or scores, and the groups that people belong to",
    ),
    items: [
      ...files.map(({ file }) => tableItem(file)),
      { label: vscode.l10n.t("$(folder-opened) Another file…"), browse: true },
    ],
  });
  const [item] = Array.isArray(answer) ? (answer as readonly TableItem[]) : [];
  if (!item) return undefined;
  if (item.file !== undefined) return { file: item.file };
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Audit Fairness"),
      openLabel: vscode.l10n.t("Audit"),
      filters: { [vscode.l10n.t("Tables")]: [...EXTENSIONS, "pq", "ndjson", "tab", "txt"] },
    })) ?? [];
  return picked && { file: picked.fsPath };
}

const tableItem = (file: string): TableItem => ({
  label: path.basename(file),
  description: path.dirname(vscode.workspace.asRelativePath(file)),
  file,
});

/** The table among the files that a run wrote; of several, the one that the person picks. */
async function tableOfRun(run: RunSummary, store: RunStore): Promise<AuditTarget | undefined> {
  const directory = store.directory(run.id);
  const entry = directory && (await findRunEntry(path.dirname(path.dirname(directory)), run.id));
  if (!entry)
    throw new ToolProblem(
      run.state === "running"
        ? vscode.l10n.t("{0} is still running; what it writes is known when it has ended.", run.name)
        : vscode.l10n.t("The files that {0} wrote are not recorded. Choose the table itself.", run.name),
    );
  const tables = entry.body.artefacts
    .filter((artefact) => IS_TABLE.test(artefact.path))
    .map((artefact) => path.resolve(run.cwd, artefact.path));
  if (tables.length === 0)
    throw new ToolProblem(
      vscode.l10n.t(
        "{0} wrote no table. Let it write its predictions as CSV or Parquet, or choose a table.",
        run.name,
      ),
    );
  const named = tables.filter((file) => /pred|score/i.test(path.basename(file)));
  const only = named.length === 1 ? named[0] : tables.length === 1 ? tables[0] : undefined;
  if (only !== undefined) return { file: only, run };
  const answer = await pick<TableItem>({
    title: vscode.l10n.t("Audit a table of {0}", run.name),
    placeholder: vscode.l10n.t("The one with the predictions"),
    items: tables.map(tableItem),
  });
  const [item] = Array.isArray(answer) ? (answer as readonly TableItem[]) : [];
  return item?.file === undefined ? undefined : { file: item.file, run };
}
