/** Approving, rejecting and correcting an entry: asks what has to be known, then lets the command line write it. */

import * as vscode from "vscode";
import { runnerEnvironment } from "../launch/command-line.ts";
import type { Log } from "../log.ts";
import { runTool } from "../tools/command-line.ts";

/** The function in which a person decided the last time. */
const ROLE = "fairwatt.ledger.role";

export class Statements {
  constructor(
    private readonly cli: string,
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {}

  /** True: an entry was written. */
  async decide(hash: string, project: string): Promise<boolean> {
    if (!this.isTrusted()) return false;
    const verbs = [
      { label: vscode.l10n.t("Approve"), verb: "approve" },
      { label: vscode.l10n.t("Reject"), verb: "reject" },
    ];
    const title = vscode.l10n.t("Decide on entry {0}", hash.slice(0, 12));
    const chosen = await vscode.window.showQuickPick(verbs, { title });
    if (!chosen) return false;
    const role = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t("In which function do you decide? It stands in the ledger."),
      placeHolder: vscode.l10n.t("head of credit risk"),
      value: this.memory.get(ROLE, ""),
      validateInput: (text) =>
        text.trim() === "" ? vscode.l10n.t("A decision needs a function.") : undefined,
    });
    if (role === undefined) return false;
    const remark = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t("Conditions or reasons, where there are any"),
    });
    if (remark === undefined) return false;
    await this.memory.update(ROLE, role);
    const args = [chosen.verb, hash, "--role", role, ...(remark.trim() === "" ? [] : ["--remark", remark])];
    return this.write(args, project);
  }

  /** True: an entry was written. */
  async correct(hash: string, project: string): Promise<boolean> {
    if (!this.isTrusted()) return false;
    const reason = await vscode.window.showInputBox({
      title: vscode.l10n.t("Say that entry {0} is wrong", hash.slice(0, 12)),
      prompt: vscode.l10n.t("What is wrong with it? The entry itself stays."),
      validateInput: (text) =>
        text.trim() === "" ? vscode.l10n.t("A correction needs a reason.") : undefined,
    });
    return reason !== undefined && this.write(["correct", hash, "--reason", reason], project);
  }

  private async write(args: string[], project: string): Promise<boolean> {
    const command = ["ledger", ...args];
    try {
      const { code, stderr } = await runTool(this.cli, command, project);
      if (code === 0) return true;
      this.fail(command, project, stderr.trim().replace(/^fairwatt: /, ""));
    } catch (cause) {
      this.fail(command, project, cause instanceof Error ? cause.message : String(cause));
    }
    return false;
  }

  private fail(command: string[], project: string, said: string): void {
    this.log.error({
      happened: vscode.l10n.t("The ledger was not written: {0}.", said),
      kept: vscode.l10n.t("Nothing was changed."),
      next: vscode.l10n.t("In a terminal, SSH can ask for the passphrase of the key."),
      actions: [
        { label: vscode.l10n.t("Try in a Terminal"), run: () => this.openTerminal(command, project) },
      ],
      cause: said,
    });
  }

  /** The same command where SSH can ask. As an argument array: a shell would want its own quoting. */
  private openTerminal(command: readonly string[], cwd: string): void {
    const terminal = vscode.window.createTerminal({
      name: "Fairwatt",
      shellPath: process.execPath,
      shellArgs: [this.cli, ...command],
      cwd,
      env: runnerEnvironment(undefined, process.versions.electron !== undefined),
    });
    terminal.show();
  }

  /** The key to sign with comes from git's settings, which a repository can have of its own. */
  private isTrusted(): boolean {
    if (vscode.workspace.isTrusted) return true;
    this.log.error({
      happened: vscode.l10n.t("In Restricted Mode nothing is written into the ledger."),
      next: vscode.l10n.t("Trust the folder first."),
    });
    return false;
  }
}
