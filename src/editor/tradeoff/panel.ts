/** One page of the editor with one project's candidates: reads them when it is seen, and hands on what the person asks. */

import type * as vscode from "vscode";
import {
  type HostMessage,
  type PageCommand,
  type PageMessage,
  pageMessage,
  type TradeoffStrings,
  type TradeoffView,
} from "../../../webview/tradeoff/protocol.ts";
import { loadPage } from "../page/load-page.ts";

export interface TradeoffPanelDependencies {
  extensionUri: vscode.Uri;
  strings: TradeoffStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  read(): Promise<TradeoffView>;
  obey(command: Exclude<PageCommand, "refresh">): Promise<void>;
  /** Copies, and a file for a picture. */
  keep(message: Extract<PageMessage, { type: "copy" | "saveImage" }>): Promise<void>;
}

export class TradeoffPanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly deps: TradeoffPanelDependencies,
  ) {
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
    );
    loadPage(panel.webview, deps.extensionUri, "tradeoff", deps.strings);
  }

  async refresh(): Promise<void> {
    await this.#post({ type: "busy", busy: true });
    try {
      const view = await this.deps.read();
      await this.#post({ type: "hydrate", strings: this.deps.strings, view });
    } finally {
      await this.#post({ type: "busy", busy: false });
    }
  }

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn(`The trade-off page sent what is no message: ${parsed.error.issues[0]?.message}`);
      return;
    }
    const { data } = parsed;
    switch (data.type) {
      case "ready":
        this.#ready = true;
        return this.refresh();
      case "command":
        return data.command === "refresh" ? this.refresh() : this.deps.obey(data.command);
      case "copy":
      case "saveImage":
        return this.deps.keep(data);
      case "problem":
        this.deps.log.warn(`The trade-off page could not read a message: ${data.text}`);
    }
  }

  async #post(message: HostMessage): Promise<void> {
    if (this.#ready) await this.panel.webview.postMessage(message);
  }
}
