import type { Command } from "commander";
import { withHelp } from "../help.ts";
import { withTableOptions } from "../table-options.ts";

export function define(command: Command): void {
  command
    .description(
      "Makes the decisions of a model more alike between groups, with AIF360 or Fairlearn in your own Python, and says what that costs: gaps and accuracy before and after on rows that were kept aside, and the energy, as the mitigation is a measured run. It trains on the table's other columns (a logistic regression, or the model of --estimator), or, with --score, chooses thresholds for the scores that are there. Several sensitive columns are an intersection. Nothing is installed and nothing leaves the machine.",
    )
    .argument("<table>", "the file")
    .requiredOption(
      "--method <method>",
      "reweighing (AIF360), exponentiated-gradient, threshold-optimizer (Fairlearn)",
    );
  withTableOptions(command)
    .option(
      "--constraint <name>",
      "demographic_parity, equalized_odds, true_positive_rate_parity, false_positive_rate_parity",
    )
    .option("--objective <name>", "of the threshold optimizer: accuracy_score, balanced_accuracy_score")
    .option("--bound <number>", "difference that the exponentiated gradient accepts (default: 0.01)")
    .option("--max-iterations <number>", "trainings of the exponentiated gradient, at most (default: 50)")
    .option(
      "--test-share <number>",
      "part of each group that is kept for before and after (default: 0.3; 0: none)",
    )
    .option("--features <columns>", "columns to train on (default: all that have no other role)")
    .option("--estimator <file>", "your own model, in a joblib or pickle file, with --trust-estimator")
    .option("--trust-estimator", "the file of --estimator is yours: loading it may run its code")
    .option("--save <file>", "write the mitigated model into this joblib file")
    .option("--out <file>", "write weights and predictions per row into this CSV file")
    .option("--python <path>", "the Python that has the library (default: the project's, .venv, the PATH's)")
    .option(
      "--suppress-below <number>",
      "JSON leaves out thresholds and weights of groups of fewer rows (default: 10)",
    )
    .option("--json", "print one JSON object")
    .action(async (table: string, options) => {
      const { mitigate } = await import("../mitigate.ts");
      process.exitCode = await mitigate(table, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt mitigate credit.csv --method reweighing --label default --sensitive sex --out weights.csv",
      "fairwatt mitigate scored.csv --method threshold-optimizer --label y --score p --threshold 0.5 --sensitive sex --constraint equalized_odds",
      "fairwatt mitigate credit.csv --method exponentiated-gradient --label default --sensitive sex,age_group --estimator model.joblib --trust-estimator",
    ],
    [
      "0    done",
      "2    fairwatt was called wrongly, or the table or the library cannot be used",
      "130  stopped by Ctrl-C while the table was read",
    ],
  );
}
