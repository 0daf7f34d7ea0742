/** The dashboard: its command, and its panel, which comes back after a window reload. */

import * as vscode from "vscode";
import type { RunStore } from "../runs/run-store.ts";
import { type DashboardDependencies, DashboardPanel } from "./panel.ts";
import { dashboardStrings } from "./strings.ts";

export const DASHBOARD_VIEW_TYPE = "fairwatt.dashboard";

export interface DashboardRegistration {
  store: RunStore;
  log: DashboardDependencies["log"];
}

/**
 * Registers `fairwatt.openDashboard`, which takes a run's id, a run, or a tree item that holds one in `run`; without
 * any, the run that is live or newest is shown. There is one panel; opening it again brings it to the front.
 */
export function registerDashboard(
  context: vscode.ExtensionContext,
  { store, log }: DashboardRegistration,
): vscode.Disposable {
  let open: DashboardPanel | undefined;
  const own = (panel: vscode.WebviewPanel, run: string | null): DashboardPanel => {
    const deps: DashboardDependencies = {
      store,
      log,
      extensionUri: context.extensionUri,
      strings: dashboardStrings(vscode.l10n.t),
      budget: async (folder) => (await import("../status/budget.lazy.ts")).projectBudget(folder, Date.now()),
    };
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.png");
    const dashboard = new DashboardPanel(panel, deps, run);
    open = dashboard;
    panel.onDidDispose(() => {
      if (open === dashboard) open = undefined;
    });
    return dashboard;
  };
  const command = vscode.commands.registerCommand("fairwatt.openDashboard", (target?: unknown) => {
    const run = runIdOf(target);
    if (open) {
      open.panel.reveal();
      if (run !== null) open.show(run);
      return;
    }
    const title = vscode.l10n.t("Fairwatt");
    own(vscode.window.createWebviewPanel(DASHBOARD_VIEW_TYPE, title, vscode.ViewColumn.Active), run);
  });
  const serializer = vscode.window.registerWebviewPanelSerializer(DASHBOARD_VIEW_TYPE, {
    async deserializeWebviewPanel(panel) {
      own(panel, null);
    },
  });
  return vscode.Disposable.from(command, serializer, {
    dispose: () => {
      open?.panel.dispose();
      open?.dispose();
    },
  });
}

/** A run's id from what a command may be called with; null when it names none. */
export function runIdOf(target: unknown): string | null {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return null;
  const { id, run } = target as { id?: unknown; run?: unknown };
  if (run !== undefined) return runIdOf(run);
  return typeof id === "string" ? id : null;
}
