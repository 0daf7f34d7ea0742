/** What can be done about a finding: its fixes by their safety, silence it with a reason, audit the model; fix all. */

import * as vscode from "vscode";
import type {
  DocumentFinding,
  DocumentFix,
  DocumentReport,
  LocatedEdit,
} from "../../lint/document-report.ts";
import { rangeOf } from "./diagnostics.ts";
import type { LintController } from "./lint-controller.ts";
import { documentAt, isNotebook, type Linted, lintedOf } from "./open-document.ts";

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("fairwatt");
export const NOTEBOOK_FIX_ALL = vscode.CodeActionKind.Notebook.append("source.fixAll.fairwatt");
/** Opens the audit of a model's predictions, where this build has one. */
const AUDIT_COMMAND = "fairwatt.auditPredictions";

export class LintActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL, NOTEBOOK_FIX_ALL];

  constructor(private readonly controller: LintController) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const linted = lintedOf(document);
    const asked = context.only;
    const wanted = LintActions.kinds.some(
      (kind) => asked === undefined || asked.contains(kind) || kind.contains(asked),
    );
    if (!linted || !wanted) return [];
    const report = await this.controller.reportFor(linted);
    if (!report) return [];
    const actions: vscode.CodeAction[] = [];
    if (!asked || asked.contains(vscode.CodeActionKind.QuickFix)) {
      for (const finding of report.findings) {
        if (documentAt(linted, finding.at.cell) !== document) continue;
        if (!rangeOf(finding.at).intersection(range)) continue;
        actions.push(...(await this.actionsFor(finding, linted, context.diagnostics)));
      }
    }
    if (asked?.contains(FIX_ALL) || asked?.contains(NOTEBOOK_FIX_ALL))
      actions.push(...fixAll(report, linted, asked));
    return actions;
  }

  private async actionsFor(
    finding: DocumentFinding,
    linted: Linted,
    shown: readonly vscode.Diagnostic[],
  ): Promise<vscode.CodeAction[]> {
    const diagnostics = shown.filter(
      ({ source, code, range }) =>
        source === "fairwatt" &&
        (typeof code === "object" ? code.value : code) === finding.rule &&
        range.isEqual(rangeOf(finding.at)),
    );
    const actions = finding.fixes.map((fix) => {
      const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
      action.edit = editOf(fix, finding, linted);
      action.isPreferred = fix.safety === "safe";
      return action;
    });
    if (finding.rule.startsWith("FW1") && (await vscode.commands.getCommands(true)).includes(AUDIT_COMMAND)) {
      const audit = new vscode.CodeAction(
        vscode.l10n.t("Audit this model's predictions"),
        vscode.CodeActionKind.QuickFix,
      );
      audit.command = { title: audit.title, command: AUDIT_COMMAND, arguments: [linted.uri] };
      actions.push(audit);
    }
    if (finding.suppress) {
      const title = vscode.l10n.t("Silence {0} here, with a reason", finding.rule);
      const suppress = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      const document = documentAt(linted, finding.suppress.at.cell);
      suppress.command = {
        title,
        command: "fairwatt.suppressFinding",
        arguments: [document?.uri, document?.version, finding.rule, finding.suppress],
      };
      actions.push(suppress);
    }
    const page = new vscode.CodeAction(
      vscode.l10n.t("Read about {0}", finding.rule),
      vscode.CodeActionKind.QuickFix,
    );
    page.command = { title: page.title, command: "fairwatt.openRulePage", arguments: [finding.rule] };
    actions.push(page);
    for (const action of actions) action.diagnostics = diagnostics;
    return actions;
  }
}

function titleOf({ title, safety }: DocumentFix): string {
  return safety === "unsafe" ? vscode.l10n.t("{0} (changes what the code does)", title) : title;
}

function editOf(fix: DocumentFix, finding: DocumentFinding, linted: Linted): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  addEdits(edit, fix.edits, linted);
  if (fix.newCell !== undefined) addCell(edit, linted, finding.at.cell ?? 0, fix.newCell);
  const folder = vscode.workspace.getWorkspaceFolder(linted.uri);
  if (fix.newFile && folder) {
    edit.createFile(vscode.Uri.joinPath(folder.uri, fix.newFile.path), {
      ignoreIfExists: true,
      contents: new TextEncoder().encode(fix.newFile.content),
    });
  }
  return edit;
}

function addEdits(edit: vscode.WorkspaceEdit, edits: readonly LocatedEdit[], linted: Linted): void {
  for (const { at, newText } of edits) {
    const document = documentAt(linted, at.cell);
    if (document) edit.replace(document.uri, rangeOf(at), newText);
  }
}

function addCell(edit: vscode.WorkspaceEdit, linted: Linted, after: number, source: string): void {
  if (!isNotebook(linted)) return;
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, "python");
  edit.set(linted.uri, [vscode.NotebookEdit.insertCells(after + 1, [cell])]);
}

/** One action for the whole document or notebook; none where nothing is safe. */
function fixAll(
  { fixAll: all }: DocumentReport,
  linted: Linted,
  asked: vscode.CodeActionKind,
): vscode.CodeAction[] {
  if (all.edits.length + all.newCells.length === 0) return [];
  const kind = asked.contains(NOTEBOOK_FIX_ALL) ? NOTEBOOK_FIX_ALL : FIX_ALL;
  const action = new vscode.CodeAction(vscode.l10n.t("Fix all safe Fairwatt findings"), kind);
  const edit = new vscode.WorkspaceEdit();
  addEdits(edit, all.edits, linted);
  for (const { afterCell, source } of [...all.newCells].reverse()) addCell(edit, linted, afterCell, source);
  action.edit = edit;
  return [action];
}

/** Asks for the reason and writes the comment; the text must still be the one that the finding is of. */
export async function suppressFinding(
  uri?: vscode.Uri,
  version?: number,
  rule?: string,
  edit?: LocatedEdit,
  given?: string,
): Promise<void> {
  if (!uri || rule === undefined || !edit) return;
  const reason =
    given ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("Silence {0} here", rule),
      prompt: vscode.l10n.t(
        "Why this is not a problem here. The reason is kept in the file, where a reviewer reads it.",
      ),
      validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("A reason is needed.") : undefined),
    }));
  if (reason === undefined || reason.trim() === "") return;
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.version !== version) return;
  const change = new vscode.WorkspaceEdit();
  const line = edit.newText.replace(
    /[ \t]*(\r?\n)$/,
    (_, end: string) => ` ${reason.trim().replace(/\s+/g, " ")}${end}`,
  );
  change.replace(uri, rangeOf(edit.at), line);
  await vscode.workspace.applyEdit(change);
}
