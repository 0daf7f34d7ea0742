/** Starts measured runs: what the palette, menus, lenses, the tree and Re-run all come down to. */

import { existsSync } from "node:fs";
import * as path from "node:path";
import { ulid } from "ulid";
import * as vscode from "vscode";
import { findProjectFolder } from "../../energy/run-folder.node.ts";
import { describe, type Log } from "../log.ts";
import type { ProjectFolders } from "../runs/project-folders.ts";
import type { RunStore } from "../runs/run-store.ts";
import { settings } from "../settings.ts";
import type { MeasuredCommand } from "./command-line.ts";
import { fromEnvironmentsExtension, fromPythonExtension } from "./interpreter/from-extensions.ts";
import { fromFolder, fromPath, fromSetting, SETTING } from "./interpreter/on-disk.ts";
import { type Interpreter, InterpreterUnusable, resolveInterpreter } from "./interpreter/resolve.ts";
import { notebookCommand } from "./notebook.ts";
import { type LaunchTarget, NotRunnable, resolveTarget } from "./target.ts";
import { openRunnerTerminal, runIdOf, waits } from "./terminals.ts";

/** A new run's directory is looked for at these times after launch, ms; then the watcher is left to find it. */
const LOOK_AFTER = [150, 400, 1_000, 2_500];

/** Exit codes of a runner whose wait a person ended: SIGHUP, SIGINT, SIGTERM; 2 was read in its terminal. */
const CANCELLED: readonly number[] = [2, 129, 130, 143];

