/** Pages of which each folder has one: shown again when they are asked for again, and restored with the window. */

import * as path from "node:path";
import * as vscode from "vscode";
import { folderInQuestion } from "../tools/folder-in-question.ts";

/** What a page's panel must be, to be one of these. */
export interface FolderPage {
  readonly panel: vscode.WebviewPanel;
  refresh(): Promise<void>;
}

export interface FolderPagesOptions {
  viewType: string;
  extensionUri: vscode.Uri;
  /** Of the tab. `name`: the folder's. */
  title(name: string): string;
  /** Fills a panel that is empty. */
  make(panel: vscode.WebviewPanel, folder: string): FolderPage;
  /** The folder in what a page had kept; null where it is not of this page. */
  folderIn(state: unknown): string | null | undefined;
}

export class FolderPages implements vscode.Disposable {
  readonly #open = new Map<string, FolderPage>();

  constructor(private readonly options: FolderPagesOptions) {}

  /** @param argument the folder's uri; without one, the folder that is in question */
  async show(argument: unknown): Promise<void> {
    const folder = argument instanceof vscode.Uri ? argument.fsPath : await folderInQuestion();
    if (!folder) return;
    const there = this.#open.get(folder);
    if (there) {
      there.panel.reveal();
      await there.refresh();
      return;
    }
    const { viewType, title } = this.options;
    const column = vscode.ViewColumn.Active;
    this.#own(vscode.window.createWebviewPanel(viewType, title(path.basename(folder)), column), folder);
  }

  /** A panel of a window before this one; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const folder = this.options.folderIn(state);
    if (folder) this.#own(panel, folder);
    else panel.dispose();
  }

  dispose(): void {
    for (const { panel } of this.#open.values()) panel.dispose();
  }

  #own(panel: vscode.WebviewPanel, folder: string): void {
    panel.iconPath = vscode.Uri.joinPath(this.options.extensionUri, "media", "icon.png");
    this.#open.set(folder, this.options.make(panel, folder));
    panel.onDidDispose(() => this.#open.delete(folder));
  }
}
