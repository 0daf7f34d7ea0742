import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Reads the first rows of a table and guesses, from names, types and values, which columns are the outcome, the prediction, the score and the groups; says why.",
    )
    .argument("<table>", "the file")
    .option("--json", "print one JSON object")
    .action(async (table: string, options) => {
      process.exitCode = await (await import("../columns.ts")).columns(table, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt columns scored.csv", "fairwatt columns scored.parquet --json"],
    ["0  shown", "2  the file is no table that can be read"],
  );
}
