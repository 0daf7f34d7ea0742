/**
 * Whether Fairwatt shows itself in this workspace (its view, its lens, its button): once there is a project or a run
 * of ours, or machine learning was seen in a Python text. Until then a newcomer sees nothing. Remembered.
 */

import * as vscode from "vscode";
import { mentionsMachineLearning } from "../lint/python/prefilter.ts";
import type { Runs } from "./runs/register-store.ts";

const CONTEXT = "fairwatt.present";
/** Longer texts are generated or data. */
const LONGEST = 500_000;

export class Presence implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Once, when it becomes true. */
  readonly onDidShow = this.changed.event;
  private shown = false;

  constructor(private readonly memory: vscode.Memento) {}

  get isShown(): boolean {
    return this.shown;
  }

  show(): void {
    if (this.shown) return;
    this.shown = true;
    void vscode.commands.executeCommand("setContext", CONTEXT, true);
    if (!this.memory.get(CONTEXT)) void this.memory.update(CONTEXT, true);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

export function registerPresence(context: vscode.ExtensionContext, { store, folders }: Runs): Presence {
  const presence = new Presence(context.workspaceState);
  const look = (document: vscode.TextDocument) => {
    if (presence.isShown || document.languageId !== "python") return;
    const text = document.getText();
    if (text.length <= LONGEST && mentionsMachineLearning(text)) presence.show();
  };
  const signs = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
    folders.onDidFind(() => presence.show()),
    store.onDidChange(() => presence.show()),
  );
  context.subscriptions.push(
    presence,
    signs,
    presence.onDidShow(() => signs.dispose()),
  );
  if (context.workspaceState.get(CONTEXT)) presence.show();
  else setImmediate(() => vscode.workspace.textDocuments.forEach(look));
  return presence;
}
