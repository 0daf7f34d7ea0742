/** The rules' pages as documents that need no network: `fairwatt-rule:/FW101.md`. */

import * as vscode from "vscode";
import type { WorkspaceLinter } from "./workspace-linter.ts";

const SCHEME = "fairwatt-rule";

export function rulePageUri(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` });
}

export function registerRulePages(context: vscode.ExtensionContext, linter: WorkspaceLinter): void {
  const provider: vscode.TextDocumentContentProvider = {
    async provideTextDocumentContent(uri) {
      const code = /([A-Z]{2}\d{3})\.md$/i.exec(uri.path)?.[1] ?? "";
      return (await linter.page(code)) ?? vscode.l10n.t("There is no rule {0}.", code);
    },
  };
  const open = async (code: unknown) => {
    const chosen = typeof code === "string" ? code : await choose(linter);
    if (!chosen) return;
    try {
      await vscode.commands.executeCommand("markdown.showPreview", rulePageUri(chosen));
    } catch {
      // Markdown's own extension may be off: the page is read as text then.
      await vscode.window.showTextDocument(rulePageUri(chosen), { preview: true });
    }
  };
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.commands.registerCommand("fairwatt.openRulePage", open),
  );
}

async function choose(linter: WorkspaceLinter): Promise<string | undefined> {
  const items = linter
    .rules()
    .then((rules) =>
      rules.map(({ code, name }) => ({ label: code, description: name.replaceAll("-", " ") })),
    );
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t("Rule to read about"),
    matchOnDescription: true,
  });
  return picked?.label;
}
