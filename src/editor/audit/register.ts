/** *Audit Fairness*: its command, and its pages, which come back after a window reload. Their code is loaded when one is asked for. */

import * as vscode from "vscode";
import { AUDIT_VIEW_TYPE, type AuditCommands, type AuditRegistration } from "./commands.ts";

/**
 * Registers `fairwatt.auditPredictions`, which takes a table's Uri, a run (its id, or an item of the tree), `{ file, roles }`,
 * or nothing. It gives the hash of the ledger entry, null where none is written, undefined when no audit was made.
 */
export function registerAudit(context: vscode.ExtensionContext, registration: AuditRegistration): void {
  let loaded: Promise<AuditCommands> | undefined;
  const load = () => {
    loaded ??= import("./audit.lazy.ts").then(({ createAudit }) => {
      const audit = createAudit(context, registration);
      context.subscriptions.push(audit);
      return audit;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.auditPredictions", async (argument: unknown) =>
      (await load()).start(argument),
    ),
    vscode.window.registerWebviewPanelSerializer(AUDIT_VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        (await load()).restore(panel, state);
      },
    }),
  );
}
