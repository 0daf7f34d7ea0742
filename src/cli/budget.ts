/** `fairwatt budget`: what is used of the project's budget, and whether a run of a name will pass it. */

import {
  type BudgetLine,
  type BudgetSettings,
  type BudgetState,
  budgetState,
  isOver,
} from "../carbon/budget/budget.ts";
import { amount, usedWords } from "../carbon/budget/budget-words.ts";
import {
  type BudgetForecast,
  budgetOutlook,
  expectedRun,
  forecastBudget,
} from "../carbon/budget/forecast.ts";
import { loadProject } from "../config/load.node.ts";
import { fairwattFolders, findProjectFolder } from "../energy/run-folder.node.ts";
import { closeInterrupted } from "../ledger/close-run.node.ts";
import { projectActivities } from "../ledger/run-activities.node.ts";
import { formatPercent, formatQuantity, formatRange } from "../quantity.ts";
import { printable } from "./printable.ts";
import { projectSettings } from "./project-settings.ts";
import { bold, dim, formatTable, print, printJson, red, yellow } from "./table.ts";

export interface BudgetOptions {
  cwd: string;
  /** Name of earlier runs: a run of that name is forecast. */
  name?: string;
  json?: boolean;
  now?: number;
}

const DAY = 86_400_000;
const LISTED = 10;

/** 0: within; 1: passed, or the run is forecast to pass it; 2: no budget, or called wrongly. */
export async function budget(options: BudgetOptions): Promise<number> {
  const now = options.now ?? Date.now();
  const folder = findProjectFolder(options.cwd);
  const { config } = projectSettings(folder);
  if (!config.budget) {
    return fail('there is no budget: write  [budget] period = "month", kgco2e = 50  into fairwatt.toml');
  }
  await closeInterrupted(fairwattFolders(folder));
  const { activities, notices } = await projectActivities(fairwattFolders(folder));
  const settings: BudgetSettings = { budget: config.budget, instruments: config.instruments };
  const state = budgetState(activities, settings, now);
  let forecast: BudgetForecast | undefined;
  if (options.name !== undefined) {
    const expected = expectedRun(activities, options.name, now);
    if (!expected)
      return fail(
        `no run called "${options.name}" that finished has energy in the ledger: it cannot be forecast`,
      );
    forecast = forecastBudget(activities, expected, settings, now);
  }
  const all = [...notices, ...state.notices];
  if (options.json)
    await printJson({
      v: 1,
      ...record(state),
      ...(forecast ? { forecast: forecastRecord(forecast) } : {}),
      notices: all,
    });
  else await print(lines(state, forecast, options.name, now, all));
  const passed = [...state.lines, ...(forecast?.after.lines ?? [])].some((line) => isOver(line.state));
  return passed ? 1 : 0;
}

function fail(sentence: string): number {
  process.stderr.write(`fairwatt: ${printable(sentence)}\n`);
  return 2;
}

/** Sentences for a run of this name that starts now; empty where it stays within the budget or nothing is known of it. */
export async function budgetWarnings(folder: string, name: string, now = Date.now()): Promise<string[]> {
  const { config } = loadProject(folder);
  if (!config.budget) return [];
  const settings: BudgetSettings = { budget: config.budget, instruments: config.instruments };
  const { activities } = await projectActivities(fairwattFolders(folder));
  const { already, passes, period } = budgetOutlook(activities, name, settings, now);
  return [
    ...already.map((line) => `the budget of ${period.name} is passed: ${usedWords(line)}`),
    ...passes.map((line) => {
      const verb = isOver(line.state) ? "is forecast to pass" : "may pass";
      return `this run ${verb} the budget of ${period.name}: ${usedWords(line)} when it has ended, by earlier runs of its name`;
    }),
  ];
}

const STATES: Record<BudgetLine["state"], string> = {
  within: "within",
  may: "may be passed: its range reaches over it",
  likely: "passed by the figure, though its range reaches below it",
  passed: "passed",
};
const coloured = (state: BudgetLine["state"], text: string): string =>
  isOver(state) ? red(text) : state === "may" ? yellow(text) : text;

function lines(
  state: BudgetState,
  forecast: BudgetForecast | undefined,
  name: string | undefined,
  now: number,
  notices: readonly string[],
): string[] {
  const { period, burnDown } = state;
  const gone = (now - period.from) / (period.to - period.from);
  const left = Math.ceil((period.to - now) / DAY);
  const shown = state.lines.map((line) =>
    coloured(
      line.state,
      `${line.what}: ${usedWords(line)}, ${formatPercent(line.used.value / line.limit)}; ${line.left >= 0 ? `${amount(line, line.left)} left` : `${amount(line, -line.left)} too much`}; ${STATES[line.state]}`,
    ),
  );
  const forecasts = (forecast?.after.lines ?? []).map((line) =>
    coloured(line.state, `  ${line.what}: ${usedWords(line)} when it has ended; ${STATES[line.state]}`),
  );
  return [
    bold(
      `Budget of ${period.name} (UTC): ${left} ${left === 1 ? "day" : "days"} left, ${formatPercent(gone)} of the time is gone`,
    ),
    ...shown,
    ...state.lines.map((line) => dim(`${line.what}: ${line.limitBasis}; ${line.used.basis}`)),
    ...(forecast
      ? [
          "",
          `A run called "${printable(name ?? "")}" uses ${formatQuantity(forecast.energy)} (${formatRange(forecast.energy)}), ${forecast.energy.basis}:`,
          ...forecasts,
        ]
      : []),
    ...(burnDown.length > 0 ? ["", ...burnDownLines(state)] : []),
    ...(notices.length > 0 ? ["", ...notices.map((notice) => dim(`note: ${printable(notice)}`))] : []),
  ];
}

function burnDownLines({ burnDown, lines: limits }: BudgetState): string[] {
  const columns = [
    { title: "after run" },
    { title: "at (UTC)" },
    ...limits.map(({ what }) => ({ title: `${what} used`, align: "right" as const })),
    ...limits.map(({ what }) => ({ title: `${what} left`, align: "right" as const })),
  ];
  const rows = burnDown.slice(-LISTED).map(({ run, at, grams, joules }) => {
    const used = limits.map((line) => (line.what === "CO2e" ? grams : joules));
    return [
      run,
      new Date(at).toISOString().slice(0, 16).replace("T", " "),
      ...limits.map((line, index) => amount(line, used[index]!)),
      ...limits.map((line, index) => amount(line, line.limit - used[index]!)),
    ];
  });
  const more = burnDown.length - rows.length;
  return [...formatTable(columns, rows), ...(more > 0 ? [dim(`${more} earlier ones are in --json`)] : [])];
}

function record({ period, lines: limits, burnDown }: BudgetState) {
  const iso = (time: number) => new Date(time).toISOString();
  return {
    period: { ...period, from: iso(period.from), to: iso(period.to) },
    lines: limits,
    burnDown: burnDown.map((point) => ({ ...point, at: iso(point.at) })),
  };
}

function forecastRecord({ energy, after, passes }: BudgetForecast) {
  return { energy, lines: after.lines, passes };
}
