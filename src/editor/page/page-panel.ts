/** What every page's panel does alike: loads the page, takes its checked messages, and answers once the page is there. */

import type * as vscode from "vscode";
import type * as z from "zod/mini";
import { loadPage } from "./load-page.ts";

export interface PagePanelOptions<Message extends { type: string }> {
  extensionUri: vscode.Uri;
  /** Folder of webview/. */
  page: string;
  /** What the log calls it: "The ledger's page". */
  called: string;
  strings: { "page.title": string; "page.loading": string };
  log: Pick<vscode.LogOutputChannel, "warn">;
  message: z.ZodMiniType<Message>;
}

/** Messages of every page, which are about itself. */
type OfItself = { type: "ready" } | { type: "problem"; text: string };

/** The others of its messages: what it asks for. */
export type Asked<Message> = Exclude<Message, OfItself>;

export abstract class PagePanel<Message extends { type: string }, Answer> implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly page: PagePanelOptions<Message>,
  ) {
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
    );
    loadPage(panel.webview, page.extensionUri, page.page, page.strings);
  }

  /** Reads what the page shows anew, and sends it. */
  abstract refresh(): Promise<void>;

  /** Does what the page asks for. */
  protected abstract obey(message: Asked<Message>): Promise<void>;

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** Before the page is there, nothing is sent. */
  protected async post(message: Answer): Promise<void> {
    if (this.#ready) await this.panel.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const { called, log } = this.page;
    const parsed = this.page.message.safeParse(message);
    if (!parsed.success) {
      log.warn(`${called} sent what is no message: ${parsed.error.issues[0]?.message}`);
      return;
    }
    const { data } = parsed;
    if (isReady(data)) {
      this.#ready = true;
      return this.refresh();
    }
    if (isProblem(data)) log.warn(`${called} could not read a message: ${data.text}`);
    else return this.obey(data as Asked<Message>);
  }
}

const isReady = (message: { type: string }): message is { type: "ready" } => message.type === "ready";
const isProblem = (message: { type: string }): message is { type: "problem"; text: string } =>
  message.type === "problem";
