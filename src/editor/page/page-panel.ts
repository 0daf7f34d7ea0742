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
type Ready = { type: "ready" };
type Problem = { type: "problem"; text: string };

/** The others of its messages: what it asks for. */
export type Asked<Message> = Exclude<Message, Ready | Problem>;

export abstract class PagePanel<Message extends { type: string }, Answer> implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly page: PagePanelOptions<Message>,
  ) {
    this.own(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // The editor throws a page away that is not seen; it is ready anew when it shows again.
        if (!panel.visible) this.hidden();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    this.load();
  }

  /** Reads what the page shows anew, and sends it. */
  abstract refresh(): Promise<void>;

  /** Does what the page asks for. */
  protected abstract obey(message: Asked<Message>): Promise<void>;

  /** The page is there, and what it still knew from before is in its message. */
  protected ready(_message: Extract<Message, Ready>): Promise<void> {
    return this.refresh();
  }

  protected hidden(): void {
    this.#ready = false;
  }

  protected load(): void {
    this.#ready = false;
    const { extensionUri, page, strings } = this.page;
    loadPage(this.panel.webview, extensionUri, page, strings);
  }

  /** Disposed of with the panel. */
  protected own(...disposables: vscode.Disposable[]): void {
    this.#disposables.push(...disposables);
  }

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** True while the page is there and seen. */
  protected get isLive(): boolean {
    return this.#ready;
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
      return this.ready(data);
    }
    if (isProblem(data)) log.warn(`${called} could not read a message: ${data.text}`);
    else return this.obey(data as Asked<Message>);
  }
}

/** Tells the page that it has to wait while something is done for it. */
export async function whileBusy(
  post: (message: { type: "busy"; busy: boolean }) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  await post({ type: "busy", busy: true });
  try {
    await work();
  } finally {
    await post({ type: "busy", busy: false });
  }
}

const isReady = <Message extends { type: string }>(
  message: Message,
): message is Extract<Message, Ready> & Message => message.type === "ready";
const isProblem = (message: { type: string }): message is Problem => message.type === "problem";
