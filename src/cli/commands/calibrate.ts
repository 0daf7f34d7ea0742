import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Burns a known load for a minute, compares this machine's meters with each other, and keeps its idle power and its power by load for runs that cannot be measured.",
    )
    .option("--seconds <seconds>", "how long in all, at least 20", Number, 60)
    .option("--json", "print one JSON object")
    .action(async (options) => {
      process.exitCode = await (await import("../calibrate.ts")).calibrate({
        seconds: options.seconds,
        json: options.json,
      });
    });
  withHelp(
    command,
    [
      "fairwatt calibrate",
      "sudo fairwatt calibrate   # measures for all users, where only root may read the meters",
    ],
    ["0  calibrated", "1  nothing here measures power", "2  fairwatt was called wrongly"],
  );
}
