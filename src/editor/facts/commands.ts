/** What is loaded at once of the page of facts, and what only when it is asked for, know of each other. */

import type * as vscode from "vscode";
import type { Log } from "../log.ts";

export const FACTS_VIEW_TYPE = "fairwatt.facts";

export interface FactsCommands extends vscode.Disposable {
  /** Shows the facts of a folder; without one, of the folder that is in question. */
  show(argument: unknown): Promise<void>;
  /** A panel of a window before this one; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

export interface FactsRegistration {
  log: Log;
}
