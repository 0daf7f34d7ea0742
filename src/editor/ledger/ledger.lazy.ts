/** The ledger's page, as far as it is loaded when it is asked for: what its command does, and its panel. */

import * as path from "node:path";
import * as vscode from "vscode";
import type * as z from "zod/mini";
import { type DetailView, type LedgerView, pageState } from "../../../webview/ledger/protocol.ts";
import { FolderPages } from "../page/folder-pages.ts";
import { runTool } from "../tools/command-line.ts";
import { LEDGER_VIEW_TYPE, type LedgerCommands, type LedgerRegistration } from "./commands.ts";
import { detailView, LISTED, ledgerView, logOutput, showOutput, verifyOutput } from "./ledger-view.ts";
import { LedgerPanel } from "./panel.ts";
import { Statements } from "./statements.ts";
import { ledgerStrings } from "./strings.ts";

export function createLedger(
  { extensionUri, globalState }: vscode.ExtensionContext,
  { cli, log }: LedgerRegistration,
): LedgerCommands {
  const strings = ledgerStrings(vscode.l10n.t);
  const statements = new Statements(cli, globalState, log);

  const make = (panel: vscode.WebviewPanel, project: string) => {
    return new LedgerPanel(panel, {
      extensionUri,
      strings,
      log: log.channel,
      read: () => readLedger(cli, project),
      readEntry: (hash) => readEntry(cli, project, hash),
      obey: () => exportLedger(cli, project),
      async obeyEntry(command, hash) {
        if (command === "approve") return statements.decide(hash, project);
        if (command === "correct") return statements.correct(hash, project);
        await vscode.env.clipboard.writeText(hash);
        return false;
      },
    });
  };

  async function exportLedger(tool: string, project: string): Promise<void> {
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(path.join(project, "ledger.json")),
      filters: { JSON: ["json"], [vscode.l10n.t("Table of runs")]: ["csv"] },
    });
    if (!target) return;
    const format = path.extname(target.fsPath).toLowerCase() === ".csv" ? "csv" : "json";
    const args = ["ledger", "export", "--format", format, "--out", target.fsPath];
    const { code, stderr } = await runTool(tool, args, project);
    if (code === 0) return;
    log.error({
      happened: vscode.l10n.t("{0} could not be written.", path.basename(target.fsPath)),
      kept: vscode.l10n.t("The ledger is as it was."),
      next: vscode.l10n.t("Choose another folder."),
      cause: stderr,
    });
  }

  return new FolderPages({
    viewType: LEDGER_VIEW_TYPE,
    extensionUri,
    title: (name) => vscode.l10n.t("Ledger of {0}", name),
    make,
    folderIn: (state) => pageState.safeParse(state).data?.project,
  });
}

async function readLedger(cli: string, project: string): Promise<LedgerView> {
  const title = path.basename(project);
  try {
    const [log, verification] = await Promise.all([
      ask(cli, ["log", "--json", "--count", String(LISTED)], project, logOutput),
      ask(cli, ["verify", "--json"], project, verifyOutput),
    ]);
    return ledgerView({ project, title, log, verification }, vscode.l10n.t);
  } catch (cause) {
    const failure = vscode.l10n.t("The ledger cannot be read: {0}", (cause as Error).message);
    return ledgerView({ project, title, log: [], failure }, vscode.l10n.t);
  }
}

async function readEntry(cli: string, project: string, hash: string): Promise<DetailView | null> {
  try {
    return detailView(await ask(cli, ["show", hash, "--json"], project, showOutput), vscode.l10n.t);
  } catch {
    return null;
  }
}

/** Throws an Error with what the command line said. */
async function ask<T>(cli: string, args: string[], cwd: string, schema: z.ZodMiniType<T>): Promise<T> {
  const { stdout, stderr } = await runTool(cli, ["ledger", ...args], cwd);
  if (stdout.trim() === "") throw new Error(stderr.trim().replace(/^fairwatt: /, "") || "no answer");
  return schema.parse(JSON.parse(stdout));
}
