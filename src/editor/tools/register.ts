/** Check Meters, Verify Ledger, Open Run Report: what the command line also does, shown in the editor. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";
import { runTool, type ToolResult } from "./command-line.ts";
import { folderInQuestion } from "./folder-in-question.ts";
import { ReportDocuments } from "./report-documents.ts";
import { showReport } from "./report-page.ts";

export interface Tools {
  context: vscode.ExtensionContext;
  cli: string;
  store: RunStore;
  log: Log;
}

export function registerTools({ context, cli, store, log }: Tools): void {
  const documents = new ReportDocuments();
  const run = async (
    title: string,
    args: string[],
    cwd: string | undefined,
  ): Promise<ToolResult | undefined> => {
    try {
      return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        runTool(cli, args, cwd),
      );
    } catch (cause) {
      log.error({
        happened: vscode.l10n.t("{0} could not be run.", `fairwatt ${args.join(" ")}`),
        next: vscode.l10n.t("Run it in a terminal to see more."),
        cause,
      });
      return undefined;
    }
  };

  context.subscriptions.push(
    documents,
    vscode.commands.registerCommand("fairwatt.checkMeters", async () => {
      const result = await run(vscode.l10n.t("Fairwatt: checking meters"), ["doctor"], anyFolder());
      if (result) await documents.show("meters.txt", result.stdout + result.stderr);
    }),
    vscode.commands.registerCommand("fairwatt.verifyLedger", async (argument: unknown) => {
      const folder = argument instanceof vscode.Uri ? argument.fsPath : await folderInQuestion();
      if (!folder) return;
      const result = await run(vscode.l10n.t("Fairwatt: verifying the ledger"), ["ledger", "verify"], folder);
      if (!result) return;
      const text = result.stdout + result.stderr;
      await documents.show("ledger.txt", text);
      if (result.code === 0) return;
      log.error({
        happened: vscode.l10n.t("The ledger of {0} does not verify.", path.basename(folder)),
        kept: vscode.l10n.t("Nothing was changed."),
        next: vscode.l10n.t("The report names each entry or file that does not match."),
        cause: text,
      });
    }),
    vscode.commands.registerCommand("fairwatt.openRunReport", async (argument: unknown) => {
      const id = runIdOf(argument) ?? store.runs()[0]?.id;
      const summary = id === undefined ? undefined : store.get(id);
      if (!summary) return;
      const title = vscode.l10n.t("Fairwatt: writing the report");
      const result = await run(title, ["report", summary.id, "--json"], summary.folder);
      const file = result?.code === 0 ? fileIn(result.stdout) : undefined;
      if (file) {
        await showReport(file);
      } else if (result) {
        log.error({
          happened: vscode.l10n.t("The report of {0} could not be written.", summary.name),
          kept: vscode.l10n.t("The record of the run is kept."),
          next: vscode.l10n.t("The log says what the report was missing."),
          cause: result.stderr || result.stdout,
        });
      }
    }),
  );
}

function fileIn(stdout: string): string | undefined {
  try {
    const { file } = JSON.parse(stdout) as { file?: unknown };
    return typeof file === "string" ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The run that a command is about: an id, or an item of the tree. */
export function runIdOf(argument: unknown): string | undefined {
  if (typeof argument === "string") return argument;
  const run = (argument as { run?: { id?: unknown } } | undefined)?.run;
  return typeof run?.id === "string" ? run.id : undefined;
}

function anyFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file")?.uri.fsPath;
}
