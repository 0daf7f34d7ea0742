/** One page of the editor with one ledger: reads it when it is seen, and hands on what the person asks of it. */

import type * as vscode from "vscode";
import {
  type DetailView,
  type EntryCommand,
  type HostMessage,
  type LedgerView,
  type PageCommand,
  type PageStrings,
  pageMessage,
} from "../../../webview/ledger/protocol.ts";
import { loadPage } from "../page/load-page.ts";

export interface LedgerPanelDependencies {
  extensionUri: vscode.Uri;
  strings: PageStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  /** Verifies and lists the ledger. */
  read(): Promise<LedgerView>;
  /** Null where the entry cannot be shown any more. */
  readEntry(hash: string): Promise<DetailView | null>;
  obey(command: Exclude<PageCommand, "refresh">): Promise<void>;
  /** True: the ledger has changed. */
  obeyEntry(command: Exclude<EntryCommand, "show">, hash: string): Promise<boolean>;
}

export class LedgerPanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly deps: LedgerPanelDependencies,
  ) {
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
    );
    loadPage(panel.webview, deps.extensionUri, "ledger", deps.strings);
  }

  async refresh(): Promise<void> {
    await this.#busy(async () => {
      const view = await this.deps.read();
      await this.#post({ type: "hydrate", strings: this.deps.strings, view });
    });
  }

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn(`The ledger's page sent what is no message: ${parsed.error.issues[0]?.message}`);
      return;
    }
    const { data } = parsed;
    switch (data.type) {
      case "ready":
        this.#ready = true;
        return this.refresh();
      case "command":
        if (data.command === "refresh") return this.refresh();
        return this.deps.obey(data.command);
      case "entry":
        return this.#obeyEntry(data.command, data.hash);
      case "problem":
        this.deps.log.warn(`The ledger's page could not read a message: ${data.text}`);
    }
  }

  async #obeyEntry(command: EntryCommand, hash: string): Promise<void> {
    if (command === "show") {
      await this.#post({ type: "detail", detail: await this.deps.readEntry(hash) });
    } else if (await this.deps.obeyEntry(command, hash)) await this.refresh();
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    await this.#post({ type: "busy", busy: true });
    try {
      await work();
    } finally {
      await this.#post({ type: "busy", busy: false });
    }
  }

  async #post(message: HostMessage): Promise<void> {
    if (this.#ready) await this.panel.webview.postMessage(message);
  }
}
