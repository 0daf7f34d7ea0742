#!/usr/bin/env node
/** Entry of the command line: what commands there are. Each one's code is loaded when it is called, so that `run` starts fast. */

import { Command, CommanderError } from "commander";
import { FAIRWATT_VERSION } from "./version.ts";

/** A command was called wrongly: unknown option, missing argument, no such run. */
const USAGE_ERROR = 2;

const RUN_ARGUMENT =
  "a run: its id or the first letters of it, its name, `last`, or `last~1` for the one before";

function withHelp(command: Command, examples: string[], exitCodes: string[]): Command {
  const list = (lines: string[]) => lines.map((line) => `  ${line}\n`).join("");
  return command.addHelpText("after", `\nExamples:\n${list(examples)}\nExit codes:\n${list(exitCodes)}`);
}

function buildProgram(done: (exitCode: number) => void): Command {
  const program = new Command("fairwatt")
    .description(
      "Measures the energy and the CO2e of a command, keeps the record, and lints what is measured.",
    )
    .version(FAIRWATT_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help of a command")
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError("Type `fairwatt --help` for the commands and their options.");

  const run = program
    .command("run")
    .summary("measure a command")
    .description(
      "Runs a command and measures it. Its exit code, signals, input and output are the command's own; the live line is on the terminal's last row, and only where standard error is a terminal.",
    )
    .argument("<command...>", "the command and its arguments, after `--` where that reads better")
    .option("--interval <time>", "time between two readings: 500ms, 1s, 2s")
    .option("--zone <zone>", "grid zone of the machine, e.g. FR, DE, US-CA; goes before the project's own")
    .option("--default-zone <zone>", "grid zone where neither --zone nor the project names one")
    .option("--name <name>", "what to call the run")
    .option("--json <file>", "write the result to this file as one JSON object")
    .option("--no-live", "no live line")
    .option(
      "--hold",
      "when it has ended, keep the terminal open until a key is pressed (editors close it otherwise)",
    )
    .passThroughOptions()
    .action(async (command: string[], options) =>
      done(await (await import("./cli/run.ts")).run(options, command)),
    );
  withHelp(
    run,
    [
      "fairwatt run python train.py --epochs 5",
      "fairwatt run --zone FR --name baseline -- torchrun --nproc-per-node 2 train.py",
      "fairwatt run --json result.json make train",
    ],
    [
      "the command's own; 128 + n where signal n ended it",
      "2    fairwatt was called wrongly",
      "126  the command cannot be executed",
      "127  there is no such command",
    ],
  );

  const runs = program
    .command("runs")
    .summary("list the project's runs")
    .description("Lists the runs of the project that this folder belongs to, newest first.")
    .option("--all", "all of them, not only the newest 20")
    .option("--json", "print a JSON array of run records")
    .action(async (options) =>
      done(await (await import("./cli/runs.ts")).runs({ ...options, cwd: process.cwd() })),
    );
  withHelp(
    runs,
    ["fairwatt runs", "fairwatt runs --all --json | jq '.[].energy.value'"],
    ["0  listed, also where there is none", "1  a run could not be read", "2  fairwatt was called wrongly"],
  );

  const show = program
    .command("show")
    .summary("show one run and where its numbers come from")
    .description(
      "Shows one run: its numbers, what measured them, what was not measured, gaps and rejected meters.",
    )
    .argument("<run>", RUN_ARGUMENT)
    .option("--json", "print one JSON object")
    .action(async (reference: string, options) =>
      done(await (await import("./cli/show.ts")).show(reference, { ...options, cwd: process.cwd() })),
    );
  withHelp(
    show,
    ["fairwatt show last", "fairwatt show baseline --json", "fairwatt show 01JDXK"],
    ["0  shown", "1  the run could not be read", "2  no such run, or more than one"],
  );

  const compare = program
    .command("compare")
    .summary("compare two runs")
    .description("Compares two runs, the earlier first: what changed, and what makes them hard to compare.")
    .argument("<before>", RUN_ARGUMENT)
    .argument("<after>", RUN_ARGUMENT)
    .option("--json", "print one JSON object")
    .action(async (before: string, after: string, options) =>
      done(
        await (await import("./cli/compare.ts")).compare(before, after, { ...options, cwd: process.cwd() }),
      ),
    );
  withHelp(
    compare,
    ["fairwatt compare last~1 last", "fairwatt compare baseline quantized --json"],
    ["0  compared", "1  a run could not be read", "2  no such run, or more than one"],
  );

  const report = program
    .command("report")
    .summary("write the report of a run as one HTML file")
    .description("Writes the report of one run: one HTML file without script, ready to print.")
    .argument("<run>", RUN_ARGUMENT)
    .option("--out <file>", "where to write it (default: reports/run-<id>.html in the project)")
    .option("--json", 'print {"file": ...} instead of the path alone')
    .action(async (reference: string, options) =>
      done(await (await import("./cli/report.ts")).report(reference, { ...options, cwd: process.cwd() })),
    );
  withHelp(
    report,
    ["fairwatt report last", "fairwatt report baseline --out baseline.html"],
    ["0  written", "1  it could not be written", "2  no such run, or more than one"],
  );

  const doctor = program
    .command("doctor")
    .summary("show the meters of this machine")
    .description(
      "Shows each meter of this machine: accepted or rejected, why, and what would make it available.",
    )
    .option("--json", "print one JSON object")
    .action(async (options) =>
      done(await (await import("./cli/doctor.ts")).doctor({ json: options.json, cwd: process.cwd() })),
    );
  withHelp(
    doctor,
    ["fairwatt doctor", "fairwatt doctor --json"],
    [
      "0  the meters were looked at",
      "1  a problem in the project's settings",
      "2  fairwatt was called wrongly",
    ],
  );

  const init = program
    .command("init")
    .summary("write a commented fairwatt.toml")
    .description(
      "Writes a commented fairwatt.toml and .fairwatt/.gitignore into this folder. Overwrites nothing.",
    )
    .option("--zone <zone>", "grid zone to write into it, e.g. FR, DE, US-CA")
    .action(async (options) =>
      done(await (await import("./cli/init.ts")).init({ zone: options.zone, cwd: process.cwd() })),
    );
  withHelp(
    init,
    ["fairwatt init", "fairwatt init --zone FR"],
    ["0  written, or there already", "1  it could not be written", "2  fairwatt was called wrongly"],
  );

  const ledger = program
    .command("ledger")
    .summary("check the record: ledger verify")
    .description("The record of what happened, provably.");
  const verify = ledger
    .command("verify")
    .description("Checks every ledger entry and every journal it names: changed bytes, missing entries.")
    .option("--json", "print one JSON object")
    .action(async (options) =>
      done(await (await import("./cli/ledger.ts")).ledgerVerify({ json: options.json, cwd: process.cwd() })),
    );
  withHelp(
    verify,
    ["fairwatt ledger verify", "fairwatt ledger verify --json"],
    ["0  all as it was written", "1  something changed or is missing", "2  fairwatt was called wrongly"],
  );

  const lint = program
    .command("lint")
    .summary("find the step that is missing from the code")
    .description(
      "Reads Python files, notebooks and deployment settings: models that decide over persons without a fairness check, models served in more bits than they need, training that costs more than it must.",
    )
    .argument("[paths...]", "files and folders, or `-` for standard input (default: this folder)")
    .option("--select <rules>", "rules or families: FW1,FW201; ALL; DEFAULT")
    .option("--ignore <rules>", "rules or families to leave out")
    .option("--fix", "apply safe fixes")
    .option("--unsafe-fixes", "apply fixes that may change what the code does, too")
    .option("--format <format>", "text, json, sarif, github, junit")
    .option("--profile <profile>", "high-risk: the models decide over persons")
    .option("--stdin-filename <file>", "what standard input is called")
    .action(async (paths: string[], options) =>
      done(await (await import("./cli/lint.ts")).lint(paths, { ...options, cwd: process.cwd() })),
    );
  withHelp(
    lint,
    [
      "fairwatt lint",
      "fairwatt lint train.py notebooks --select FW1 --profile high-risk",
      "fairwatt lint --format sarif > fairwatt.sarif",
      "fairwatt lint - --stdin-filename deploy/vllm.yaml < deploy/vllm.yaml",
    ],
    ["0  nothing was found", "1  something was", "2  fairwatt was called wrongly, or a path is not there"],
  );

  const rule = program
    .command("rule")
    .summary("show a rule of lint, or the list of them")
    .description("Prints the page of a rule: what it looks for, why, what silences it, its sources.")
    .argument("[rule]", "FW101, or its name: missing-fairness-check")
    .option("--json", "print JSON")
    .action(async (code: string | undefined, options) =>
      done(await (await import("./cli/rule.ts")).rule(code, options)),
    );
  withHelp(rule, ["fairwatt rule", "fairwatt rule FW101"], ["0  printed", "2  there is no such rule"]);

  const collect = (value: string, all: string[] = []) => [...all, value];
  const audit = program
    .command("audit")
    .summary("compare how a model treats groups")
    .description(
      "Reads a table with the true outcome, the model's prediction or score, and sensitive columns (CSV, TSV, JSON lines, Parquet, Arrow, Feather), and compares the groups: rates, differences, ranges, and where the data are too few to tell. Nothing leaves the machine.",
    )
    .argument("<table>", "the file")
    .option("--label <column>", "the true outcome")
    .option("--prediction <column>", "the predicted class")
    .option("--score <column>", "the score of the positive class")
    .option("--threshold <number>", "a score from here on is a positive prediction")
    .option(
      "--sensitive <columns>",
      "sensitive columns, separated by commas; together they are an intersection",
    )
    .option("--weight <column>", "weight of each row")
    .option("--positive <class>", "the class that counts as positive (needed unless the classes are 0/1)")
    .option("--favourable <prediction>", "positive or negative: which is good for the person")
    .option(
      "--reference <column=value>",
      "group that others are compared with (default: the largest)",
      collect,
    )
    .option("--limit <measure=value>", "e.g. equalized_odds=0.1, or four_fifths; repeatable", collect)
    .option("--strict", "a limit that cannot be decided counts as broken")
    .option("--tolerance <number>", "difference of a rate that verdicts accept (default: 0.1)")
    .option("--convention <name>", "native, fairlearn, aif360, aequitas, all")
    .option(
      "--causes",
      "also look for where gaps may come from: shares, proxies among the other columns, slices with more errors",
    )
    .option("--replicates <number>", "resampled tables for the ranges of measures (default: 1000; 0: none)")
    .option("--seed <number>", "of the resampling (default: 1)")
    .option("--leave-out-incomplete", "leave out rows without label or prediction instead of stopping")
    .option("--run <id>", "the run that the table is of, for the ledger")
    .option("--no-ledger", "write no ledger entry")
    .option("--json", "print one JSON object")
    .action(async (table: string, options) =>
      done(await (await import("./cli/audit.ts")).audit(table, { ...options, cwd: process.cwd() })),
    );
  withHelp(
    audit,
    [
      "fairwatt audit scored.csv --label y --prediction yhat --sensitive sex,age_group",
      "fairwatt audit scored.parquet --label y --score p --threshold 0.5 --sensitive sex --limit equalized_odds=0.1",
      "fairwatt audit compas.csv --label recid --prediction high_risk --favourable negative --sensitive race --convention all",
    ],
    [
      "0  compared, and every limit is kept",
      "1  a limit is broken",
      "2  fairwatt was called wrongly, or the table cannot be used",
    ],
  );

  return withHelp(
    program,
    ["fairwatt run python train.py", "fairwatt show last", "fairwatt compare last~1 last"],
    ["see `fairwatt help COMMAND`"],
  );
}

/** Runs one command line (without node and script); resolves to the exit code. */
async function main(args: string[]): Promise<number> {
  let exitCode = 0;
  try {
    await buildProgram((code) => {
      exitCode = code;
    }).parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
    process.stderr.write(`fairwatt: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.FAIRWATT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
