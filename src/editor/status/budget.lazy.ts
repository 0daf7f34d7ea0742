/** The forecast of a live run against its project's budget. Reads the project file and the ledger. */

import * as vscode from "vscode";
import { isOver } from "../../carbon/budget/budget.ts";
import { expectedRun, forecastBudget, projectedRun } from "../../carbon/budget/forecast.ts";
import { loadProject } from "../../config/load.node.ts";
import type { RunSummary } from "../../energy/run.ts";
import { fairwattFolders } from "../../energy/run-folder.node.ts";
import { projectActivities } from "../../ledger/run-activities.node.ts";
import { activityOfSummary } from "../../ledger/run-activity.ts";

/**
 * A sentence where the budget is passed with what the run used so far, or will be if it goes on at its mean power for as long as
 * earlier runs of its name; undefined otherwise, and where the project has no budget.
 */
export async function budgetWarning(run: RunSummary, now: number): Promise<string | undefined> {
  const { config } = loadProject(run.folder);
  if (!config.budget) return undefined;
  const { activities } = await projectActivities(fairwattFolders(run.folder));
  const settings = { budget: config.budget, instruments: config.instruments };
  const live = activityOfSummary(run);
  const usual = expectedRun(activities, run.name, now)?.durationSeconds;
  const soFar = forecastBudget(activities, live, settings, now);
  const atEnd = forecastBudget(activities, projectedRun(live, usual), settings, now);
  const period = soFar?.after.period.name ?? "";
  if (soFar?.after.lines.some(({ state }) => isOver(state))) {
    return vscode.l10n.t("The budget of {0} is passed.", period);
  }
  if (atEnd?.after.lines.some(({ state }) => isOver(state))) {
    return vscode.l10n.t("This run is forecast to pass the budget of {0}.", period);
  }
  return undefined;
}
