/** The picker of processes, and the measuring of debug sessions. */

import { ulid } from "ulid";
import * as vscode from "vscode";
import {
  isPython,
  type ProcessFacts,
  processesOf,
  processFacts,
  processName,
} from "../../energy/process-facts.node.ts";
import { formatDuration } from "../../quantity.ts";
import { NEW_RUN_ID, runnerEnvironment } from "../launch/command-line.ts";
import { settings } from "../settings.ts";
import { folderInQuestion } from "../tools/folder-in-question.ts";
import { AttachedProcess, attachArguments } from "./attached-process.ts";
import { type DebuggedProcess, debugTarget } from "./debug-session.ts";
import type { Attaching, AttachRegistration } from "./register.ts";

export function createAttaching(registration: AttachRegistration): Attaching {
  return new Attacher(registration);
}

interface ProcessItem extends vscode.QuickPickItem {
  facts: ProcessFacts;
}

class Attacher implements Attaching {
  /** By the id of the debug session. */
  private readonly debugged = new Map<string, AttachedProcess>();
  private readonly ending: vscode.Disposable;

  constructor(private readonly registration: AttachRegistration) {
    this.ending = vscode.debug.onDidTerminateDebugSession(({ id }) => this.debugged.get(id)?.stop());
  }

  async pick(argument: unknown): Promise<string | undefined> {
    const uid = process.getuid?.();
    if (process.platform !== "linux" || uid === undefined) {
      this.registration.log.error({
        happened: vscode.l10n.t("A running process can be measured on Linux only."),
        next: vscode.l10n.t("Run the file measured instead."),
      });
      return undefined;
    }
    const facts = typeof argument === "number" ? processFacts(argument) : await this.ask(uid);
    if (!facts) return undefined;
    const cwd = (await folderInQuestion()) ?? facts.cwd;
    if (cwd === undefined) return undefined;
    return this.measureInTerminal(facts, cwd);
  }

  async debug(session: vscode.DebugSession, body: DebuggedProcess): Promise<void> {
    const { cli, launcher, log } = this.registration;
    // A debugger of subprocesses has a session for each: they are in the tree of the first.
    for (let each: vscode.DebugSession | undefined = session; each; each = each.parentSession) {
      if (this.debugged.has(each.id)) return;
    }
    const found = debugTarget(session, body);
    if ("reason" in found) {
      log.channel.info(`debug session ${session.name} is not measured: ${found.reason}`);
      return;
    }
    const attached = new AttachedProcess(cli, found.target);
    this.debugged.set(session.id, attached);
    log.channel.info(`run ${attached.runId}: debug session ${session.name}, process ${found.target.pid}`);
    void launcher.expectRun(found.target.cwd, attached.runId);
    const fault = await attached.ended;
    this.debugged.delete(session.id);
    if (fault !== undefined) log.channel.warn(`debug session ${session.name}: ${fault}`);
  }

  dispose(): void {
    this.ending.dispose();
    for (const attached of this.debugged.values()) attached.stop();
  }

  private async ask(uid: number): Promise<ProcessFacts | undefined> {
    const items = processesOf(uid).filter(isPython).map(itemOf);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No Python process of yours runs here. Any process is measured by: fairwatt attach --pid PID",
        ),
      );
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Measure which process?"),
      placeHolder: vscode.l10n.t("From now on until it ends; its energy before is not known"),
      matchOnDescription: true,
      matchOnDetail: true,
      // A person looks the process up in a terminal meanwhile.
      ignoreFocusOut: true,
    });
    return chosen?.facts;
  }

  private async measureInTerminal(facts: ProcessFacts, cwd: string): Promise<string> {
    const { cli, launcher } = this.registration;
    const runId = ulid();
    const name = processName(facts.argv);
    const { pid, pidStart } = facts;
    const target = { pid, pidStart, cwd, name, by: "fairwatt attach" };
    const terminal = vscode.window.createTerminal({
      name: vscode.l10n.t("Fairwatt: {0}", name),
      shellPath: process.execPath,
      shellArgs: [...attachArguments(cli, target, settings.zone()), "--hold"],
      cwd,
      env: { ...runnerEnvironment(undefined, process.versions.electron !== undefined), [NEW_RUN_ID]: runId },
      iconPath: new vscode.ThemeIcon("pulse"),
    });
    terminal.show(true);
    await launcher.expectRun(cwd, runId);
    return runId;
  }
}

function itemOf(facts: ProcessFacts): ProcessItem {
  return {
    label: processName(facts.argv),
    description: vscode.l10n.t("{0}, since {1}", facts.pid, formatDuration(facts.age)),
    detail: [facts.argv.join(" ").replace(/\s+/g, " "), facts.cwd].filter(Boolean).join("  ·  "),
    facts,
  };
}
