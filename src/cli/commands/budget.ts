import type { Command } from "commander";
import { withHelp } from "../help.ts";

/** For `run`, whose own file does not carry what only budgets need. */
export async function budgetWarnings(folder: string, name: string): Promise<string[]> {
  return (await import("../budget.ts")).budgetWarnings(folder, name);
}

export function define(command: Command): void {
  command
    .description(
      "Shows what the runs of the present period used of [budget] in fairwatt.toml, with ranges, and what is left after each run. With --name, forecasts whether a run of that name will pass it.",
    )
    .option("--name <name>", "forecast a run of this name, by earlier ones")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      process.exitCode = await (await import("../budget.ts")).budget({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt budget", "fairwatt budget --name train && fairwatt run --name train python train.py"],
    [
      "0  within the budget",
      "1  passed, or the run is forecast to pass it",
      "2  there is no budget, or fairwatt was called wrongly",
    ],
  );
}
