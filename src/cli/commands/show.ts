import type { Command } from "commander";
import { RUN_ARGUMENT, withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Shows one run: its numbers, what measured them, what was not measured, gaps and rejected meters.",
    )
    .argument("<run>", RUN_ARGUMENT)
    .option("--json", "print one JSON object")
    .action(async (reference: string, options) => {
      process.exitCode = await (await import("../show.ts")).show(reference, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt show last", "fairwatt show baseline --json", "fairwatt show 01JDXK"],
    ["0  shown", "1  the run could not be read", "2  no such run, or more than one"],
  );
}
