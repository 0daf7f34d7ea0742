import type { Command } from "commander";
import { withHelp } from "../help.ts";
import { collect, withTableOptions } from "../table-options.ts";

export function define(command: Command): void {
  command
    .description(
      "Decides whether a new model may replace the present one: a retrained one, or the same one compressed, quantized or pruned. Both predicted the same people, whose rows are paired. No gap between groups may grow, and no group's accuracy fall, by more than the margin; limits of the project file hold for the new model. A check passes only when its whole range does. The difference of the accuracies is tested after McNemar.",
    )
    .argument("<before>", "the present model's predictions: a file, or a run that wrote one")
    .argument("[after]", "the new model's, on the same rows; or --candidate");
  withTableOptions(command)
    .option("--candidate <column>", "the new model's prediction (or score), where one table holds both")
    .option("--key <column>", "column that names each row in both tables (default: the same order)")
    .option("--margin <number>", "by how much a gap may grow or a group's accuracy fall (default: 0.02)")
    .option("--limit <measure=value>", "largest gap that the new model may have; repeatable", collect)
    .option("--suppress-below <number>", "JSON leaves out checks of groups of fewer rows (default: 10)")
    .option("--no-ledger", "write no ledger entry")
    .option("--json", "print one JSON object")
    .action(async (before: string, after: string | undefined, options) => {
      const { challenge } = await import("../challenge.ts");
      process.exitCode = await challenge(before, after, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt challenge present.csv retrained.csv --key id --label y --prediction yhat --sensitive sex",
      "fairwatt challenge scored.csv --prediction fp32 --candidate int8 --label y --sensitive sex,age_group",
      "fairwatt challenge baseline quantized --margin 0.01 --limit equalized_odds=0.1 --json",
    ],
    [
      "0    every check passes",
      "1    one fails, or the data do not tell",
      "2    fairwatt was called wrongly, a table cannot be used, or the rows cannot be paired",
      "130  stopped by Ctrl-C while a table was read",
    ],
  );
}
