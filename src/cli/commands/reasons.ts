import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "States the principal reasons for adverse actions (12 CFR 1002.9(b)(2)): for each applicant the features whose contributions lie furthest on the side of denial, with the texts of [report.ecoa.reasons] in the project file. The contributions are a table's, one row per applicant, or SHAP's, computed in your Python with --model. The pack names applicants and goes only where --out says; the ledger gets shares of features and the checks, for the document ecoa-reasons.",
    )
    .argument("<table>", "contributions per applicant; with --model, what the model was given")
    .option("--id <column>", "names each application (default: its row)")
    .option("--features <columns>", "columns of contributions (default: all others that hold numbers)")
    .option("--higher <means>", "approval or denial: what a higher score, and contribution, stands for")
    .option("--decision <column>", "what was decided; with --denied")
    .option("--denied <value>", "the decision that is adverse (default: every row is)")
    .option("--score <column>", "the model's score: contributions should add up to it")
    .option("--threshold <number>", "in place of --decision: the score that separates approval from denial")
    .option(
      "--against <reference>",
      "baseline (as the method has it), approved or all: the mean that contributions are held against (default: baseline; with --model all, and the sample is taken from them)",
    )
    .option("--most <number>", "most reasons of one action (default: 4)")
    .option("--values <table>", "the applicants' values, by --id")
    .option("--completed <column>", "day on which the application was complete")
    .option("--model <model>", "model.joblib or module:function; loading it runs its code")
    .option("--python <python>", "with --model: the Python that has shap and the model's libraries")
    .option("--positive <class>", "with --model: the class whose score decides (default: 1)")
    .option("--background <number>", "with --model: applicants that stand for the reference (default: 100)")
    .option("--seed <number>", "with --model: of the sample (default: 1)")
    .option("--applicant <id>", "of this application alone; nothing is entered in the ledger")
    .option("--format <format>", "text, json, csv, md or html (default: text)")
    .option("--out <file>", "where to write it")
    .option("--no-ledger", "write no ledger entry")
    .action(async (table: string, options) => {
      const { reasons } = await import("../reasons.ts");
      process.exitCode = await reasons(table, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt reasons shap.csv --id application --decision outcome --denied declined --higher approval",
      "fairwatt reasons points.parquet --id application --against approved --values applications.csv --format html --out reasons.html",
      "fairwatt reasons applications.csv --id application --model scorer.joblib --threshold 0.5 --against approved",
    ],
    [
      "0    stated, and no check found anything",
      "1    stated; a check found what a person has to look at first",
      "2    fairwatt was called wrongly, or the table, the model or SHAP cannot be used",
    ],
  );
}
