import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Measures a process that runs already, and everything that it starts, until it ends or Ctrl-C. The process is left alone: neither its exit code nor the energy before is known. Linux.",
    )
    .option("--pid <pid>", "the process; without it, the Python processes that there are")
    .option("--pid-start <ticks>", "only if it is the process that started then (--list --json tells)")
    .option("--list", "list the Python processes that can be measured")
    .option("--interval <time>", "time between two readings: 500ms, 1s, 2s")
    .option("--zone <zone>", "grid zone of the machine, e.g. FR, DE, US-CA; goes before the project's own")
    .option("--default-zone <zone>", "grid zone where neither --zone nor the project names one")
    .option("--name <name>", "what to call the run")
    .option("--json", "print the result, or the list, as JSON")
    .option("--no-live", "no live line")
    .option("--hold", "when it has ended, keep the terminal open until a key is pressed")
    .option("--by <who>", "who asks, for the record", "fairwatt attach")
    .option(
      "--control",
      "for editors: standard input takes marks, a JSON object on each line, and its end ends it",
    )
    .action(async (options) => {
      process.exitCode = await (await import("../attach.ts")).attach({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt attach", "fairwatt attach --pid 4711", "fairwatt attach --pid 4711 --json > result.json"],
    [
      "0  measured until the process ended, or until Ctrl-C",
      "2  fairwatt was called wrongly, or the process cannot be measured",
    ],
  );
}
