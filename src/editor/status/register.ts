/** The one status bar item: there while a run is live or has just ended, gone otherwise. */

import * as vscode from "vscode";
import type { RunSummary } from "../../energy/run.ts";
import type { RunStore } from "../runs/run-store.ts";
import { UnitKeeper } from "../runs/run-text.ts";
import type { WaitingRuns } from "../schedule/waiting-runs.ts";
import { settings } from "../settings.ts";
import type { BudgetWatch } from "./budget-watch.ts";
import { changesIn, type StatusText, statusText } from "./status-text.ts";
import { escapeMarkdown, statusTooltip, TOOLTIP_COMMANDS, waitingTooltip } from "./status-tooltip.ts";

export class StatusBar implements vscode.Disposable {
  /** What is shown; undefined while the item does not exist. */
  shown: StatusText | undefined;
  private item: vscode.StatusBarItem | undefined;
  /** What a click opens. */
  private opens: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly units = new UnitKeeper();
  /** Runs that ended before the window opened are in the tree, not here. */
  private readonly since = Date.now();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly store: RunStore,
    private readonly budget: BudgetWatch,
    private readonly waiting: WaitingRuns,
  ) {
    this.subscriptions = [
      store.onDidChange(() => this.update()),
      budget.onDidChange(() => this.update()),
      waiting.onDidChange(() => this.update()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("fairwatt.statusBar")) this.update();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const now = Date.now();
    const input = {
      runs: this.store.runs(),
      now,
      since: this.since,
      waiting: this.waiting.list(),
      isOverBudget: (run: RunSummary) => this.budget.warning(run) !== undefined,
      t: vscode.l10n.t,
    };
    this.shown = settings.statusBar() ? statusText(input, this.units) : undefined;
    if (!this.shown) {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    const { runs, warning, accessible } = this.shown;
    const warnings = warning ? runs.flatMap((run) => this.budget.warning(run) ?? []) : [];
    this.shown = { ...this.shown, accessible: [accessible, ...warnings].join("; ") };
    this.show(this.shown, warnings);
    const wait = changesIn(this.shown, now);
    if (wait !== undefined) this.timer = setTimeout(() => this.update(), wait + 100);
  }

  /**
   * Set only when the run changes: each command with arguments is registered anew and the one before is taken back, so
   * a click that is on its way while the text is updated would find none.
   */
  private setCommand(item: vscode.StatusBarItem, { runs, waiting }: StatusText): void {
    const [run] = waiting
      ? waiting.map((each) => each.run)
      : runs.length === 1
        ? runs.map(({ id }) => id)
        : [];
    const opens = `${waiting ? "waiting" : ""} ${run ?? ""}`;
    if (item.command && opens === this.opens) return;
    this.opens = opens;
    item.command = {
      title: waiting ? vscode.l10n.t("Reveal Terminal") : vscode.l10n.t("Open Dashboard"),
      command: waiting ? "fairwatt.revealTerminal" : "fairwatt.openDashboard",
      arguments: run === undefined ? [] : [run],
    };
  }

  private show(status: StatusText, warnings: readonly string[]): void {
    if (!this.item) {
      this.item = vscode.window.createStatusBarItem("fairwatt.run", vscode.StatusBarAlignment.Left, 10);
      this.item.name = vscode.l10n.t("Fairwatt Run");
      this.item.show();
    }
    const item = this.item;
    item.text = status.text;
    item.accessibilityInformation = { label: status.accessible, role: "button" };
    this.setCommand(item, status);
    item.backgroundColor = status.warning
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    const told = status.waiting
      ? [waitingTooltip(status.waiting, Date.now(), vscode.l10n.t)]
      : [...warnings.map(escapeMarkdown), statusTooltip(status.runs, vscode.l10n.t)];
    const tooltip = new vscode.MarkdownString(told.join("\n\n"));
    tooltip.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
    item.tooltip = tooltip;
  }
}
