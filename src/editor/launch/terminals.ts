/** The terminal is the runner: its process outlives a window reload and its exit code reaches the new window. */

import * as vscode from "vscode";
import { type MeasuredCommand, NEW_RUN_ID, runnerArguments, runnerEnvironment } from "./command-line.ts";

export function openRunnerTerminal(cli: string, runId: string, command: MeasuredCommand): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t("Fairwatt: {0}", command.name),
    shellPath: process.execPath,
    shellArgs: runnerArguments(cli, command, { hold: true }),
    cwd: command.cwd,
    env: runnerEnvironment(runId, process.versions.electron !== undefined),
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
