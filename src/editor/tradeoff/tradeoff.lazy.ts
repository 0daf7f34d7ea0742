/** The trade-off page, as far as it is loaded when it is asked for: what its command does, and its panel. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { pageState, type TradeoffView } from "../../../webview/tradeoff/protocol.ts";
import { PROJECT_FILES } from "../../config/project-files.ts";
import { FolderPages } from "../page/folder-pages.ts";
import { obeyPage } from "../page/page-commands.ts";
import { runTool } from "../tools/command-line.ts";
import { TRADEOFF_VIEW_TYPE, type TradeoffCommands, type TradeoffRegistration } from "./commands.ts";
import { TradeoffPanel } from "./panel.ts";
import { tradeoffStrings } from "./strings.ts";
import { failedView, tradeoffOutput, tradeoffView } from "./tradeoff-view.ts";

export function createTradeoff(
  { extensionUri }: vscode.ExtensionContext,
  { cli, log }: TradeoffRegistration,
): TradeoffCommands {
  const strings = tradeoffStrings(vscode.l10n.t);

  const make = (panel: vscode.WebviewPanel, project: string) => {
    return new TradeoffPanel(panel, {
      extensionUri,
      strings,
      log: log.channel,
      read: () => readTradeoff(cli, project),
      obey: (command) => (command === "settings" ? openSettings(project) : writeDocuments(project)),
      keep: (message) => obeyPage(message, extensionUri),
    });
  };

  /** Where there is no project file yet, the commented one is written first. */
  async function openSettings(project: string): Promise<void> {
    const files = PROJECT_FILES.map((name) => path.join(project, name));
    const [ownFile = "", shared = ""] = files;
    const hasShared = /^\s*\[tool\.fairwatt[\].]/m.test(textOf(shared));
    if (!fs.existsSync(ownFile) && !hasShared) {
      const { code, stderr } = await runTool(cli, ["init"], project);
      if (code !== 0) {
        log.error({
          happened: vscode.l10n.t("{0} could not be written.", path.basename(ownFile)),
          kept: vscode.l10n.t("The ledger is as it was."),
          next: vscode.l10n.t("Choose another folder."),
          cause: stderr,
        });
        return;
      }
    }
    const file = fs.existsSync(ownFile) ? ownFile : shared;
    await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.Beside });
  }

  return new FolderPages({
    viewType: TRADEOFF_VIEW_TYPE,
    extensionUri,
    title: (name) => vscode.l10n.t("Candidates of {0}", name),
    make,
    folderIn: (state) => pageState.safeParse(state).data?.project,
  });
}

async function writeDocuments(project: string): Promise<void> {
  await vscode.commands.executeCommand("fairwatt.chooseReports", vscode.Uri.file(project));
}

async function readTradeoff(cli: string, project: string): Promise<TradeoffView> {
  const place = { project, title: vscode.l10n.t("Candidates of {0}", path.basename(project)) };
  try {
    const { stdout, stderr } = await runTool(cli, ["tradeoff", "--json"], project);
    if (stdout.trim() === "") throw new Error(stderr.trim().replace(/^fairwatt: /, "") || "no answer");
    return tradeoffView(tradeoffOutput.parse(JSON.parse(stdout)), place, vscode.l10n.t);
  } catch (cause) {
    return failedView(vscode.l10n.t("The ledger cannot be read: {0}", (cause as Error).message), place);
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
