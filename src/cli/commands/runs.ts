import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description("Lists the runs of the project that this folder belongs to, newest first.")
    .option("--all", "all of them, not only the newest 20")
    .option("--imported", "list what was taken over from other tools instead")
    .option("--json", "print a JSON array of run records")
    .action(async (options) => {
      process.exitCode = await (await import("../runs.ts")).runs({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt runs", "fairwatt runs --all --json | jq '.[].energy.value'"],
    ["0  listed, also where there is none", "1  a run could not be read", "2  fairwatt was called wrongly"],
  );
}
