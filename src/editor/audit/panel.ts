/** One page of the editor with one audit: shows it, and hands on what the person asks of it. */

import * as vscode from "vscode";
import {
  type AuditRequestView,
  type AuditView,
  type HostMessage,
  type PageCommand,
  type PageMessage,
  type PageStrings,
  pageMessage,
} from "../../../webview/audit/protocol.ts";
import { type Asked, PagePanel, whileBusy } from "../page/page-panel.ts";

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

export class AuditPanel extends PagePanel<PageMessage, HostMessage> {
  /** `shown` undefined: there is nothing to show, and the page says so. */
  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: AuditPanelDependencies,
    public shown: ShownAudit | undefined,
  ) {
    super(panel, { ...deps, page: "audit", called: "The audit's page", message: pageMessage });
  }

  show(shown: ShownAudit): void {
    this.shown = shown;
    this.panel.title = titleOf(shown.view);
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const { view = null, request = null } = this.shown ?? {};
    await this.post({ type: "hydrate", strings: this.deps.strings, view, request });
  }

  protected async obey({ command }: Asked<PageMessage>): Promise<void> {
    await whileBusy(
      (message) => this.post(message),
      () => this.deps.obey(command, this),
    );
  }
}

export const titleOf = (view: AuditView): string => vscode.l10n.t("Audit {0}", view.title);
