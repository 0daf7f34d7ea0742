/** *Run Measured at Lowest-Carbon Time*, what waits for it, and keys of sources of hourly figures. Their code comes when asked for. */

import * as vscode from "vscode";
import { hostName, processIsSame } from "../../energy/process-identity.node.ts";
import type { Launcher } from "../launch/launcher.ts";
import { terminalOf } from "../launch/terminals.ts";
import type { Log } from "../log.ts";
import type { Runs } from "../runs/register-store.ts";
import { runIdOf } from "../tools/register.ts";
import { WaitingRuns } from "./waiting-runs.ts";

export interface ScheduleRegistration {
  launcher: Launcher;
  log: Log;
  store: Runs["store"];
}

/** Made early: status bar and tree show it. */
export function registerWaitingRuns(context: vscode.ExtensionContext, { folders, store }: Runs): WaitingRuns {
  const waiting = new WaitingRuns(folders);
  context.subscriptions.push(
    waiting,
    folders.onDidFind(() => void waiting.refresh()),
    // A run that begins may be one that waited.
    store.onDidChange(({ kind }) => kind === "added" && void waiting.refresh()),
    vscode.commands.registerCommand("fairwatt.cancelWaiting", async (argument: unknown) => {
      const id = runIdOf(argument) ?? (await pickWaiting(waiting));
      if (id !== undefined) cancel(waiting, id);
    }),
  );
  setImmediate(() => void waiting.refresh());
  return waiting;
}

export function registerSchedule(
  context: vscode.ExtensionContext,
  waiting: WaitingRuns,
  registration: ScheduleRegistration,
): void {
  const { secrets } = context;
  context.subscriptions.push(
    registration.launcher.onDidLaunch(() => void waiting.refresh()),
    vscode.commands.registerCommand("fairwatt.runAtLowestCarbon", async (argument: unknown) => {
      const { runAtLowestCarbon } = await import("./schedule.lazy.ts");
      return runAtLowestCarbon(argument, { ...registration, secrets });
    }),
    vscode.commands.registerCommand("fairwatt.setGridKey", async () =>
      (await import("./schedule.lazy.ts")).setGridKey(secrets),
    ),
    vscode.commands.registerCommand("fairwatt.forgetGridKey", async () =>
      (await import("./schedule.lazy.ts")).forgetGridKey(secrets),
    ),
  );
}

async function pickWaiting(waiting: WaitingRuns): Promise<string | undefined> {
  await waiting.refresh();
  const list = waiting.list();
  if (list.length < 2) return list[0]?.run;
  const items = list.map(({ name, run }) => ({ label: name, run }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Cancel which waiting run?") }))
    ?.run;
}

/** Asks the runner to end; it says in its terminal that nothing was run. */
function cancel(waiting: WaitingRuns, id: string): void {
  const run = waiting.list().find((each) => each.run === id);
  if (!run) return;
  const terminal = terminalOf(id);
  // Windows has no signals between processes; the console's Ctrl-C is the one way to ask.
  if (process.platform === "win32") terminal?.sendText("\u0003", false);
  else if (run.host === hostName() && processIsSame(run.pid, run.pidStart)) process.kill(run.pid, "SIGINT");
}
