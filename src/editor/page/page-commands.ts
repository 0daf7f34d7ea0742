/** What the dashboard's page may ask of the editor besides data: commands, the clipboard, a file for a picture. */

import * as vscode from "vscode";
import type { PageMessage } from "../../../webview/protocol.ts";

type Request = Extract<PageMessage, { type: "command" | "copy" | "saveImage" }>;

export async function obeyPage(message: Request, extensionUri: vscode.Uri): Promise<void> {
  switch (message.type) {
    case "command":
      return runCommand(message.command, message.run, extensionUri);
    case "copy":
      await vscode.env.clipboard.writeText(message.text);
      return;
    case "saveImage":
      return saveImage(message.name, message.png);
  }
}

async function runCommand(command: string, run: string | null, extensionUri: vscode.Uri): Promise<void> {
  if (command === "fairwatt.showMethods") {
    const readme = vscode.Uri.joinPath(extensionUri, "README.md");
    await vscode.commands.executeCommand("markdown.showPreview", readme);
    return;
  }
  try {
    await vscode.commands.executeCommand(command, ...(run === null ? [] : [run]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(
      vscode.l10n.t("{0} could not be done: {1}. Nothing that was recorded is lost.", command, reason),
    );
  }
}

/** Where the page may not write to the clipboard itself, the picture goes to a file that the person names. */
async function saveImage(name: string, base64: string): Promise<void> {
  const file = `${name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, "").trim() || "chart"}.png`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder ? vscode.Uri.joinPath(folder, file) : undefined,
    filters: { PNG: ["png"] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(base64, "base64"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(
      vscode.l10n.t("The picture could not be written: {0}. Choose another folder.", reason),
    );
  }
}
