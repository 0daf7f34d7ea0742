/** One page of the editor with one ledger: reads it when it is seen, and hands on what the person asks of it. */

import type * as vscode from "vscode";
import {
  type DetailView,
  type EntryCommand,
  type HostMessage,
  type LedgerView,
  type PageCommand,
  type PageMessage,
  type PageStrings,
  pageMessage,
} from "../../../webview/ledger/protocol.ts";
import { type Asked, PagePanel, whileBusy } from "../page/page-panel.ts";

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

export class LedgerPanel extends PagePanel<PageMessage, HostMessage> {
  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: LedgerPanelDependencies,
  ) {
    super(panel, { ...deps, page: "ledger", called: "The ledger's page", message: pageMessage });
  }

  async refresh(): Promise<void> {
    const { read, strings } = this.deps;
    await whileBusy(
      (message) => this.post(message),
      async () => this.post({ type: "hydrate", strings, view: await read() }),
    );
  }

  protected async obey(message: Asked<PageMessage>): Promise<void> {
    if (message.type === "entry") return this.#obeyEntry(message.command, message.hash);
    return message.command === "refresh" ? this.refresh() : this.deps.obey(message.command);
  }

  async #obeyEntry(command: EntryCommand, hash: string): Promise<void> {
    if (command === "show") {
      await this.post({ type: "detail", detail: await this.deps.readEntry(hash) });
    } else if (await this.deps.obeyEntry(command, hash)) await this.refresh();
  }
}
