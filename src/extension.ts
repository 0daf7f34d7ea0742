/** Entry of the editor's part: a table of contents. Nothing is read before activation is over. */

import * as vscode from "vscode";
import { createApi, type FairwattApi } from "./editor/api.ts";
import { registerAttach } from "./editor/attach/register.ts";
import { registerAudit } from "./editor/audit/register.ts";
import { registerConfigDiagnostics } from "./editor/config/register.ts";
import { registerDashboard } from "./editor/dashboard/register.ts";
import { registerExplorer } from "./editor/explorer/register.ts";
import { registerFacts } from "./editor/facts/register.ts";
import { registerLaunch } from "./editor/launch/register.ts";
import { registerLedger } from "./editor/ledger/register.ts";
import { registerLenses } from "./editor/lens/register.ts";
import { registerLint } from "./editor/lint/register.ts";
import { Log } from "./editor/log.ts";
import { registerNotebookEnergy } from "./editor/notebook-energy/register.ts";
import { registerPresence } from "./editor/presence.ts";
import { registerReports } from "./editor/report/register.ts";
import { registerRunStore } from "./editor/runs/register-store.ts";
import { registerRunsView } from "./editor/runs/register-view.ts";
import { registerSchedule, registerWaitingRuns } from "./editor/schedule/register.ts";
import { BudgetWatch } from "./editor/status/budget-watch.ts";
import { StatusBar } from "./editor/status/register.ts";
import { registerTools } from "./editor/tools/register.ts";
import { registerTradeoff } from "./editor/tradeoff/register.ts";
import { registerZone } from "./editor/zone/choose-zone.ts";

export function activate(context: vscode.ExtensionContext): FairwattApi {
  const began = performance.now();
  const log = new Log();
  const cli = vscode.Uri.joinPath(context.extensionUri, "dist", "cli", "fairwatt.cjs").fsPath;
  const runs = registerRunStore(context, log.channel);
  const { store } = runs;
  const presence = registerPresence(context, runs);
  const budget = new BudgetWatch(store);
  const waiting = registerWaitingRuns(context, runs);
  const status = new StatusBar(store, budget, waiting);
  context.subscriptions.push(log, budget, status, registerDashboard(context, { store, log: log.channel }));

  registerRunsView(context, { store, waiting, log });
  const launcher = registerLaunch(context, runs, cli, log);
  registerAttach(context, { cli, launcher, log });
  registerNotebookEnergy(context, { cli, launcher, store, log });
  registerZone(context, store, launcher, log);
  registerSchedule(context, waiting, { launcher, log, store });
  registerTools({ context, cli, store, log });
  registerAudit(context, { cli, store, log });
  registerExplorer(context, { cli, log, launcher });
  registerLedger(context, { cli, log });
  registerTradeoff(context, { cli, log });
  registerFacts(context, { log });
  registerReports(context, { cli, store, log });
  registerLenses(context, presence, store);
  registerLint(context, store, log);
  registerConfigDiagnostics(context);
  return createApi(store, status, performance.now() - began);
}
