/** The forecast of a live run against its project's budget. Reads the project file and the ledger. */

import * as vscode from "vscode";
import type { BudgetView } from "../../../webview/protocol.ts";
import { budgetState, isOver } from "../../carbon/budget/budget.ts";
import { usedWords } from "../../carbon/budget/budget-words.ts";
import { budgetOutlook, expectedRun, forecastBudget, projectedRun } from "../../carbon/budget/forecast.ts";
import { loadProject } from "../../config/load.node.ts";
import { forecastRun } from "../../energy/forecast.ts";
import type { RunSummary } from "../../energy/run.ts";
import { fairwattFolders } from "../../energy/run-folder.node.ts";
import { projectActivities } from "../../ledger/run-activities.node.ts";
import { activityOfSummary } from "../../ledger/run-activity.ts";
import { budgetView } from "../budget/budget-view.ts";

/** The budget of the project in `folder`, for the dashboard; null where it has none. */
export async function projectBudget(folder: string, now: number): Promise<BudgetView | null> {
  const { config } = loadProject(folder);
  if (!config.budget) return null;
  const { activities, notices } = await projectActivities(fairwattFolders(folder));
  const state = budgetState(activities, { budget: config.budget, instruments: config.instruments }, now);
  const all = { ...state, notices: [...notices, ...state.notices] };
  return budgetView(all, now, vscode.l10n.t, vscode.env.language);
}

/**
 * A sentence where a run of this name that starts now finds the budget passed or is forecast to pass it, by earlier runs of the
 * name; undefined otherwise, and where the project has no budget.
 */
export async function budgetBefore(folder: string, name: string, now: number): Promise<string | undefined> {
  const { config } = loadProject(folder);
  if (!config.budget) return undefined;
  const settings = { budget: config.budget, instruments: config.instruments };
  const { activities } = await projectActivities(fairwattFolders(folder));
  const { already, passes, period } = budgetOutlook(activities, name, settings, now);
  const passed = already[0];
  if (passed) {
    return vscode.l10n.t(
      "The budget of {0} is passed: {1}, {2}.",
      period.name,
      passed.what,
      usedWords(passed),
    );
  }
  const line = passes.find(({ state }) => isOver(state));
  return (
    line &&
    vscode.l10n.t(
      "A run of {0} is forecast to pass the budget of {1}: {2}, {3} when it has ended, by earlier runs of its name.",
      name,
      period.name,
      line.what,
      usedWords(line),
    )
  );
}

/**
 * A sentence where the budget is passed with what the run used so far, or will be by the forecast of its epochs, or else if it goes
 * on at its mean power for as long as earlier runs of its name; undefined otherwise, and where the project has no budget.
 */
export async function budgetWarning(run: RunSummary, now: number): Promise<string | undefined> {
  const { config } = loadProject(run.folder);
  if (!config.budget) return undefined;
  const { activities } = await projectActivities(fairwattFolders(run.folder));
  const settings = { budget: config.budget, instruments: config.instruments };
  const live = activityOfSummary(run);
  const usual = expectedRun(activities, run.name, now)?.durationSeconds;
  const soFar = forecastBudget(activities, live, settings, now);
  const forecast = forecastRun(run);
  const whole =
    typeof forecast === "string"
      ? projectedRun(live, usual)
      : { ...live, durationSeconds: forecast.seconds.value, energy: forecast.energy };
  const atEnd = forecastBudget(activities, whole, settings, now);
  const period = soFar?.after.period.name ?? "";
  if (soFar?.after.lines.some(({ state }) => isOver(state))) {
    return vscode.l10n.t("The budget of {0} is passed.", period);
  }
  if (atEnd?.after.lines.some(({ state }) => isOver(state))) {
    return vscode.l10n.t("This run is forecast to pass the budget of {0}.", period);
  }
  return undefined;
}
