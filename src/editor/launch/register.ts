/** Commands that start, stop and repeat measured runs, and the task type. */

import * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { Runs } from "../runs/register-store.ts";
import { runIdOf } from "../tools/register.ts";
import { Launcher } from "./launcher.ts";
import { Stopper } from "./stop-run.ts";
import { MeasuredTasks, TASK_TYPE } from "./tasks.ts";

export function registerLaunch(
  context: vscode.ExtensionContext,
  { store, folders }: Runs,
  cli: string,
  log: Log,
): Launcher {
  const launcher = new Launcher(cli, store, folders, log);
  const stopper = new Stopper(store, log);
  context.subscriptions.push(
    launcher,
    vscode.commands.registerCommand("fairwatt.runMeasured", (argument: unknown) => launcher.run(argument)),
    vscode.commands.registerCommand("fairwatt.stopRun", async (argument: unknown) => {
      const id = runIdOf(argument) ?? (await pickLiveRun(store));
      if (id !== undefined) await stopper.stop(id);
    }),
    vscode.commands.registerCommand("fairwatt.rerun", (argument: unknown) => {
      const id = runIdOf(argument) ?? store.runs()[0]?.id;
      return id === undefined ? undefined : launcher.rerun(id);
    }),
    vscode.tasks.registerTaskProvider(TASK_TYPE, new MeasuredTasks(launcher)),
    vscode.tasks.onDidStartTask(({ execution: { task } }) => {
      const execution = task.definition.type === TASK_TYPE ? task.execution : undefined;
      if (execution instanceof vscode.ProcessExecution) void launcher.expectRun(execution.options?.cwd);
    }),
  );
  trackLiveRuns(context, store);
  return launcher;
}

async function pickLiveRun(store: Runs["store"]): Promise<string | undefined> {
  const live = store.runs().filter((run) => run.state === "running");
  if (live.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("Fairwatt: no run is live"), 4_000);
    return undefined;
  }
  if (live.length === 1) return live[0]!.id;
  const items = live.map((run) => ({ label: run.name, description: run.argv.join(" "), id: run.id }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Stop which run?") }))?.id;
}

/** `fairwatt.hasLiveRun` enables Stop Run; set once per change. */
function trackLiveRuns(context: vscode.ExtensionContext, store: Runs["store"]): void {
  let before: boolean | undefined;
  const update = () => {
    const live = store.runs().some((run) => run.state === "running");
    if (live === before) return;
    before = live;
    void vscode.commands.executeCommand("setContext", "fairwatt.hasLiveRun", live);
  };
  context.subscriptions.push(store.onDidChange(update));
}
