/** *Generate Report*, as far as it is loaded when it is asked for. */

import * as path from "node:path";
import * as vscode from "vscode";
import type * as z from "zod/mini";
import { folderInQuestion } from "../tools/folder-in-question.ts";
import { runIdOf } from "../tools/register.ts";
import { showReport } from "../tools/report-page.ts";
import { runLong, ToolProblem } from "../tools/run-long.ts";
import {
  documentList,
  type ListedDocument,
  listedModels,
  loggedTypes,
  type WrittenFile,
  writtenDocuments,
} from "./outputs.ts";
import type { ReportCommands, ReportRegistration } from "./register.ts";
import { suggestedDocuments } from "./suggest.ts";

const FORMATS = ["html", "pdf", "md", "json"];
/** Enough to see which types of entries there are. */
const LOOKED_AT = "1000";

interface Target {
  /** The project's folder, or one in it. */
  folder: string;
  run?: string;
}

interface Choice {
  documents: string[];
  formats: string[];
}

export function createReports({ cli, store, log }: ReportRegistration): ReportCommands {
  /** Undefined when it was cancelled. */
  async function ask<T>(
    args: string[],
    { folder }: Target,
    schema: z.ZodMiniType<T>,
    token: vscode.CancellationToken,
  ): Promise<T | undefined> {
    const printed = await runLong(cli, [...args, "--json"], folder, token);
    return printed === undefined ? undefined : schema.parse(JSON.parse(printed));
  }

  /** Undefined when there is nothing to write about, or it was cancelled. */
  async function suggest(target: Target, token: vscode.CancellationToken): Promise<Choice | undefined> {
    const log = await ask(["ledger", "log", "--count", LOOKED_AT], target, loggedTypes, token);
    const models = await ask(["models"], target, listedModels, token);
    if (!log || !models) return undefined;
    const has = (type: string) => log.some((entry) => entry.type === type);
    const documents = suggestedDocuments({
      runs: has("run"),
      audits: has("audit"),
      models: models.length > 0,
    });
    if (documents.length === 0)
      throw new ToolProblem(
        vscode.l10n.t("Nothing is recorded yet: a measured run or an audit is what a report is made of."),
      );
    return { documents, formats: ["html"] };
  }

  /** Undefined when the person left. */
  async function pick(target: Target, token: vscode.CancellationToken): Promise<Choice | undefined> {
    const listed = await ask(["report", "--list"], target, documentList, token);
    if (!listed) return undefined;
    const documents = await vscode.window.showQuickPick(listed.map(itemOf), {
      title: vscode.l10n.t("Which documents?"),
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (!documents || documents.length === 0) return undefined;
    const formats = await vscode.window.showQuickPick(
      FORMATS.map((label) => ({ label, picked: label === "html" })),
      { title: vscode.l10n.t("In which formats?"), canPickMany: true },
    );
    if (!formats || formats.length === 0) return undefined;
    return { documents: documents.map(({ id }) => id), formats: formats.map(({ label }) => label) };
  }

  async function write(
    target: Target,
    { documents, formats }: Choice,
    token: vscode.CancellationToken,
  ): Promise<WrittenFile[] | undefined> {
    const args = [
      "report",
      ...(target.run === undefined ? [] : [target.run]),
      ...documents.flatMap((id) => ["--document", id]),
      ...formats.flatMap((format) => ["--format", format]),
    ];
    return ask(args, target, writtenDocuments, token);
  }

  /** @param decide which documents; undefined: none */
  async function carryOut(
    argument: unknown,
    decide: (target: Target, token: vscode.CancellationToken) => Promise<Choice | undefined>,
  ): Promise<string[]> {
    const target = await resolve(argument);
    if (!target) return [];
    try {
      const written = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t("Fairwatt: reports"),
          cancellable: true,
        },
        async (_, token) => {
          const choice = await decide(target, token);
          return choice && write(target, choice, token);
        },
      );
      if (!written) return [];
      await show(written, target);
      return written.map(({ file }) => file);
    } catch (cause) {
      log.error({
        happened:
          cause instanceof ToolProblem
            ? cause.message
            : vscode.l10n.t("The reports could not be written: {0}.", (cause as Error).message),
        kept: vscode.l10n.t("The record is kept."),
        next: vscode.l10n.t("The log says more."),
        cause,
      });
      return [];
    }
  }

  /** Opens the first document and names all. */
  async function show(written: readonly WrittenFile[], target: Target): Promise<void> {
    const first = written.find(({ file }) => file.endsWith(".html")) ?? written[0];
    if (first?.file.endsWith(".html")) await showReport(first.file);
    else if (first) await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(first.file));
    for (const { file, reason } of written.filter(({ outcome }) => outcome === "kept")) {
      log.channel.warn(`${file} is kept: ${reason ?? ""}`);
    }
    const kept = written.filter(({ outcome }) => outcome === "kept").length;
    const names = written.map(({ file }) => path.basename(file)).join(", ");
    const folder = path.dirname(first?.file ?? target.folder);
    const sentence =
      kept === 0
        ? vscode.l10n.t("Written into {0}: {1}.", folder, names)
        : vscode.l10n.t(
            "Written into {0}: {1}. Kept as they were, since somebody signed or changed them: {2}.",
            folder,
            names,
            kept,
          );
    const more = vscode.l10n.t("Other Documents");
    void vscode.window.showInformationMessage(sentence, more).then((answer) => {
      if (answer === more) return carryOut(target.run, pick);
      return undefined;
    });
  }

  async function resolve(argument: unknown): Promise<Target | undefined> {
    const run = runIdOf(argument);
    const summary = run === undefined ? undefined : store.get(run);
    if (summary) return { folder: summary.folder, run: summary.id };
    const folder = argument instanceof vscode.Uri ? await folderOf(argument) : await folderInQuestion();
    return folder === undefined ? undefined : { folder };
  }

  return {
    generate: (argument) => carryOut(argument, suggest),
    choose: (argument) => carryOut(argument, pick),
  };
}

const itemOf = ({ id, title, summary }: ListedDocument) => ({
  id,
  label: title,
  description: id,
  detail: summary,
});

/** The command line looks upwards from there for the project. */
async function folderOf(uri: vscode.Uri): Promise<string | undefined> {
  if (uri.scheme !== "file") return folderInQuestion();
  const { type } = await vscode.workspace.fs.stat(uri);
  return type & vscode.FileType.Directory ? uri.fsPath : path.dirname(uri.fsPath);
}
