/** What is loaded at once of the ledger's page, and what only when it is asked for, know of each other. */

import type * as vscode from "vscode";
import type { Log } from "../log.ts";

export const LEDGER_VIEW_TYPE = "fairwatt.ledger";

export interface LedgerRegistration {
  /** Path of our command line. */
  cli: string;
  log: Log;
}

export interface LedgerCommands extends vscode.Disposable {
  /** Shows the ledger of a folder; without one, of the folder that is in question. */
  show(argument: unknown): Promise<void>;
  /** A panel of a window before this one; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}
