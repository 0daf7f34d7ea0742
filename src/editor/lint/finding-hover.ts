/** Why a finding fired, what would silence it, its page, and what the file's last measured run used. */

import * as vscode from "vscode";
import type { DocumentFinding } from "../../lint/document-report.ts";
import { rangeOf } from "./diagnostics.ts";
import type { LintController } from "./lint-controller.ts";
import { documentAt, type Linted, lintedOf } from "./open-document.ts";

/** A figure is of use where a finding is about energy: training, deployment, its record. */
const ABOUT_ENERGY = /^FW(?:2|3|406)/;

export class FindingHover implements vscode.HoverProvider {
  /** @param measured what the newest run of a file used, as a sentence; undefined where there is none */
  constructor(
    private readonly controller: LintController,
    private readonly measured: (linted: Linted) => string | undefined,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const linted = lintedOf(document);
    const report = linted && this.controller.known(linted);
    if (!linted || !report) return undefined;
    const found = report.findings.filter(
      ({ at }) => documentAt(linted, at.cell) === document && rangeOf(at).contains(position),
    );
    return found.length > 0
      ? new vscode.Hover(found.map((finding) => this.text(finding, linted)))
      : undefined;
  }

  private text(finding: DocumentFinding, linted: Linted): vscode.MarkdownString {
    const text = new vscode.MarkdownString(undefined, true);
    text.isTrusted = { enabledCommands: ["fairwatt.openRulePage"] };
    const link = `command:fairwatt.openRulePage?${encodeURIComponent(JSON.stringify([finding.rule]))}`;
    text.appendMarkdown(`**Fairwatt [${finding.rule}](${link})**\n\n`);
    list(text, vscode.l10n.t("Why"), finding.why);
    list(text, vscode.l10n.t("Silenced by"), finding.silencedBy);
    const figure = this.measured(linted);
    const said = finding.why.some((sentence) => /\d\s?[km]?Wh\b/.test(sentence));
    if (figure && !said && ABOUT_ENERGY.test(finding.rule)) {
      text.appendMarkdown("$(pulse) ").appendText(figure).appendMarkdown("\n");
    }
    return text;
  }
}

function list(text: vscode.MarkdownString, title: string, sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  text.appendMarkdown(`${title}:\n\n`);
  for (const sentence of sentences) text.appendMarkdown("- ").appendText(sentence).appendMarkdown("\n");
  text.appendMarkdown("\n");
}
