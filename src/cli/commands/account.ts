import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Accounts for the runs of a period by the ledger: location-based, market-based and SCI as three separate figures, each with its range, with scope and category, water, and the factors that were used. [hosting], [instruments] and [sci] in fairwatt.toml say what no meter knows.",
    )
    .option("--from <date>", "first day, e.g. 2026-01-01 (default: of this year, UTC)")
    .option("--to <date>", "last day (default: of this year)")
    .option(
      "--hourly",
      "also, as a supplement, by the hours in which the energy was used; asks the source under [grid]",
    )
    .option("--json", "print one JSON object")
    .action(async (options) => {
      process.exitCode = await (await import("../account.ts")).account({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt account", "fairwatt account --from 2026-01-01 --to 2026-03-31 --json"],
    ["0  printed", "1  the ledger cannot be read", "2  fairwatt was called wrongly"],
  );
}
