/** *Audit Fairness*, as far as it is loaded when it is asked for: what its command does, and its pages. */

import * as path from "node:path";
import * as vscode from "vscode";
import { pageState } from "../../../webview/audit/protocol.ts";
import { ToolProblem } from "../tools/run-long.ts";
import { type AuditJob, Audits } from "./audits.ts";
import { AUDIT_VIEW_TYPE, type AuditCommands, type AuditRegistration } from "./commands.ts";
import { AuditPanel, type ShownAudit, titleOf } from "./panel.ts";
import { auditRoles } from "./roles.ts";
import { auditStrings } from "./strings.ts";
import { resolveTarget } from "./target.ts";

export function createAudit(
  context: vscode.ExtensionContext,
  { cli, store, log }: AuditRegistration,
): AuditCommands {
  const audits = new Audits(cli, context.workspaceState);
  const open = new Set<AuditPanel>();
  const strings = auditStrings(vscode.l10n.t);
  const own = (panel: vscode.WebviewPanel, shown: ShownAudit | undefined): AuditPanel => {
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.png");
    const deps = { extensionUri: context.extensionUri, strings, log: log.channel, obey };
    const audit = new AuditPanel(panel, deps, shown);
    open.add(audit);
    panel.onDidDispose(() => open.delete(audit));
    return audit;
  };
  const show = (shown: ShownAudit, panel: AuditPanel | undefined) => {
    // One page for each table: an audit of it anew takes the place of the one before.
    const there = panel ?? [...open].find((each) => each.shown?.request.file === shown.request.file);
    if (there) {
      there.show(shown);
      there.panel.reveal();
      return;
    }
    own(
      vscode.window.createWebviewPanel(AUDIT_VIEW_TYPE, titleOf(shown.view), vscode.ViewColumn.Active),
      shown,
    );
  };

  const fail = (cause: unknown, job: AuditJob | undefined, panel?: AuditPanel) => {
    const known = cause instanceof ToolProblem;
    const name = job ? path.basename(job.file) : "";
    log.error({
      happened: known
        ? cause.message
        : vscode.l10n.t("The audit could not be made: {0}.", String((cause as Error).message)),
      kept: vscode.l10n.t("Nothing was changed."),
      next: job
        ? vscode.l10n.t("Choose other columns, or mend {0}.", name)
        : vscode.l10n.t("Choose another table."),
      actions: job
        ? [
            {
              label: vscode.l10n.t("Choose Columns"),
              run: () => carryOut({ ...job, roles: undefined, confirm: true }, panel),
            },
          ]
        : [{ label: vscode.l10n.t("Choose Table"), run: () => start(undefined) }],
      cause,
    });
  };

  async function carryOut(job: AuditJob, panel?: AuditPanel): Promise<string | null | undefined> {
    try {
      const made = await audits.audit(job, panel?.shown);
      if (!made) return undefined;
      show(made, panel);
      return made.request.entry;
    } catch (cause) {
      fail(cause, job, panel);
      return undefined;
    }
  }

  async function start(argument: unknown): Promise<string | null | undefined> {
    let target: Awaited<ReturnType<typeof resolveTarget>>;
    try {
      target = await resolveTarget(argument, store);
    } catch (cause) {
      fail(cause, undefined);
      return undefined;
    }
    return target && carryOut(target);
  }

  async function obey(command: string, panel: AuditPanel): Promise<void> {
    const { request } = panel.shown ?? {};
    const roles = auditRoles.safeParse(request?.roles).data;
    if (!request || !roles) return;
    const { file } = request;
    const run = request.run === null ? undefined : store.get(request.run);
    try {
      switch (command) {
        case "again":
          await carryOut({ file, run, roles }, panel);
          return;
        case "columns":
          await carryOut({ file, run, confirm: true }, panel);
          return;
        case "causes":
          await carryOut({ file, run, roles, causes: true }, panel);
          return;
        case "explore":
          await vscode.commands.executeCommand("fairwatt.exploreThresholds", { file, roles });
          return;
        case "openTable":
          await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(file));
          return;
        case "openSettings":
          await audits.openSettings(file);
          return;
        case "report":
          await vscode.commands.executeCommand("fairwatt.generateReport", vscode.Uri.file(file));
          return;
        case "export":
          await audits.exportReport({ file, run, roles });
      }
    } catch (cause) {
      fail(cause, { file, run, roles }, panel);
    }
  }

  return {
    start,
    restore(panel, state) {
      const { view, request } = pageState.safeParse(state).data ?? {};
      own(panel, view && request ? { view, request } : undefined);
    },
    dispose() {
      for (const { panel } of open) panel.dispose();
    },
  };
}
