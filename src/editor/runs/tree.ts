/** The view of runs: newest first, live ones on top, one line about meters where none could be read. */

import * as vscode from "vscode";
import type { WaitingRun } from "../../carbon/schedule/waiting-run.node.ts";
import type { RunSummary } from "../../energy/run.ts";
import type { Method } from "../../quantity.ts";
import type { WaitingRuns } from "../schedule/waiting-runs.ts";
import { savingWords, startClock, waitingSentence } from "../schedule/waiting-text.ts";
import type { RunStore } from "./run-store.ts";
import { methodWord, readsMeter, STATE_ICONS } from "./run-text.ts";
import { describeRun, spellOutRun } from "./tree-text.ts";

/** Runs shown at first; the dashboard has them all, sortable. */
const PAGE = 100;

const COLOURS: Partial<Record<RunSummary["state"], string>> = {
  running: "charts.blue",
  failed: "list.errorForeground",
  interrupted: "list.warningForeground",
};

export interface RunNode {
  kind: "run";
  run: RunSummary;
}
interface MetersNode {
  kind: "meters";
  /** Of the newest run's energy: how it was worked out without a meter. */
  method: Method;
}
interface WaitingNode {
  kind: "waiting";
  /** By this, commands know which run is meant. */
  run: { id: string };
  waiting: WaitingRun;
}
interface MoreNode {
  kind: "more";
  hidden: number;
}
type Node = RunNode | MetersNode | WaitingNode | MoreNode;

export class RunsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly nodes = new Map<string, RunNode>();
  private readonly subscriptions: vscode.Disposable[];
  private shape = "";

  constructor(
    private readonly store: RunStore,
    private readonly waiting: WaitingRuns,
  ) {
    const runs = store.onDidChange(({ run }) => {
      const node = this.nodes.get(run.id);
      const shape = this.shapeNow();
      if (node && shape === this.shape) {
        // Only this line changed: nothing else moves under the pointer.
        node.run = run;
        this.changed.fire(node);
      } else {
        this.changed.fire(undefined);
      }
    });
    this.subscriptions = [runs, waiting.onDidChange(() => this.changed.fire(undefined))];
  }

  getChildren(parent?: Node): Node[] {
    if (parent) return [];
    this.shape = this.shapeNow();
    const runs = this.ordered();
    const shown = runs.slice(0, PAGE).map((run) => this.nodeOf(run));
    for (const id of this.nodes.keys()) if (!this.store.get(id)) this.nodes.delete(id);
    const method = unmeteredMethod(runs);
    const waiting = this.waiting
      .list()
      .map((each): Node => ({ kind: "waiting", run: { id: each.run }, waiting: each }));
    const nodes: Node[] = [...(method ? [{ kind: "meters", method } as const] : []), ...waiting, ...shown];
    return runs.length > PAGE ? [...nodes, { kind: "more", hidden: runs.length - PAGE }] : nodes;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === "meters") return metersItem(node.method);
    if (node.kind === "more") return moreItem(node.hidden);
    if (node.kind === "waiting") return waitingItem(node.waiting);
    return runItem(node.run);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private nodeOf(run: RunSummary): RunNode {
    const node = this.nodes.get(run.id) ?? { kind: "run", run };
    node.run = run;
    this.nodes.set(run.id, node);
    return node;
  }

  private ordered(): RunSummary[] {
    const runs = this.store.runs();
    const live = (run: RunSummary) => (run.state === "running" ? 0 : 1);
    return [...runs].sort((a, b) => live(a) - live(b));
  }

  private shapeNow(): string {
    const runs = this.ordered().slice(0, PAGE + 1);
    return `${unmeteredMethod(runs)};${runs.map((run) => run.id).join()}`;
  }
}

/** Set where no part of the newest run was read from a meter: said once, where a person looks, with what to do. */
function unmeteredMethod([newest]: readonly RunSummary[]): Method | undefined {
  const unmetered = newest !== undefined && newest.meters.length > 0 && !readsMeter(newest);
  return unmetered ? newest.energy.method : undefined;
}

function runItem(run: RunSummary): vscode.TreeItem {
  const now = Date.now();
  const item = new vscode.TreeItem(run.name, vscode.TreeItemCollapsibleState.None);
  const colour = COLOURS[run.state];
  item.id = run.id;
  item.description = describeRun(run, now, vscode.l10n.t);
  item.tooltip = spellOutRun(run, now, vscode.l10n.t);
  item.accessibilityInformation = { label: item.tooltip };
  item.iconPath = new vscode.ThemeIcon(
    STATE_ICONS[run.state],
    colour ? new vscode.ThemeColor(colour) : undefined,
  );
  item.contextValue = `fairwatt.run.${run.state}`;
  item.command = {
    title: vscode.l10n.t("Open in Dashboard"),
    command: "fairwatt.openDashboard",
    arguments: [run.id],
  };
  return item;
}

function metersItem(method: Method): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("No meter here: {0}", methodWord(method, vscode.l10n.t)));
  item.id = "meters";
  item.description = vscode.l10n.t("Check meters");
  item.tooltip = vscode.l10n.t(
    "The energy of the newest run was worked out from load and hardware, not read from a meter. Check Meters says what was looked for and what would make it available.",
  );
  item.iconPath = new vscode.ThemeIcon("info");
  item.command = { title: vscode.l10n.t("Check Meters"), command: "fairwatt.checkMeters" };
  return item;
}

function waitingItem(waiting: WaitingRun): vscode.TreeItem {
  const now = Date.now();
  const item = new vscode.TreeItem(waiting.name);
  item.id = `waiting ${waiting.run}`;
  item.description = `${vscode.l10n.t("waits until {0}", startClock(waiting.start, now))} · ${savingWords(waiting.saving, vscode.l10n.t)}`;
  item.tooltip = waitingSentence(waiting, now, vscode.l10n.t);
  item.accessibilityInformation = { label: item.tooltip };
  item.iconPath = new vscode.ThemeIcon("watch");
  item.contextValue = "fairwatt.waiting";
  item.command = {
    title: vscode.l10n.t("Reveal Terminal"),
    command: "fairwatt.revealTerminal",
    arguments: [waiting.run],
  };
  return item;
}

function moreItem(hidden: number): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("{0} older runs are in the dashboard", hidden));
  item.id = "more";
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.command = { title: vscode.l10n.t("Open Dashboard"), command: "fairwatt.openDashboard" };
  return item;
}
