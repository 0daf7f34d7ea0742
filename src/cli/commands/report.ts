import type { Command } from "commander";
import { RUN_ARGUMENT, withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description("Writes the report of one run: one HTML file without script, ready to print.")
    .argument("<run>", RUN_ARGUMENT)
    .option("--out <file>", "where to write it (default: reports/run-<id>.html in the project)")
    .option("--json", 'print {"file": ...} instead of the path alone')
    .action(async (reference: string, options) => {
      process.exitCode = await (await import("../report.ts")).report(reference, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt report last", "fairwatt report baseline --out baseline.html"],
    ["0  written", "1  it could not be written", "2  no such run, or more than one"],
  );
}
