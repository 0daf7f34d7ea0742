import type { Command } from "commander";
import { RUN_ARGUMENT, withHelp } from "../help.ts";
import { collect, withTableOptions } from "../table-options.ts";

export function define(command: Command): void {
  command
    .description(
      "Reads a table with the true outcome, the model's prediction or score, and sensitive columns (CSV, TSV, JSON lines, Parquet, Arrow, Feather), and compares the groups: rates, differences, ranges, and where the data are too few to tell. Columns and limits come from the table's own settings in fairwatt.toml ([audit.tables.\"scored.csv\"]) and from options, which go before them. Nothing leaves the machine.",
    )
    .argument("[table]", "the file; may be left out with --run")
    .option("--task <task>", "binary, multiclass, regression (default: binary)");
  withTableOptions(command)
    .option(
      "--limit <measure=value>",
      "e.g. equalized_odds=0.1, four_fifths, mean_error=5 (regressions); repeatable",
      collect,
    )
    .option("--strict", "a limit that cannot be decided counts as broken")
    .option("--tolerance <number>", "difference of a rate that verdicts accept (default: 0.1)")
    .option("--convention <name>", "native, fairlearn, aif360, aequitas, all")
    .option(
      "--causes",
      "also look for where gaps may come from: shares, proxies among the other columns, slices with more errors",
    )
    .option(
      "--engine <library>",
      "also ask fairlearn, aif360 or aequitas for its own numbers, in your Python, and show the differences",
    )
    .option("--python <path>", "the Python that has it (default: the project's, .venv, the PATH's)")
    .option("--remember", "keep columns and limits in the project file, for the next time")
    .option("--run <run>", `the run that the table is of: ${RUN_ARGUMENT}; without a table, the one it wrote`)
    .option("--no-ledger", "write no ledger entry")
    .option("--format <format>", "text, json, md, html (default: text)")
    .option("--out <file>", "write json, md or html into this file instead of printing it")
    .option(
      "--suppress-below <number>",
      "json, md and html leave out counts below it (default: 10, or suppress-below of [audit]; 0: none)",
    )
    .option("--json", "the same as --format json")
    .action(async (table: string | undefined, options) => {
      process.exitCode = await (await import("../audit.ts")).audit(table, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt audit scored.csv --label y --prediction yhat --sensitive sex,age_group --remember",
      "fairwatt audit scored.csv",
      "fairwatt audit --run last --format html --out reports/audit.html",
      "fairwatt audit scored.parquet --label y --score p --threshold 0.5 --sensitive sex --limit equalized_odds=0.1",
      "fairwatt audit compas.csv --label recid --prediction high_risk --favourable negative --sensitive race --convention all",
      "fairwatt audit scored.csv --engine fairlearn --python .venv/bin/python",
      "fairwatt audit prices.csv --task regression --label price --prediction offer --sensitive region --limit mean_error=50",
    ],
    [
      "0    compared, and every limit is kept",
      "1    a limit is broken",
      "2    fairwatt was called wrongly, or the table cannot be used",
      "130  stopped by Ctrl-C while it was read",
    ],
  );
}
