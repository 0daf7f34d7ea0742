/** What the threshold explorer is called by, apart from its code, which is loaded when it is asked for. */

import type * as vscode from "vscode";
import type { Launcher } from "../launch/launcher.ts";
import type { Log } from "../log.ts";

export const EXPLORER_VIEW_TYPE = "fairwatt.explorer";

export interface ExplorerRegistration {
  /** The built command line. */
  cli: string;
  log: Log;
  /** Knows which Python runs a project's code. */
  launcher: Pick<Launcher, "interpreterFor">;
}

export interface ExplorerCommands extends vscode.Disposable {
  /** `argument`: { file, roles }, a table's Uri, or nothing. */
  start(argument: unknown): Promise<void>;
  /** Fills a panel that the editor kept, from its page's state. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}
