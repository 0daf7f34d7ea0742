/** Keeps the findings of what is open: asks the worker after a pause in typing, publishes only on the text it was asked of. */

import * as vscode from "vscode";
import type { DocumentReport } from "../../lint/document-report.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { isLintedNotebook, isNotebook, type Linted, lintedOf, stampOf } from "./open-document.ts";
import type { WorkspaceLinter } from "./workspace-linter.ts";

/** A pause in typing after which a document is linted, ms. */
const DEBOUNCE = 200;

interface State {
  timer?: NodeJS.Timeout;
  /** What is known, and of which text. */
  report?: DocumentReport;
  stamp?: string;
  /** Cells (or the document) that have diagnostics now. */
  published: vscode.Uri[];
}

export class LintController implements vscode.Disposable {
  private readonly states = new Map<string, State>();
  private readonly collection = vscode.languages.createDiagnosticCollection("fairwatt-lint");
  private readonly published = new vscode.EventEmitter<vscode.Uri>();
  /** Fires with a document's or notebook's URI after its diagnostics were replaced. */
  readonly onDidPublish = this.published.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly linter: WorkspaceLinter) {
    const seen = (document: vscode.TextDocument, delay: number) => {
      const linted = lintedOf(document);
      if (linted) this.schedule(linted, delay);
    };
    this.subscriptions = [
      this.collection,
      this.published,
      vscode.workspace.onDidOpenTextDocument((document) => seen(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) seen(document, DEBOUNCE);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.schedule(notebook, 0)),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
        const written =
          contentChanges.length > 0 || cellChanges.some((change) => change.document !== undefined);
        if (written) this.schedule(notebook, DEBOUNCE);
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.forget(notebook.uri)),
      linter.onDidLearn(() => this.lintAll()),
    ];
    this.lintAll();
  }

  /** Lints everything that is open again: the rules that are on, or the project, changed. */
  lintAll(): void {
    for (const notebook of vscode.workspace.notebookDocuments) this.schedule(notebook, 0);
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme === "vscode-notebook-cell") continue;
      const linted = lintedOf(document);
      if (linted) this.schedule(linted, 0);
    }
  }

  /** What is known of the text as it is now; lints it when that is not known. */
  async reportFor(linted: Linted): Promise<DocumentReport | undefined> {
    const state = this.states.get(linted.uri.toString());
    if (state?.report && state.stamp === stampOf(linted)) return state.report;
    clearTimeout(state?.timer);
    return this.lint(linted);
  }

  /** What is known now, without asking. */
  known(linted: Linted): DocumentReport | undefined {
    const state = this.states.get(linted.uri.toString());
    return state?.stamp === stampOf(linted) ? state.report : undefined;
  }

  private schedule(linted: Linted, delay: number): void {
    // A notebook whose last Python cell went may still have its findings.
    if (isNotebook(linted) && !isLintedNotebook(linted) && !this.states.has(linted.uri.toString())) return;
    const state = this.stateOf(linted.uri);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => void this.lint(linted), delay);
  }

  private async lint(linted: Linted): Promise<DocumentReport | undefined> {
    if (linted.isClosed) return undefined;
    const stamp = stampOf(linted);
    const report = await this.linter.lint(linted);
    // The text changed while the worker read it: what it says is of another text. A newer question is on its way.
    if (linted.isClosed || stampOf(linted) !== stamp) return undefined;
    const state = this.stateOf(linted.uri);
    state.report = report;
    state.stamp = stamp;
    this.publish(linted, state);
    return report;
  }

  private publish(linted: Linted, state: State): void {
    const found = state.report ? diagnosticsOf(linted, state.report) : new Map<string, vscode.Diagnostic[]>();
    for (const uri of state.published) if (!found.has(uri.toString())) this.collection.delete(uri);
    state.published = [...found.keys()].map((uri) => vscode.Uri.parse(uri, true));
    for (const uri of state.published) this.collection.set(uri, found.get(uri.toString()));
    this.published.fire(linted.uri);
  }

  private stateOf(uri: vscode.Uri): State {
    const key = uri.toString();
    const state = this.states.get(key) ?? { published: [] };
    this.states.set(key, state);
    return state;
  }

  private forget(uri: vscode.Uri): void {
    const state = this.states.get(uri.toString());
    if (!state) return;
    clearTimeout(state.timer);
    for (const each of state.published) this.collection.delete(each);
    this.states.delete(uri.toString());
    this.linter.close(uri);
  }

  dispose(): void {
    for (const { timer } of this.states.values()) clearTimeout(timer);
    for (const each of this.subscriptions) each.dispose();
  }
}
