/** One page of the editor with the facts of one project: reads them when it is seen, and writes one at a time. */

import type * as vscode from "vscode";
import {
  type FactsView,
  type HostMessage,
  type PageMessage,
  type PageStrings,
  pageMessage,
} from "../../../webview/facts/protocol.ts";
import { type Asked, PagePanel } from "../page/page-panel.ts";

export interface FactsPanelDependencies {
  extensionUri: vscode.Uri;
  strings: PageStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  read(): Promise<FactsView>;
  /** Rejects with an Error that says what to write, or why nothing is. */
  write(name: string, value: string): Promise<void>;
  openFile(): Promise<void>;
}

export class FactsPanel extends PagePanel<PageMessage, HostMessage> {
  /** One write after the other: each reads the file that the one before has left. */
  #writing: Promise<void> = Promise.resolve();

  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: FactsPanelDependencies,
  ) {
    super(panel, { ...deps, page: "facts", called: "The page of facts", message: pageMessage });
  }

  async refresh(): Promise<void> {
    await this.post({ type: "hydrate", strings: this.deps.strings, view: await this.deps.read() });
  }

  protected async obey(message: Asked<PageMessage>): Promise<void> {
    if (message.type === "open") return this.deps.openFile();
    this.#writing = this.#writing.then(() => this.#write(message.name, message.value));
    return this.#writing;
  }

  async #write(name: string, value: string): Promise<void> {
    let problem = "";
    try {
      await this.deps.write(name, value);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem === "") await this.refresh();
    await this.post({ type: "written", name, problem });
  }
}
