/** Stops a run: asks first, insists second, kills only when the person says so. Never signals a process that is not the run's. */

import * as vscode from "vscode";
import { hostName, processIsSame } from "../../energy/process-identity.node.ts";
import type { RunSummary } from "../../energy/run.ts";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";
import { terminalOf } from "./terminals.ts";

const ESCALATION = ["SIGINT", "SIGTERM"] as const;

export class Stopper {
  /** How often each run was asked to stop from this window. */
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly store: RunStore,
    private readonly log: Log,
  ) {}

  async stop(runId: string): Promise<void> {
    const run = this.store.get(runId);
    if (run?.state !== "running") return;
    if (run.host !== hostName()) {
      this.log.error({
        happened: vscode.l10n.t(
          "{0} runs on {1}, and this window is on {2}.",
          run.name,
          run.host,
          hostName(),
        ),
        kept: vscode.l10n.t("The run goes on."),
        next: vscode.l10n.t("Stop it on that machine."),
      });
      return;
    }
    const times = this.asked.get(runId) ?? 0;
    this.asked.set(runId, times + 1);
    const signal = ESCALATION[times];
    if (signal) await this.send(run, signal);
    else await this.offerKill(run);
  }

  private async offerKill(run: RunSummary): Promise<void> {
    const kill = vscode.l10n.t("Kill");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "{0} was asked to stop twice and still runs. Killing it loses what it has not saved; its energy record is kept.",
        run.name,
      ),
      kill,
      vscode.l10n.t("Let It Run"),
    );
    if (answer === kill) await this.send(run, "SIGKILL");
  }

  private async send(run: RunSummary, signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<void> {
    const pid = this.processFor(run, signal);
    this.log.channel.info(`stop ${run.id} (${run.name}): ${signal} to ${pid ?? "nobody"}`);
    const terminal = terminalOf(run.id);
    if (process.platform === "win32" && signal !== "SIGKILL" && terminal) {
      // Windows has no signals between processes; the console's Ctrl-C is the one way to ask.
      terminal.sendText("\u0003", false);
      return;
    }
    if (pid === undefined) {
      await this.store.refresh();
      return;
    }
    try {
      process.kill(pid, signal);
    } catch (cause) {
      this.log.error({
        happened: vscode.l10n.t("{0} could not be stopped: {1}.", run.name, String((cause as Error).message)),
        kept: vscode.l10n.t("The run goes on and is measured."),
        next: vscode.l10n.t("End process {0} by hand, with the rights it was started with.", pid),
        cause,
      });
    }
  }

  /**
   * The runner, which passes the signal on and writes down that a person asked; the command itself when the runner is
   * gone, and for a kill, which cannot be passed on. Undefined when neither is the process it was.
   */
  private processFor(run: RunSummary, signal: string): number | undefined {
    // A process that was only attached to is not ours to end: the measuring of it is.
    if (run.attached) return processIsSame(run.pid, run.pidStart) ? run.pid : undefined;
    const command =
      run.commandPid !== undefined && processIsSame(run.commandPid, run.commandPidStart)
        ? run.commandPid
        : undefined;
    if (signal === "SIGKILL" && command !== undefined) return command;
    return processIsSame(run.pid, run.pidStart) ? run.pid : command;
  }
}
