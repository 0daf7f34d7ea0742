import type { Command } from "commander";
import { withHelp } from "../help.ts";
import { withTableOptions } from "../table-options.ts";

export function define(command: Command): void {
  command
    .description(
      "Compares how one model treats groups in two tables of different people, the earlier first: last month's and this month's. Shows how each gap changed, with its range, and which groups' rates changed beyond chance. Columns come from [audit.tables] of the project file and from options; the second table is read as the first where it has no settings of its own.",
    )
    .argument("<before>", "a file, or a run that wrote one")
    .argument("<after>", "a file, or a run that wrote one");
  withTableOptions(command)
    .option("--margin <number>", "a gap may grow by at most this: exit code 1 when one is shown to have")
    .option("--strict", "with --margin: also when one is not shown to have stayed within it")
    .option("--suppress-below <number>", "JSON leaves out what is counted among fewer rows (default: 10)")
    .option("--no-ledger", "write no ledger entry")
    .option("--json", "print one JSON object")
    .action(async (before: string, after: string, options) => {
      const { drift } = await import("../drift.ts");
      process.exitCode = await drift(before, after, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt drift scored-may.csv scored-june.csv --label y --prediction yhat --sensitive sex",
      "fairwatt drift last~1 last --margin 0.05",
      "fairwatt drift may.parquet june.parquet --json | jq '.attributes[].measures'",
    ],
    [
      "0    compared; with --margin, no gap is shown to have grown by more",
      "1    one is",
      "2    fairwatt was called wrongly, or a table cannot be used",
      "130  stopped by Ctrl-C while a table was read",
    ],
  );
}
