/** The terminal is the runner: its process outlives a window reload and its exit code reaches the new window. */

import * as vscode from "vscode";
import {
  type MeasuredCommand,
  NEW_RUN_ID,
  runnerArguments,
  runnerEnvironment,
  WAITS,
} from "./command-line.ts";

/** `env`: what this runner needs besides; VS Code keeps it on disk, so nothing secret. */
export function openRunnerTerminal(
  cli: string,
  runId: string,
  command: MeasuredCommand,
  env: Record<string, string> = {},
): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t("Fairwatt: {0}", command.name),
    shellPath: process.execPath,
    shellArgs: runnerArguments(cli, command, { hold: true }),
    cwd: command.cwd,
    env: { ...runnerEnvironment(runId, process.versions.electron !== undefined), ...env },
    iconPath: new vscode.ThemeIcon("pulse"),
  });
  terminal.show(true);
  return terminal;
}

/** The terminal in which a run lives, also after a window reload; undefined for runs from elsewhere. */
export function terminalOf(runId: string): vscode.Terminal | undefined {
  return vscode.window.terminals.find((terminal) => runIdOf(terminal) === runId);
}

export function runIdOf(terminal: vscode.Terminal): string | undefined {
  const options = terminal.creationOptions;
  return "env" in options ? (options.env?.[NEW_RUN_ID] ?? undefined) : undefined;
}

/** Whether its runner was to wait for a start. */
export function waits(terminal: vscode.Terminal): boolean {
  const options = terminal.creationOptions;
  return "shellArgs" in options && Array.isArray(options.shellArgs) && options.shellArgs.includes(WAITS);
}
