import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
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
    .action(async (paths: string[], options) => {
      process.exitCode = await (await import("../lint.ts")).lint(paths, { ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    [
      "fairwatt lint",
      "fairwatt lint train.py notebooks --select FW1 --profile high-risk",
      "fairwatt lint --format sarif > fairwatt.sarif",
      "fairwatt lint - --stdin-filename deploy/vllm.yaml < deploy/vllm.yaml",
    ],
    [
      "0  nothing was found",
      "1  something was",
      "2  fairwatt was called wrongly, or a path is not there or cannot be read",
    ],
  );
}
