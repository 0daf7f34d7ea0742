/** A written report on a page of the editor: it is one file without scripts, so it shows the same over a remote connection. */

import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";

/** Shows the report at `file`. Rejects when the file cannot be read. */
export async function showReport(file: string): Promise<vscode.WebviewPanel> {
  const html = await readFile(file, "utf8");
  const panel = vscode.window.createWebviewPanel(
    "fairwatt.report",
    vscode.l10n.t("Report {0}", path.basename(file, ".html")),
    vscode.ViewColumn.Active,
    { enableScripts: false, localResourceRoots: [] },
  );
  panel.webview.html = html;
  return panel;
}
