import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Shows each meter of this machine: accepted or rejected, why, and what would make it available.",
    )
    .option("--json", "print one JSON object")
    .option("--fix", "show the least that makes closed meters readable, and do it when you agree")
    .option("--undo", "take back what --fix did")
    .action(async (options) => {
      if (options.fix || options.undo) {
        const { doctorFix, doctorUndo } = await import("../doctor-fix.ts");
        process.exitCode = await (options.undo ? doctorUndo() : doctorFix());
        return;
      }
      process.exitCode = await (await import("../doctor.ts")).doctor({
        json: options.json,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt doctor", "fairwatt doctor --json", "fairwatt doctor --fix", "fairwatt doctor --undo"],
    [
      "0  the meters were looked at",
      "1  a problem in the project's settings; with --fix and --undo: it was not agreed to, or a step failed",
      "2  fairwatt was called wrongly",
    ],
  );
}
