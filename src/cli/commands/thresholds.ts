import type { Command } from "commander";
import { withHelp } from "../help.ts";

const collect = (value: string, all: string[] = []) => [...all, value];

export function define(command: Command): void {
  command
    .description(
      "Reads a table with the true outcome, a score and sensitive columns, and chooses the threshold of each group by a strategy: single, group, demographic_parity, equal_opportunity, equal_accuracy, or custom. Prints them with each group's counts and rates. Nothing leaves the machine.",
    )
    .argument("<table>", "the file")
    .option("--label <column>", "the true outcome")
    .option("--score <column>", "the score of the positive class")
    .option(
      "--sensitive <columns>",
      "sensitive columns, separated by commas; several together are an intersection",
    )
    .option("--weight <column>", "weight of each row")
    .option("--positive <class>", "the class that counts as positive (needed unless the classes are 0/1)")
    .option("--strategy <name>", "how thresholds are chosen (default: single)")
    .option("--cost-ratio <number>", "cost of a false positive over that of a false negative (default: 1)")
    .option("--tolerance <number>", "difference of rates that counts as equal (default: 0.02)")
    .option("--mode <mode>", "exact: all distinct scores; wit: as the What-If Tool searches (default: exact)")
    .option(
      "--at <threshold>",
      "custom threshold: 0.5 for everyone, female=0.4 for a group; repeatable",
      collect,
    )
    .option("--leave-out-incomplete", "leave out rows without label or score instead of stopping")
    .option("--json", "print one JSON object; counts of fewer than 10 rows are left out, others rounded then")
    .option("--out <file>", "also write that object to this file")
    .action(async (table: string, options) => {
      const { thresholds } = await import("../thresholds.ts");
      process.exitCode = await thresholds(table, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt thresholds scored.csv --label y --score p --sensitive sex",
      "fairwatt thresholds scored.csv --label y --score p --sensitive sex --strategy equal_opportunity --cost-ratio 4 --out thresholds.json",
      "fairwatt thresholds scored.csv --label y --score p --sensitive sex,age --at 0.5 --at 'female, young=0.45'",
    ],
    [
      "0  chosen",
      "1  no thresholds bring the groups within the tolerance; the closest are given",
      "2  fairwatt was called wrongly, the table cannot be used, or the file cannot be written",
    ],
  );
}
