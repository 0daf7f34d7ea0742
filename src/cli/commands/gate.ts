import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "For CI: checks that the project file is understood, the ledger is intact, the newest model has an audit, no fairness limit is broken, audits are of now, the budget is not passed, and lint finds nothing that stops. What is asked is in [gate] of the project file.",
    )
    .option("--format <format>", "text, json, sarif or markdown", "text")
    .option("--out <file>", "write the result to this file; standard output then has the text")
    .option("--summary <file>", "append the result as Markdown to this file, such as $GITHUB_STEP_SUMMARY")
    .action(async (options) => {
      const { gate } = await import("../gate.ts");
      process.exitCode = await gate({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt gate", 'fairwatt gate --format sarif --out fairwatt.sarif --summary "$GITHUB_STEP_SUMMARY"'],
    [
      "0  everything holds: the gate is open",
      "1  something does not hold: the gate is closed",
      "2  fairwatt was called wrongly, or a file cannot be written",
    ],
  );
}
