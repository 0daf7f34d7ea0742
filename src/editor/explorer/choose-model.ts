/** Which model a table's scores are from: the run's own, another file, or a function of the project. */

import * as path from "node:path";
import * as vscode from "vscode";
import { MODEL_FILE, modelSpec } from "../../fairness/thresholds/model/model-spec.ts";
import { modelsOfRun } from "./run-models.ts";

const MAX_OFFERED = 50;
const EXTENSIONS = ["joblib", "pkl", "pickle"];

interface ModelItem extends vscode.QuickPickItem {
  written?: string;
  browse?: boolean;
  name?: boolean;
}

/** As the project file names it: below `folder` with "/", absolute outside. */
export function writtenFile(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative.split(path.sep).join("/");
}

/** What is written into the project file; undefined when the person left. `folder`: the project's. */
export async function chooseModel(
  folder: string,
  table: string,
  known: string | undefined,
): Promise<string | undefined> {
  const written = (await modelsOfRun(folder, table)).map(({ file, run }) => ({
    label: writtenFile(folder, file),
    description: vscode.l10n.t("written by {0}, as this table was", run),
    written: writtenFile(folder, file),
  }));
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, `**/*.{${EXTENSIONS.join(",")}}`),
    "**/{node_modules,.venv,venv,.git,.fairwatt}/**",
    MAX_OFFERED,
  );
  const files = found
    .map(({ fsPath }) => writtenFile(folder, fsPath))
    .filter((file) => MODEL_FILE.test(file) && !written.some((item) => item.written === file))
    .sort()
    .map((file) => ({ label: file, written: file }));
  const items: ModelItem[] = [
    ...(known === undefined ? [] : [{ label: known, description: vscode.l10n.t("as now"), written: known }]),
    ...[...written, ...files].filter((item) => item.written !== known),
    { label: vscode.l10n.t("$(folder-opened) Another file…"), browse: true },
    { label: vscode.l10n.t("$(symbol-function) A function of the project…"), name: true },
  ];
  const title = vscode.l10n.t("The model behind {0}", path.basename(table));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("What gave this table its scores"),
  });
  if (picked?.written !== undefined) return picked.written;
  if (picked?.browse) {
    const [file] =
      (await vscode.window.showOpenDialog({
        title,
        defaultUri: vscode.Uri.file(folder),
        filters: { [vscode.l10n.t("Models")]: EXTENSIONS, [vscode.l10n.t("All files")]: ["*"] },
      })) ?? [];
    return file && writtenFile(folder, file.fsPath);
  }
  if (!picked?.name) return undefined;
  const name = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "It takes rows (a pandas DataFrame, or dictionaries) and gives one score for each.",
    ),
    placeHolder: "scoring:score",
    validateInput: (text) =>
      "module" in modelSpec(text)
        ? undefined
        : vscode.l10n.t("Write the module and the function, as in scoring:score."),
  });
  return name?.trim();
}
