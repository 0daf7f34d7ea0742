import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Takes over what other tools recorded: CodeCarbon's emissions.csv (all versions), carbontracker's logs, the log of Zeus' monitor, Eco2AI's emission.csv. Each record goes into the ledger once, as that tool's own number, and is never added to what Fairwatt measured.",
    )
    .argument("<file...>", "files of these tools")
    .option("--dry-run", "say what would be taken over, write nothing")
    .option("--json", "print what was taken over as JSON")
    .action(async (files: string[], options) => {
      process.exitCode = await (await import("../import.ts")).importFiles(files, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    ["fairwatt import emissions.csv", "fairwatt import logs/*_carbontracker.log", "fairwatt runs --imported"],
    [
      "0  taken over, or known already",
      "1  a file is of none of these tools",
      "2  fairwatt was called wrongly",
    ],
  );
}
