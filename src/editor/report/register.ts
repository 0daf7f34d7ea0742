/** *Generate Report* and *Choose Reports*. Their code is loaded when one is asked for. */

import * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";

export interface ReportRegistration {
  /** Path of our command line. */
  cli: string;
  store: RunStore;
  log: Log;
}

export interface ReportCommands {
  generate(argument: unknown): Promise<string[]>;
  choose(argument: unknown): Promise<string[]>;
}

/**
 * Both take a run (its id, or an item of the tree) or nothing: then the whole project that is in question. They give the
 * files that were written. The first writes what the record has something to say in, the second asks.
 */
export function registerReports(context: vscode.ExtensionContext, registration: ReportRegistration): void {
  let loaded: Promise<ReportCommands> | undefined;
  const load = () => {
    loaded ??= import("./report.lazy.ts").then(({ createReports }) => createReports(registration));
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.generateReport", async (argument: unknown) =>
      (await load()).generate(argument),
    ),
    vscode.commands.registerCommand("fairwatt.chooseReports", async (argument: unknown) =>
      (await load()).choose(argument),
    ),
  );
}
