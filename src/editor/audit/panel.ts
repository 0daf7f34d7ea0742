/** One page of the editor with one audit: shows it, and hands on what the person asks of it. */

import * as vscode from "vscode";
import {
  type AuditRequestView,
  type AuditView,
  type HostMessage,
  type PageCommand,
  type PageStrings,
  pageMessage,
} from "../../../webview/audit/protocol.ts";
import { loadPage } from "../page/load-page.ts";

export interface AuditPanelDependencies {
  extensionUri: vscode.Uri;
  strings: PageStrings;
  log: Pick<vscode.LogOutputChannel, "warn">;
  /** Carries out what the page asks for; the page says that it is busy until then. */
  obey(command: PageCommand, panel: AuditPanel): Promise<void>;
}

export interface ShownAudit {
  view: AuditView;
  request: AuditRequestView;
}

export class AuditPanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;

  /** `shown` undefined: there is nothing to show, and the page says so. */
  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly deps: AuditPanelDependencies,
    public shown: ShownAudit | undefined,
  ) {
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
    );
    this.#load();
  }

  show(shown: ShownAudit): void {
    this.shown = shown;
    this.panel.title = titleOf(shown.view);
    void this.#hydrate();
  }

  dispose(): void {
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  #load(): void {
    loadPage(this.panel.webview, this.deps.extensionUri, "audit", this.deps.strings);
  }

  #receive(message: unknown): void {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn(`The audit's page sent what is no message: ${parsed.error.issues[0]?.message}`);
      return;
    }
    switch (parsed.data.type) {
      case "ready":
        this.#ready = true;
        void this.#hydrate();
        return;
      case "command":
        void this.#obey(parsed.data.command);
        return;
      case "problem":
        this.deps.log.warn(`The audit's page could not read a message: ${parsed.data.text}`);
    }
  }

  async #obey(command: PageCommand): Promise<void> {
    await this.#post({ type: "busy", busy: true });
    try {
      await this.deps.obey(command, this);
    } finally {
      await this.#post({ type: "busy", busy: false });
    }
  }

  async #hydrate(): Promise<void> {
    const { view = null, request = null } = this.shown ?? {};
    await this.#post({ type: "hydrate", strings: this.deps.strings, view, request });
  }

  async #post(message: HostMessage): Promise<void> {
    if (this.#ready) await this.panel.webview.postMessage(message);
  }
}

export const titleOf = (view: AuditView): string => vscode.l10n.t("Audit {0}", view.title);
