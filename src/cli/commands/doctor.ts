import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Shows each meter of this machine: accepted or rejected, why, and what would make it available.",
    )
    .option("--json", "print one JSON object")
    .action(async (options) => {
      process.exitCode = await (await import("../doctor.ts")).doctor({
        json: options.json,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt doctor", "fairwatt doctor --json"],
    [
      "0  the meters were looked at",
      "1  a problem in the project's settings",
      "2  fairwatt was called wrongly",
    ],
  );
}
