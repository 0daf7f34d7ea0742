/** Chosen thresholds to a file that the person names. */

import * as path from "node:path";
import * as vscode from "vscode";

/** `json`: as the page made it, already without the counts of tiny groups. `table`: the file they were chosen on. */
export async function saveThresholds(json: string, table: string): Promise<void> {
  const name = `${path.basename(table, path.extname(table))}.thresholds.json`;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(path.dirname(table), name)),
    filters: { JSON: ["json"] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(json));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(
      vscode.l10n.t("The thresholds could not be written: {0}. Choose another folder.", reason),
    );
  }
}
