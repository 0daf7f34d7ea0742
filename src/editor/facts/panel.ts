/** One page of the editor with the facts of one project: reads them when it is seen, and writes one at a time. */

import type * as vscode from "vscode";
import {
  type FactsView,
  type HostMessage,
  type PageStrings,
  pageMessage,
} from "../../../webview/facts/protocol.ts";
import { loadPage } from "../page/load-page.ts";

export interface FactsPanelDependencies {
  extensionUri: vscode.Uri;
  strings: PageStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  read(): Promise<FactsView>;
  /** Rejects with an Error that says what to write, or why nothing is. */
  write(name: string, value: string): Promise<void>;
  openFile(): Promise<void>;
}

export class FactsPanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;
  /** One write after the other: each reads the file that the one before has left. */
  #writing: Promise<void> = Promise.resolve();

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly deps: FactsPanelDependencies,
  ) {
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
    );
    loadPage(panel.webview, deps.extensionUri, "facts", deps.strings);
  }

  async refresh(): Promise<void> {
    await this.#post({ type: "hydrate", strings: this.deps.strings, view: await this.deps.read() });
  }

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn(`The page of facts sent what is no message: ${parsed.error.issues[0]?.message}`);
      return;
    }
    const { data } = parsed;
    switch (data.type) {
      case "ready":
        this.#ready = true;
        return this.refresh();
      case "set":
        this.#writing = this.#writing.then(() => this.#write(data.name, data.value));
        return this.#writing;
      case "open":
        return this.deps.openFile();
      case "problem":
        this.deps.log.warn(`The page of facts could not read a message: ${data.text}`);
    }
  }

  async #write(name: string, value: string): Promise<void> {
    let problem = "";
    try {
      await this.deps.write(name, value);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem === "") await this.refresh();
    await this.#post({ type: "written", name, problem });
  }

  async #post(message: HostMessage): Promise<void> {
    if (this.#ready) await this.panel.webview.postMessage(message);
  }
}
