import { type Command, Option } from "commander";
import { DATA_TYPES, INFRASTRUCTURES } from "../../report/exchange/write-boamps.ts";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Writes runs in the formats of others: CodeCarbon's emissions.csv with its 38 columns, or a BoAmps report. What Fairwatt does not know stays empty in the first and is asked for by the second.",
    )
    .argument("<run...>", "ids, their first letters, names, last, last~1")
    .addOption(
      new Option("--format <format>", "codecarbon or boamps")
        .choices(["codecarbon", "boamps"])
        .makeOptionMandatory(),
    )
    .option("--output <file>", "write to this file; else to standard output")
    .option("--task-stage <stage>", "boamps: training, finetuning, inference, ...")
    .option("--task-family <family>", "boamps: text classification, image generation, ...")
    .option("--algorithm <name>", "boamps: random forest, llm, ...")
    .addOption(new Option("--data-type <type>", "boamps: of the data that went in").choices([...DATA_TYPES]))
    .addOption(
      new Option("--infrastructure <type>", "boamps: where it ran")
        .choices([...INFRASTRUCTURES])
        .default("other"),
    )
    .action(async (runs: string[], options) => {
      process.exitCode = await (await import("../export.ts")).exportRuns(runs, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    [
      "fairwatt export --format codecarbon --output emissions.csv last",
      "fairwatt export --format boamps --task-stage training --task-family 'tabular classification' --algorithm 'random forest' --data-type tabular last",
    ],
    [
      "0  written",
      "1  a run has no energy that could be written",
      "2  a run is not there, or something is missing",
    ],
  );
}
