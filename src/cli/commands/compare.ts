import type { Command } from "commander";
import { RUN_ARGUMENT, withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description("Compares two runs, the earlier first: what changed, and what makes them hard to compare.")
    .argument("<before>", RUN_ARGUMENT)
    .argument("<after>", RUN_ARGUMENT)
    .option("--json", "print one JSON object")
    .action(async (before: string, after: string, options) => {
      process.exitCode = await (await import("../compare.ts")).compare(before, after, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt compare last~1 last", "fairwatt compare baseline quantized --json"],
    ["0  compared", "1  a run could not be read", "2  no such run, or more than one"],
  );
}
