/** What is loaded at once of the trade-off page, and what only when it is asked for, know of each other. */

import type * as vscode from "vscode";
import type { Log } from "../log.ts";

export const TRADEOFF_VIEW_TYPE = "fairwatt.tradeoff";

export interface TradeoffRegistration {
  /** Path of our command line. */
  cli: string;
  log: Log;
}

export interface TradeoffCommands extends vscode.Disposable {
  /** Shows the candidates of a folder; without one, of the folder that is in question. */
  show(argument: unknown): Promise<void>;
  /** A panel of a window before this one; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}
