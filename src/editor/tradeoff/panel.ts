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
import { type Asked, PagePanel, whileBusy } from "../page/page-panel.ts";

export interface TradeoffPanelDependencies {
  extensionUri: vscode.Uri;
  strings: TradeoffStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  read(): Promise<TradeoffView>;
  obey(command: Exclude<PageCommand, "refresh">): Promise<void>;
  /** Copies, and a file for a picture. */
  keep(message: Extract<PageMessage, { type: "copy" | "saveImage" }>): Promise<void>;
}

export class TradeoffPanel extends PagePanel<PageMessage, HostMessage> {
  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: TradeoffPanelDependencies,
  ) {
    super(panel, { ...deps, page: "tradeoff", called: "The trade-off page", message: pageMessage });
  }

  async refresh(): Promise<void> {
    const { read, strings } = this.deps;
    await whileBusy(
      (message) => this.post(message),
      async () => this.post({ type: "hydrate", strings, view: await read() }),
    );
  }

  protected async obey(message: Asked<PageMessage>): Promise<void> {
    if (message.type !== "command") return this.deps.keep(message);
    return message.command === "refresh" ? this.refresh() : this.deps.obey(message.command);
  }
}
