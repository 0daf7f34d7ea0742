/** What is loaded at once of *Audit Fairness*, and what only when it is asked for, know of each other. */

import type * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";

export const AUDIT_VIEW_TYPE = "fairwatt.audit";

export interface AuditRegistration {
  /** Path of our command line. */
  cli: string;
  store: RunStore;
  log: Log;
}

export interface AuditCommands extends vscode.Disposable {
  /** See registerAudit. */
  start(argument: unknown): Promise<string | null | undefined>;
  /** A panel of a window before this one; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}