export class Launcher implements vscode.Disposable {
  private readonly launched = new vscode.EventEmitter<string>();
  /** Fires with the id of each run that was started from here. */
  readonly onDidLaunch = this.launched.event;
  private readonly closing: vscode.Disposable;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly cli: string,
    private readonly store: RunStore,
    private readonly folders: ProjectFolders,
    private readonly log: Log,
  ) {
    this.closing = vscode.window.onDidCloseTerminal((terminal) => void this.terminalClosed(terminal));
  }

  /** Runs a script or notebook measured. Resolves with the run's id, or undefined when nothing was started. */
  async run(argument?: unknown): Promise<string | undefined> {
    const command = await this.prepare(argument);
    return command && this.launch(command);
  }

  /** What would run a script or notebook; undefined after the person was told why nothing can. */
  async prepare(argument?: unknown): Promise<MeasuredCommand | undefined> {
    if (!this.isTrusted()) return undefined;
    try {
      const target = await resolveTarget(argument);
      const interpreter = await this.interpreterFor(target);
      if (!interpreter) return undefined;
      const argv = await this.argvFor(target, interpreter);
      if (!argv) return undefined;
      const name = path.basename(target.file);
      if (!(await this.isWanted(target.cwd, name))) return undefined;
      return { argv, cwd: target.cwd, name, ...settings.ofRun(target.cwd) };
    } catch (error) {
      if (error instanceof NotRunnable) {
        this.log.error({
          happened: error.message,
          next: vscode.l10n.t("Open the file that trains and run it measured again."),
        });
        return undefined;
      }
      this.failed(error);
      return undefined;
    }
  }

  /** Starts the same command again, in the same folder. */
  async rerun(runId: string): Promise<string | undefined> {
    const run = this.store.get(runId);
    if (!run || !this.isTrusted()) return undefined;
    if (!existsSync(run.cwd)) {
      this.log.error({
        happened: vscode.l10n.t("{0} cannot run again: its folder {1} is not there.", run.name, run.cwd),
        kept: vscode.l10n.t("The record of the run is kept."),
        next: vscode.l10n.t("Restore the folder, or run the file measured from where it is now."),
      });
      return undefined;
    }
    if (!(await this.isWanted(run.cwd, run.name))) return undefined;
    return this.launch({ argv: run.argv, cwd: run.cwd, name: run.name, ...settings.ofRun(run.cwd) });
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.closing.dispose();
    this.launched.dispose();
  }

  /**
   * Opens its terminal. Resolves with the run's id, or undefined after the person was told why there is none. `env`: what
   * the runner needs besides, nothing secret.
   */
  async launch(command: MeasuredCommand, env?: Record<string, string>): Promise<string | undefined> {
    try {
      const runId = ulid();
      this.log.channel.info(`run ${runId}: ${JSON.stringify(command.argv)} in ${command.cwd}`);
      openRunnerTerminal(this.cli, runId, command, env);
      this.launched.fire(runId);
      await this.expectRun(command.cwd, runId);
      return runId;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** A run is about to begin in this folder: looks for it more often than the watcher may tell. */
  async expectRun(cwd: string | undefined, runId?: string): Promise<void> {
    if (cwd !== undefined) await this.folders.remember(findProjectFolder(cwd));
    for (const delay of LOOK_AFTER) {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        if (runId === undefined || !this.store.get(runId)) void this.store.refresh();
      }, delay);
      this.timers.add(timer);
    }
  }

  /** Asks the person where the run finds the budget passed, or is forecast to pass it. */
  private async isWanted(cwd: string, name: string): Promise<boolean> {
    const folder = findProjectFolder(cwd);
    const warning = await import("../status/budget.lazy.ts")
      .then(({ budgetBefore }) => budgetBefore(folder, name, Date.now()))
      .catch((cause) => {
        // What cannot be forecast keeps nobody from running.
        this.log.channel.warn(`the budget of ${folder} could not be looked at: ${describe(cause)}`);
        return undefined;
      });
    if (warning === undefined) return true;
    const [run, show] = [vscode.l10n.t("Run Anyway"), vscode.l10n.t("Show Budget")];
    const answer = await vscode.window.showWarningMessage(warning, run, show);
    if (answer === show) {
      const [newest] = this.store.runs().filter((each) => each.folder === folder);
      await vscode.commands.executeCommand("fairwatt.openDashboard", newest?.id);
    }
    return answer === run;
  }

  private isTrusted(): boolean {
    if (vscode.workspace.isTrusted) return true;
    this.log.error({
      happened: vscode.l10n.t("Nothing was run: this workspace is in Restricted Mode."),
      next: vscode.l10n.t("Trust the workspace to run its code measured. Reading its runs needs no trust."),
      actions: [
        {
          label: vscode.l10n.t("Manage Trust"),
          run: () => vscode.commands.executeCommand("workbench.trust.manage"),
        },
      ],
    });
    return false;
  }

  /** The interpreter for a file, or undefined after the person was told why there is none. */
  async interpreterFor(
    target: Pick<LaunchTarget, "file" | "folders" | "resource">,
  ): Promise<Interpreter | undefined> {
    const host = { getExtension: vscode.extensions.getExtension, toUri: vscode.Uri.file };
    const request = {
      file: target.file,
      folders: target.folders,
      setting: settings.interpreter(target.resource),
    };
    const openSetting = {
      label: vscode.l10n.t("Open Setting"),
      run: () => vscode.commands.executeCommand("workbench.action.openSettings", SETTING),
    };
    try {
      const { interpreter, trail } = await resolveInterpreter(request, [
        fromEnvironmentsExtension(host),
        fromPythonExtension(host),
        fromSetting,
        fromFolder,
        fromPath,
      ]);
      for (const line of trail) this.log.channel.debug(`interpreter, ${line}`);
      if (interpreter) {
        this.log.channel.info(`interpreter ${interpreter.path}, from ${interpreter.source}`);
        return interpreter;
      }
      this.log.error({
        happened: vscode.l10n.t("No Python was found to run {0}.", path.basename(target.file)),
        next: vscode.l10n.t("Install Python 3, or say in the setting where it is."),
        actions: [openSetting],
        cause: trail.join("; "),
      });
    } catch (error) {
      if (!(error instanceof InterpreterUnusable)) throw error;
      this.log.error({
        happened: vscode.l10n.t(
          "The Python that the setting {0} names cannot be run: {1}.",
          SETTING,
          error.message,
        ),
        next: vscode.l10n.t("Correct the setting, or empty it to have Python looked for."),
        actions: [openSetting],
      });
    }
    return undefined;
  }

  private async argvFor(target: LaunchTarget, interpreter: Interpreter): Promise<string[] | undefined> {
    if (target.kind === "script") return [interpreter.path, ...interpreter.args, target.file];
    const command = await notebookCommand(interpreter, target.file);
    if ("argv" in command) return command.argv;
    const install = [interpreter.path, ...interpreter.args, "-m", "pip", "install", ...command.missing].join(
      " ",
    );
    this.log.error({
      happened: vscode.l10n.t(
        "The notebook was not run: {0} is not installed for {1} (from {2}).",
        command.missing.join(", "),
        interpreter.path,
        interpreter.source,
      ),
      next: vscode.l10n.t("Install it with: {0}", install),
      actions: [{ label: vscode.l10n.t("Copy Command"), run: () => vscode.env.clipboard.writeText(install) }],
    });
    return undefined;
  }

  private failed(cause: unknown): void {
    this.log.error({
      happened: vscode.l10n.t(
        "The run could not be started: {0}.",
        cause instanceof Error ? cause.message : String(cause),
      ),
      kept: vscode.l10n.t("No run was recorded and nothing was changed."),
      next: vscode.l10n.t("The log says more."),
      cause,
    });
  }

  /** A runner that ended before it made a run has something to say that would vanish with its terminal. */
  private async terminalClosed(terminal: vscode.Terminal): Promise<void> {
    const runId = runIdOf(terminal);
    if (!runId) return;
    await this.store.refresh();
    const code = terminal.exitStatus?.code;
    if (this.store.get(runId) || code === undefined || code === 0) return;
    if (waits(terminal) && CANCELLED.includes(code)) return;
    this.log.error({
      happened: vscode.l10n.t("{0} ended with exit code {1} before a run was recorded.", terminal.name, code),
      kept: vscode.l10n.t("Your files are as they were."),
      next: vscode.l10n.t("Run it again, and look at the log if it happens twice."),
    });
  }
}
