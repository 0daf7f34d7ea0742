/** *Show Ledger*: its command, and its page, which comes back after a window reload. Its code is loaded when it is asked for. */

import * as vscode from "vscode";
import { LEDGER_VIEW_TYPE, type LedgerCommands, type LedgerRegistration } from "./commands.ts";

/** Registers `fairwatt.showLedger`, which takes a folder's Uri or nothing. */
export function registerLedger(context: vscode.ExtensionContext, registration: LedgerRegistration): void {
  let loaded: Promise<LedgerCommands> | undefined;
  const load = () => {
    loaded ??= import("./ledger.lazy.ts").then(({ createLedger }) => {
      const ledger = createLedger(context, registration);
      context.subscriptions.push(ledger);
      return ledger;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.showLedger", async (argument: unknown) =>
      (await load()).show(argument),
    ),
    vscode.window.registerWebviewPanelSerializer(LEDGER_VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        (await load()).restore(panel, state);
      },
    }),
  );
}
